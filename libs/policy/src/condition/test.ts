import { compare } from './compare.ts';

type SetOperator = 'ForAllValues' | 'ForAnyValue';

/**
 * Whether a key's value in the request passes a test. A list is a multivalued key, which needs a set operator (CL4);
 * a single value under a set operator is a list of one. A list of empty texts alone counts as no values at all (SE1).
 */
export function passes(
  test: { readonly operator: string; readonly values: readonly string[] },
  set: SetOperator | undefined,
  given: string | readonly string[],
): boolean {
  if (!set) return typeof given === 'string' && fitsAny(test, given);
  const list = typeof given === 'string' ? [given] : given;
  const values = list.every((value) => value === '') ? [] : list;
  if (set === 'ForAllValues') return values.every((value) => fitsAny(test, value));
  return values.some((value) => fitsAny(test, value));
}

function fitsAny(
  { operator, values }: { readonly operator: string; readonly values: readonly string[] },
  given: string,
): boolean {
  for (const wanted of values) if (compare(operator, wanted, given)) return true;
  return false;
}
