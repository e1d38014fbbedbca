import type { Residual, Test } from '@ag/model';
import { expect, test } from 'vitest';
import { absent, all, any, not, present, test as literal } from './build.ts';
import { newBudget } from './budget.ts';
import { satisfiable } from './satisfiable.ts';

const is = (key: string, operator: string, ...values: readonly string[]): Residual =>
  literal({ key, operator, values });
const every = (key: string, ...values: readonly string[]) => set(key, 'ForAllValues', values);
const some = (key: string, ...values: readonly string[]) => set(key, 'ForAnyValue', values);
function set(key: string, prefix: NonNullable<Test['set']>, values: readonly string[]): Residual {
  return literal({ key, operator: 'StringEquals', set: prefix, values });
}

/** What it shows, the parts that must all hold, whether any context does it. */
const cases: readonly (readonly [shows: string, parts: readonly Residual[], answer: string])[] = [
  ['a key is there or not', [present('k'), absent('k')], 'no'],
  ['a test needs its key', [is('k', 'Bool', 'true'), absent('k')], 'no'],
  ['a failed test does not', [not(is('k', 'Bool', 'true')), absent('k')], 'yes'],
  ['keys have no case', [is('K', 'StringEquals', 'a'), is('k', 'StringEquals', 'b')], 'no'],
  ['a Boolean has two values', [present('k'), not(is('k', 'Bool', 'true')), not(is('k', 'Bool', 'false'))], 'no'],
  ['blocks of addresses overlap', [is('k', 'IpAddress', '10.0.0.0/8'), is('k', 'IpAddress', '10.1.0.0/16')], 'yes'],
  ['or not', [is('k', 'IpAddress', '10.0.0.0/8'), is('k', 'IpAddress', '11.0.0.0/8')], 'no'],
  [
    'two halves are all of IPv4',
    [is('k', 'IpAddress', '0.0.0.0/0'), not(is('k', 'IpAddress', '0.0.0.0/1', '128.0.0.0/1'))],
    'no',
  ],
  ['beside which there is IPv6', [present('k'), not(is('k', 'IpAddress', '0.0.0.0/0'))], 'yes'],
  [
    'a hole in a block',
    [is('k', 'IpAddress', '10.0.0.0/30'), not(is('k', 'IpAddress', '10.0.0.0/31', '10.0.0.2'))],
    'yes',
  ],
  ['numbers between', [is('k', 'NumericGreaterThan', '1'), is('k', 'NumericLessThan', '2')], 'yes'],
  ['nothing between', [is('k', 'NumericGreaterThan', '2'), is('k', 'NumericLessThanEquals', '2')], 'no'],
  [
    'a number but that one',
    [
      is('k', 'NumericGreaterThanEquals', '2'),
      is('k', 'NumericLessThanEquals', '2'),
      not(is('k', 'NumericEquals', '2')),
    ],
    'no',
  ],
  ['dates in order', [is('k', 'DateGreaterThan', '2024-01-01T00:00:00Z'), is('k', 'DateLessThan', '1704067200')], 'no'],
  ['a date between', [is('k', 'DateGreaterThan', '2024-01-01'), is('k', 'DateLessThan', '2024-01-02')], 'yes'],
  ['a date beyond time', [is('k', 'DateGreaterThan', '99999999999999999999')], 'no'],
  ['globs meet', [is('k', 'StringLike', 'a*'), is('k', 'StringLike', '*b')], 'yes'],
  ['globs do not', [is('k', 'StringLike', 'a*'), is('k', 'StringLike', 'b*')], 'no'],
  ['a glob covers another', [is('k', 'StringLike', 'ab*'), not(is('k', 'StringLike', 'a*'))], 'no'],
  ['case counts', [is('k', 'StringEquals', 'A'), is('k', 'StringEqualsIgnoreCase', 'a')], 'yes'],
  ['and does not', [is('k', 'StringEquals', 'A'), not(is('k', 'StringEqualsIgnoreCase', 'a'))], 'no'],
  [
    'ARNs go part by part',
    [is('k', 'ArnLike', 'arn:aws:iam::*:role/x'), is('k', 'StringLike', 'arn:aws:iam::1:2:*')],
    'no',
  ],
  ['escapes are characters', [is('k', 'StringLike', 'a${*}'), is('k', 'StringEquals', 'ab')], 'no'],
  ['every value one of few, some value another', [every('k', 'a', 'b'), some('k', 'c')], 'no'],
  ['some value this, some that', [some('k', 'a'), some('k', 'b')], 'yes'],
  ['but not every one this', [some('k', 'a'), some('k', 'b'), every('k', 'a')], 'no'],
  ['one value cannot be two', [is('k', 'StringEquals', 'a', 'b'), not(is('k', 'StringEquals', 'b', 'a'))], 'no'],
  ['an endpoint is in a VPC', [present('aws:SourceVpce'), absent('aws:SourceVpc')], 'no'],
  ['and hides the address', [present('aws:SourceVpce'), present('aws:SourceIp')], 'no'],
  [
    'nobody called on behalf',
    [is('aws:ViaAWSService', 'Bool', 'false'), some('aws:CalledVia', 'athena.amazonaws.com')],
    'no',
  ],
  [
    'MFA needs temporary credentials',
    [is('aws:MultiFactorAuthPresent', 'Bool', 'true'), absent('aws:TokenIssueTime')],
    'no',
  ],
  [
    'alternatives are searched',
    [any([is('k', 'Bool', 'true'), is('l', 'Bool', 'true')]), absent('k'), absent('l')],
    'no',
  ],
  ['kinds are not mixed up', [is('k', 'StringLike', '1?.0.0.1'), is('k', 'IpAddress', '12.0.0.0/8')], 'unsure'],
];

test.each(cases)('%s', (_shows, parts, answer) => {
  expect(satisfiable(all(parts))).toBe(answer);
});

test('a search that has used up its budget says that it is not sure', () => {
  // No text fits both, which takes a walk through their automata to see.
  const contradiction = all([is('k', 'StringLike', '*ab*'), not(is('k', 'StringLike', '*a*'))]);
  const choices = all([any([is('a', 'Bool', 'true'), is('b', 'Bool', 'true')]), contradiction]);

  expect([
    satisfiable(contradiction, undefined, { budget: newBudget() }),
    satisfiable(contradiction, undefined, { budget: { ...newBudget(), work: 5 } }),
    satisfiable(any([is('a', 'Bool', 'x'), is('b', 'Bool', 'x')]), undefined, {
      budget: { ...newBudget(), branches: 0 },
    }),
    satisfiable(choices),
  ]).toEqual(['no', 'unsure', 'unsure', 'no']);
});
