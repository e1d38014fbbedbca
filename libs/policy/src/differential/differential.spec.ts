import { expect, test } from 'vitest';
import { compare } from './compare.ts';

test('two evaluators that share nothing but the parser agree', () => {
  expect(compare({ seed: 20261124, cases: 6000, most: 1 }).differences).toEqual([]);
});
