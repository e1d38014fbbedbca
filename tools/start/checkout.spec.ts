import { expect, test } from 'vitest';
import { isInRange } from './checkout.mjs';

const range = '^20.19 || ^22.13 || >=24';

test.each(['20.19.0', '20.20.2', '22.13.1', '22.23.3', '24.0.0', '26.1.0'])('Node %s is in range', (version) => {
  expect(isInRange(version, range)).toBe(true);
});

test.each(['18.20.0', '20.18.9', '21.7.0', '22.12.0', '23.11.0'])('Node %s is out of range', (version) => {
  expect(isInRange(version, range)).toBe(false);
});

test('a range of another form is an error, not a wrong answer', () => {
  expect(() => isInRange('22.13.0', '~22')).toThrow('cannot read the version range `~22`');
});
