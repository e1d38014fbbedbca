import type { Test } from '@ag/model';
import { compare } from './compare.ts';

/**
 * Whether a key's value in the request passes a test. A list is a multivalued key, which needs a set operator (CL4);
 * a single value under a set operator is a list of one. An empty text counts as no value at all for the sets (SE1).
 */
export function passes(test: Test, given: string | readonly string[]): boolean {
  const fits = (value: string) => test.values.some((wanted) => compare(test.operator, wanted, value));
  if (!test.set) return typeof given === 'string' && fits(given);
  const values = (typeof given === 'string' ? [given] : given).filter((value) => value !== '');
  if (test.set === 'ForAllValues') return values.every(fits);
  return values.some(fits);
}
