import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Context, decide, evaluateResidual, type Question } from '../index.ts';
import { level, policy, question } from '../rules/ask.ts';

const conditions = [
  {},
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { NotIpAddress: { 'aws:SourceIp': ['10.1.0.0/16', '2001:db8::/32'] } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { StringLike: { 'aws:UserAgent': ['a*', '*z'] } },
  { StringNotLike: { 'aws:UserAgent': 'ab*' } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { Null: { 'aws:ResourceTag/team': 'true' } },
  { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
  { DateGreaterThan: { 'aws:TokenIssueTime': '2024-01-01T00:00:00Z' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'c'] } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'b' } },
  { 'ForAllValues:StringNotLike': { 'aws:TagKeys': 'a*' } },
];

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom('*', 's3:*', 's3:Get*', 'ec2:*'),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:PrincipalTag/team}', 'arn:aws:s3:::c/*'),
  Condition: fc
    .tuple(fc.constantFrom(...conditions), fc.constantFrom(...conditions))
    .map(([one, two]) => ({ ...one, ...two })),
});
const statements = fc.array(statement, { minLength: 1, maxLength: 4 });

const value = {
  'aws:SourceIp': fc.constantFrom('10.0.0.1', '10.1.0.1', '192.0.2.1', '2001:db8::1'),
  'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false'),
  'aws:UserAgent': fc.constantFrom('a', 'abc', 'az', 'abz', 'xyz', 'q'),
  'aws:ResourceTag/team': fc.constantFrom('k', 'pay'),
  'aws:PrincipalTag/team': fc.constantFrom('k', 'pay', '*'),
  'aws:MultiFactorAuthAge': fc.constantFrom('10', '3600', '9000'),
  'aws:TokenIssueTime': fc.constantFrom('2023-06-01T00:00:00Z', '2024-06-01T00:00:00Z'),
  'aws:TagKeys': fc.uniqueArray(fc.constantFrom('a', 'ab', 'b', 'c'), { minLength: 1, maxLength: 3 }),
};
// MFA keys come with temporary credentials, and the age with MFA alone.
const possible = (context: Context) =>
  ('aws:TokenIssueTime' in context || !('aws:MultiFactorAuthPresent' in context)) &&
  (!('aws:MultiFactorAuthAge' in context) || context['aws:MultiFactorAuthPresent'] === 'true');
const context = fc
  .record(value, { requiredKeys: [] })
  .map((of): Context => of)
  .filter(possible);

function ask(list: readonly unknown[], scp: readonly unknown[], knowledge: Question['knowledge']): Question {
  const asked = question({ identity: [policy('identity', ...list)], scp: [level('scp', ...scp)] });
  return { ...asked, knowledge };
}

test('a decision in an open context says of every context what AWS says of it', () => {
  fc.assert(
    fc.property(statements, statements, fc.array(context, { minLength: 6, maxLength: 6 }), (list, scp, contexts) => {
      const open = decide(ask(list, scp, { context: {}, rest: 'unknown' }));
      const said = contexts.map((of) =>
        open.outcome === 'conditional' ? evaluateResidual(open.when, of) : open.outcome === 'allowed',
      );
      const concrete = contexts.map(
        (of) => decide(ask(list, scp, { context: of, rest: 'absent' })).outcome === 'allowed',
      );

      expect(said).toEqual(concrete);
    }),
    { numRuns: 600 },
  );
});
