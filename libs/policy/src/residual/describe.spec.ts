import type { Residual, Test } from '@ag/model';
import { expect, test } from 'vitest';
import { absent, all, any, not, present, test as literal } from './build.ts';
import { describeResidual } from './describe.ts';
import { simplify } from './simplify.ts';

const is = (key: string, operator: string, ...values: readonly string[]): Residual =>
  literal({ key, operator, values });
const set = (key: string, prefix: NonNullable<Test['set']>, ...values: readonly string[]): Residual =>
  literal({ key, operator: 'StringEquals', set: prefix, values });
const ip = is('aws:SourceIp', 'IpAddress', '10.0.0.0/8');
const narrow = is('aws:SourceIp', 'IpAddress', '10.1.0.0/16');
const mfa = is('aws:MultiFactorAuthPresent', 'Bool', 'true');
const agent = is('aws:UserAgent', 'StringLike', 'a*');

const lines: readonly (readonly [text: string, residual: Residual])[] = [
  ['aws:SourceIp is in 10.0.0.0/8', ip],
  ['aws:SourceIp is absent or not in 10.0.0.0/8', not(ip)],
  ['aws:SourceIp is in 10.0.0.0/8 and not in 10.1.0.0/16', all([ip, not(narrow)])],
  ['aws:SourceIp is absent or neither in 10.0.0.0/8 nor in 10.1.0.0/16', all([not(ip), not(narrow)])],
  ['aws:SourceIp is present and not in 10.0.0.0/8', all([present('aws:SourceIp'), not(ip)])],
  ['aws:SourceIp is absent or in 10.0.0.0/8', any([absent('aws:SourceIp'), ip])],
  ['aws:SourceIp is in 10.0.0.0/8 or in 10.1.0.0/16', any([ip, narrow])],
  ['aws:SourceIp is in one of 10.0.0.0/8, 192.0.2.1', is('aws:SourceIp', 'IpAddress', '10.0.0.0/8', '192.0.2.1')],
  ['aws:MultiFactorAuthPresent is true and aws:SourceIp is in 10.0.0.0/8', all([mfa, ip])],
  ['aws:MultiFactorAuthPresent is true and (aws:SourceIp is absent or not in 10.0.0.0/8)', all([mfa, not(ip)])],
  [
    'aws:MultiFactorAuthPresent is true or (aws:UserAgent is like a* and aws:SourceIp is in 10.0.0.0/8)',
    any([mfa, all([agent, ip])]),
  ],
  ['some value of aws:TagKeys is one of a, b', set('aws:TagKeys', 'ForAnyValue', 'a', 'b')],
  ['no value of aws:TagKeys is a', not(set('aws:TagKeys', 'ForAnyValue', 'a'))],
  [
    'aws:TagKeys is absent or every value of aws:TagKeys is a',
    any([absent('aws:TagKeys'), set('aws:TagKeys', 'ForAllValues', 'a')]),
  ],
  ['aws:TagKeys is absent or some value of aws:TagKeys is not a', not(set('aws:TagKeys', 'ForAllValues', 'a'))],
  ['aws:MultiFactorAuthAge is less than 3600', is('aws:MultiFactorAuthAge', 'NumericLessThan', '3600')],
  ['aws:CurrentTime is not before 2024-01-01', is('aws:CurrentTime', 'DateGreaterThanEquals', '2024-01-01')],
  ['the session name is like ci-*', is('session-name', 'StringLike', 'ci-*')],
  ['the session name is not s1', not(is('session-name', 'StringEquals', 's1'))],
  [
    'the resource fits arn:aws:s3:::${aws:PrincipalTag/team}/*',
    literal({
      key: 'aws:PrincipalTag/team',
      operator: 'ResourceLike',
      values: ['arn:aws:s3:::${aws:PrincipalTag/team}/*'],
      given: 'arn:aws:s3:::a/k',
    }),
  ],
  [
    'aws:ResourceTag/team (pay) is not ${aws:PrincipalTag/team}',
    not(
      literal({
        key: 'aws:ResourceTag/team',
        operator: 'StringEquals',
        values: ['${aws:PrincipalTag/team}'],
        given: 'pay',
      }),
    ),
  ],
  ['aws:UserAgent is a*', is('aws:UserAgent', 'StringEquals', 'a${*}')],
];

test.each(lines)('%s', (text, residual) => {
  expect(describeResidual(residual)).toBe(text);
});

test('of a key that every request has, no absence is told', () => {
  const secure = not(is('aws:SecureTransport', 'Bool', 'true'));

  expect(describeResidual(secure, ['aws:SecureTransport'])).toBe('aws:SecureTransport is not true');
});

const shorter: readonly (readonly [shows: string, residual: Residual, text: string])[] = [
  ['what follows goes', all([ip, narrow]), 'aws:SourceIp is in 10.1.0.0/16'],
  ['what adds nothing goes', any([ip, narrow]), 'aws:SourceIp is in 10.0.0.0/8'],
  ['what contradicts goes', any([all([ip, absent('aws:SourceIp')]), mfa]), 'aws:MultiFactorAuthPresent is true'],
  ['a test tells that its key is there', all([present('aws:SourceIp'), ip]), 'aws:SourceIp is in 10.0.0.0/8'],
  [
    'an alternative need not repeat what the other lacks',
    any([ip, all([not(ip), mfa])]),
    'aws:MultiFactorAuthPresent is true or aws:SourceIp is in 10.0.0.0/8',
  ],
  [
    'nor a part what its neighbour says',
    all([ip, any([all([ip, mfa]), agent])]),
    'aws:SourceIp is in 10.0.0.0/8 and (aws:MultiFactorAuthPresent is true or aws:UserAgent is like a*)',
  ],
  [
    'negation goes inside',
    not(any([ip, mfa])),
    '(aws:MultiFactorAuthPresent is absent or not true) and (aws:SourceIp is absent or not in 10.0.0.0/8)',
  ],
  ['what always holds is said so', any([ip, not(ip)]), 'always'],
  ['an endpoint hides the address', all([present('aws:SourceVpce'), not(ip)]), 'aws:SourceVpce is present'],
];

test.each(shorter)('%s', (_shows, residual, text) => {
  expect(describeResidual(simplify(residual))).toBe(text);
});

test('the order of parts does not matter', () => {
  expect(simplify(all([ip, mfa, agent]))).toEqual(simplify(all([agent, ip, mfa])));
});
