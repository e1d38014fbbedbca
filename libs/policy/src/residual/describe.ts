import type { Residual, Test } from '@ag/model';
import { unescapePattern } from '../match/pattern.ts';

const words: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  StringEqualsIgnoreCase: 'is (any case)',
  StringLike: 'is like',
  ArnEquals: 'is like',
  ArnLike: 'is like',
  Bool: 'is',
  NumericEquals: '=',
  NumericLessThan: '<',
  NumericLessThanEquals: '≤',
  NumericGreaterThan: '>',
  NumericGreaterThanEquals: '≥',
  DateEquals: 'is',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is at the latest',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is at the earliest',
  IpAddress: 'is in',
  BinaryEquals: 'is',
};

/** One line for people: `aws:SourceIp is in 203.0.113.0/24 and aws:MultiFactorAuthPresent is true`. */
export function describeResidual(residual: Residual): string {
  return describe(residual, false);
}

function describe(residual: Residual, inside: boolean): string {
  switch (residual.is) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'present':
      return `${residual.key} is present`;
    case 'absent':
      return `${residual.key} is absent`;
    case 'test':
      return describeTest(residual.test);
    case 'not':
      return residual.of.is === 'test'
        ? `not (${describeTest(residual.of.test)})`
        : `not (${describe(residual.of, false)})`;
    case 'all':
    case 'any': {
      const line = residual.of.map((part) => describe(part, true)).join(residual.is === 'all' ? ' and ' : ' or ');
      return inside ? `(${line})` : line;
    }
  }
}

function describeTest({ key, operator, set, values, given }: Test): string {
  const wanted = values.map((value) =>
    operator === 'StringLike' || operator.startsWith('Arn') ? value : unescapePattern(value),
  );
  const list = wanted.length === 1 ? (wanted[0] ?? '') : `one of ${wanted.join(', ')}`;
  if (operator === 'ResourceLike') return `the resource fits ${list}`;
  const subject = given === undefined ? key : `${key} (${[given].flat().join(', ')})`;
  const prefix = set === 'ForAllValues' ? 'every value of ' : set === 'ForAnyValue' ? 'some value of ' : '';
  return `${prefix}${subject} ${words[operator] ?? operator} ${list}`;
}
