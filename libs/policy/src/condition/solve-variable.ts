import type { Residual } from '@ag/model';
import { variables } from './variables.ts';
import { escapePattern, unescapePattern } from '../match/pattern.ts';
import { never, test } from '../residual/build.ts';

const mostValues = 8;

/**
 * Which values of an open variable make a pattern fit a known text, as a test on the variable's own key: `b/${key}/*` fits
 * `b/blue/k` where the key is `blue`. `undefined` where that cannot be said so shortly: several variables, a default, a
 * wildcard before the variable, or too many values. `fits` compares the text with the pattern, a value put in.
 */
export function solveVariable(
  pattern: string,
  given: string,
  fits: (pattern: string) => boolean,
  operator: 'StringEquals' | 'StringEqualsIgnoreCase' = 'StringEquals',
): Residual | undefined {
  const [variable, ...others] = pattern.matchAll(variables);
  if (!variable || others.length > 0) return undefined;
  const key = variable[0].slice(2, -1).trim();
  if (key.includes(',')) return undefined;
  const before = pattern.slice(0, variable.index);
  if (/[*?]/.test(before.replace(/\$\{[*?$]\}/g, ''))) return undefined;
  const after = pattern.slice(variable.index + variable[0].length);
  const start = unescapePattern(before).length;
  const values: string[] = [];
  // An open key is not the empty text.
  for (let end = start + 1; end <= given.length; end++) {
    const value = given.slice(start, end);
    if (!fits(before + escapePattern(value) + after)) continue;
    values.push(escapePattern(value));
    if (values.length > mostValues) return undefined;
  }
  return values.length > 0 ? test({ key, operator, values }) : never;
}
