import { expect, test } from 'vitest';
import { newRunId } from './run-id.ts';

test('a run is called by the second it began, and by its number', () => {
  expect(newRunId(new Date('2026-11-24T08:20:48.123Z'), 12)).toBe('20261124T082048Z-000c');
});

test('12: two runs of one second have two ids (cartography: the tag is `int(time.time())`)', () => {
  const second = '2026-11-24T08:20:48';

  expect(newRunId(new Date(`${second}.001Z`), 12)).not.toBe(newRunId(new Date(`${second}.999Z`), 13));
});
