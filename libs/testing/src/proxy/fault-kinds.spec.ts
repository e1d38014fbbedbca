import { expect, test } from 'vitest';
import { faultTypes } from './fault-kinds.ts';

test('every fault from F1 to F28 can happen to a call', () => {
  const numbers = [...new Set(faultTypes.map(({ number }) => number))];

  expect(numbers).toEqual(Array.from({ length: 28 }, (_, index) => `F${index + 1}`));
});

test('a fault that comes once is always recovered from', () => {
  expect(faultTypes.filter(({ lasts, recovers }) => lasts === 'once' && !recovers)).toEqual([]);
});
