import { expect, test } from 'vitest';
import { newRunId } from './run-id.ts';

test('a run is called by the second it began, and by four digits more', () => {
  expect(newRunId(new Date('2026-11-24T08:20:48.123Z'))).toMatch(/^20261124T082048Z-[0-9a-f]{4}$/);
});

test('ids of later seconds come later', () => {
  const times = ['2026-11-24T08:20:48Z', '2026-11-24T08:20:49Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'];

  const ids = times.map((time) => newRunId(new Date(time)));

  expect(ids.toSorted()).toEqual(ids);
});
