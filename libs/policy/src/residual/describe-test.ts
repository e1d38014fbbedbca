import type { Residual, Test } from '@ag/model';
import { sessionNameKey } from '../condition/session-name.ts';
import { unescapePattern } from '../match/pattern.ts';

/** What is said of a key: `in 10.0.0.0/8`, `not true`. */
export interface Predicate {
  readonly key: string;
  readonly positive: boolean;
  readonly text: string;
}

// What stands between `is` and the value.
const words: Readonly<Record<string, string>> = {
  StringEqualsIgnoreCase: 'in any case ',
  StringLike: 'like ',
  ArnEquals: 'like ',
  ArnLike: 'like ',
  NumericLessThan: 'less than ',
  NumericLessThanEquals: 'at most ',
  NumericGreaterThan: 'more than ',
  NumericGreaterThanEquals: 'at least ',
  DateLessThan: 'before ',
  DateLessThanEquals: 'not after ',
  DateGreaterThan: 'after ',
  DateGreaterThanEquals: 'not before ',
  IpAddress: 'in ',
};

// The escapes stay where a wildcard would mean something else.
const patterns = new Set(['StringLike', 'ArnEquals', 'ArnLike', 'ResourceLike']);

/** How a key is called. */
export function subjectOf(key: string): string {
  return key === sessionNameKey ? 'the session name' : key;
}

/** A literal about one value of a key; `undefined` for sets, resources and values that are known. */
export function toPredicate(residual: Residual): Predicate | undefined {
  const positive = residual.is !== 'not';
  const of = residual.is === 'not' ? residual.of : residual;
  if (of.is !== 'test') return undefined;
  const { test } = of;
  if (test.set !== undefined || test.given !== undefined || test.operator === 'ResourceLike') return undefined;
  return { key: test.key, positive, text: `${positive ? '' : 'not '}${describeValue(test)}` };
}

/** A test that is no predicate, as a sentence. */
export function describeTest(test: Test, positive: boolean): string {
  const { key, operator, set, given } = test;
  if (operator === 'ResourceLike') return `the resource ${positive ? 'fits' : 'does not fit'} ${valuesOf(test)}`;
  if (set === 'ForAnyValue' && given === undefined)
    return `${positive ? 'some' : 'no'} value of ${subjectOf(key)} is ${describeValue(test)}`;
  if (set === 'ForAllValues' && given === undefined)
    return positive ? `every value of ${subjectOf(key)} is ${describeValue(test)}` : describeSet(test);
  const subject = given === undefined ? subjectOf(key) : `${subjectOf(key)} (${[given].flat().join(', ')})`;
  return `${subject} is ${positive ? '' : 'not '}${describeValue(test)}`;
}

/** What a failed ForAllValues says of a key that is there. */
export function describeSet(test: Test): string {
  return `some value of ${subjectOf(test.key)} is not ${describeValue(test)}`;
}

function describeValue(test: Test): string {
  return `${words[test.operator] ?? ''}${valuesOf(test)}`;
}

function valuesOf({ operator, values }: Test): string {
  const shown = values.map((value) => (patterns.has(operator) ? value : unescapePattern(value)));
  if (shown.length === 0) return 'nothing';
  return shown.length === 1 ? (shown[0] ?? '') : `one of ${shown.join(', ')}`;
}
