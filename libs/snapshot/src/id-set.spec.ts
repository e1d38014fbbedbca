import { expect, test } from 'vitest';
import { createIdSet } from './id-set.ts';

test('what was added is there, and nothing else, however many there are', () => {
  const set = createIdSet();
  const ids = Array.from({ length: 20_000 }, (_, index) => `arn:aws:iam::111122223333:role/${index}`);

  for (const id of ids) set.add(id);
  for (const id of ids) set.add(id);

  expect(ids.filter((id) => !set.has(id))).toEqual([]);
  expect(ids.filter((id) => set.has(`${id}x`))).toEqual([]);
});

test('an empty set has nothing', () => {
  expect(createIdSet().has('')).toBe(false);
});
