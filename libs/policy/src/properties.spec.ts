import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Context, decide, matchesAction, parsePolicyValue, type Policy, type Question } from './index.ts';
import { matchesGlob, toGlob } from './match/glob.ts';

const arn = 'arn:aws:iam::111122223333:user/ana';
const bucket = 'arn:aws:s3:::b/k';
const rank = { explicitlyDenied: 0, implicitlyDenied: 1, unknown: 2, conditional: 3, allowed: 4 };

const statement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 's3:*', 's3:Get*', 's3:GetObject', 's3:PutObject'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'),
    Condition: fc.constantFrom(
      {},
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { NotIpAddress: { 'aws:SourceIp': '10.1.0.0/16' } },
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      { StringLike: { 'aws:UserAgent': 'a*' } },
      { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } },
    ),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);
const statements = fc.array(statement, { minLength: 1, maxLength: 5 });

function toPolicy(list: readonly unknown[], kind: Policy['kind'] = 'identity'): Policy {
  const parsed = parsePolicyValue({ Version: '2012-10-17', Statement: list }, kind);
  if (!parsed.ok) throw new Error('a generated policy is not valid');
  return { id: kind, kind, document: parsed.document };
}

function ask(list: readonly unknown[], more: Partial<Question['policies']> = {}, action = 's3:GetObject'): Question {
  return {
    request: {
      principal: { kind: 'user', arn, account: '111122223333' },
      action,
      resource: { arn: bucket, account: '111122223333' },
    },
    policies: { identity: [toPolicy(list)], ...more },
    knowledge: { context: {}, rest: 'unknown' },
  };
}

function outcome(question: Question): number {
  return rank[decide(question).outcome];
}

test('adding a deny never adds access, adding an allow never removes it', () => {
  fc.assert(
    fc.property(statements, statement, (list, more) => {
      const before = outcome(ask(list));
      const deny = outcome(ask([...list, { ...more, Effect: 'Deny' }]));
      const allow = outcome(ask([...list, { ...more, Effect: 'Allow' }]));

      expect(deny).toBeLessThanOrEqual(Math.max(before, 1));
      expect(allow).toBeGreaterThanOrEqual(before);
    }),
  );
});

test('order is neutral, and so is the case of actions', () => {
  fc.assert(
    fc.property(statements, (list) => {
      expect(outcome(ask([...list].reverse()))).toBe(outcome(ask(list)));
      expect(outcome(ask(list, {}, 'S3:getobject'))).toBe(outcome(ask(list)));
    }),
  );
});

test('a boundary and an SCP only shrink', () => {
  fc.assert(
    fc.property(statements, statements, (list, limit) => {
      const before = outcome(ask(list));
      const bounded = outcome(ask(list, { boundary: [toPolicy(limit, 'boundary')] }));
      const guarded = outcome(ask(list, { scp: [{ target: 'root', policies: [toPolicy(limit, 'scp')] }] }));

      expect(bounded).toBeLessThanOrEqual(Math.max(before, 1));
      expect(guarded).toBeLessThanOrEqual(Math.max(before, 1));
    }),
  );
});

test('more known context only narrows a conditional answer', () => {
  // A request comes from an address or through a VPC endpoint, never both.
  const way = fc.oneof(
    fc.record({ 'aws:SourceIp': fc.constantFrom('10.0.0.1', '10.1.0.1', '192.0.2.1') }),
    fc.record({ 'aws:SourceVpc': fc.constantFrom('vpc-1', 'vpc-2') }),
  );
  const rest = fc.record({
    'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false'),
    'aws:UserAgent': fc.constantFrom('abc', 'xyz'),
  });
  const context = fc.tuple(way, rest).map(([one, other]): Context => ({ ...one, ...other }));
  fc.assert(
    fc.property(statements, context, (list, known) => {
      const open = ask(list);
      const before = decide(open).outcome;
      const after = decide({ ...open, knowledge: { context: known, rest: 'absent' } }).outcome;

      if (before === 'allowed') expect(after).toBe('allowed');
      if (before === 'explicitlyDenied') expect(after).toBe('explicitlyDenied');
      if (before === 'implicitlyDenied') expect(after).toMatch(/Denied$/);
    }),
  );
});

test('an unread layer makes an allow unknown and leaves a certain denial', () => {
  const unread = [{ layer: 'resource' as const, reason: 'not read' }];
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' };

  expect(decide(ask([allow], { unread }))).toEqual({ outcome: 'unknown', because: unread });
  expect(decide(ask([{ ...allow, Effect: 'Deny' }], { unread })).outcome).toBe('explicitlyDenied');
  expect(decide(ask([{ ...allow, Action: 's3:PutObject' }], { unread }))).toEqual({
    outcome: 'unknown',
    because: unread,
  });
});

test('a glob matches as the obvious recursive definition does', () => {
  const part = fc.constantFrom('a', 'b', '*', '?', ':');
  const naive = (pattern: string, text: string): boolean => {
    if (pattern === '') return text === '';
    if (pattern[0] === '*') return naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)));
    return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(pattern.slice(1), text.slice(1));
  };
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 7 }),
      fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 7 }),
      (pattern, text) => {
        expect(matchesGlob(toGlob(pattern.join('')), text.join(''))).toBe(naive(pattern.join(''), text.join('')));
      },
    ),
  );
});

test('runs of stars do not explode', () => {
  expect(matchesAction(`s3:${'a*'.repeat(50)}b`, `s3:${'a'.repeat(5000)}`)).toBe(false);
});
