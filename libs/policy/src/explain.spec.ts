import { expect, test } from 'vitest';
import { decide, explain, parsePolicyValue, type Question } from './index.ts';
import { type Asked, all, ana, deny, home, level, policy, question, session, stranger, unread } from './rules/ask.ts';

const because = (asked: Asked, layer = 'identity') =>
  explain(question(asked))
    .layers.filter((one) => one.layer === layer)
    .flatMap(({ statements }) => statements.map((one) => `${one.match} ${one.failed ?? ''}: ${one.because}`));

/** What it shows, the statement, more of the question, what is said of it. */
const cases: readonly (readonly [shows: string, statement: object, asked: Asked, text: string])[] = [
  [
    'what matches',
    { ...all, Action: ['s3:Put*', 's3:Get*'], Resource: 'arn:aws:s3:::b/*' },
    {},
    'yes : Action s3:Get* and Resource arn:aws:s3:::b/* match',
  ],
  [
    'conditions that hold',
    { ...all, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    { context: { 'aws:SourceIp': '10.1.2.3' } },
    'yes : Action * and Resource * match, and so do aws:SourceIp IpAddress 10.0.0.0/8 (the request has 10.1.2.3)',
  ],
  [
    'conditions that are open',
    { ...all, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    { rest: 'unknown' },
    'maybe : it applies when aws:SecureTransport is true',
  ],
  ['another action', { ...all, Action: 's3:Put*' }, {}, 'no action: it is about s3:Put*, not s3:GetObject'],
  [
    'an action left out',
    { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
    {},
    'no action: its NotAction s3:* leaves s3:GetObject out',
  ],
  [
    'another resource',
    { ...all, Resource: 'arn:aws:s3:::c/*' },
    {},
    'no resource: it is about arn:aws:s3:::c/*, not arn:aws:s3:::b/k',
  ],
  [
    'a resource left out',
    { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/*' },
    {},
    'no resource: its NotResource arn:aws:s3:::b/* leaves arn:aws:s3:::b/k out',
  ],
  [
    'an action without resources',
    { ...all, Resource: 'arn:aws:s3:::b' },
    { arn: '*', action: 's3:ListAllMyBuckets' },
    'no resource: it is about arn:aws:s3:::b, not `*`, the only resource that s3:ListAllMyBuckets has',
  ],
  [
    'a condition that fails',
    { ...all, Condition: { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } } },
    { context: { 'aws:PrincipalTag/team': 'c' } },
    'no condition: it asks for aws:PrincipalTag/team StringEquals a, b, and the request has c',
  ],
  [
    'a key that is missing',
    { ...all, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
    {},
    'no condition: it asks for aws:MultiFactorAuthPresent Bool true, and the request does not have the key',
  ],
  [
    'an operator that is none',
    { ...all, Condition: { StringIs: { k: 'a' } } },
    { context: { k: 'a' } },
    'no condition: it asks for k StringIs a, and AWS has no such operator',
  ],
  [
    'many values',
    { ...all, Action: ['a:a', 'a:b', 'a:c', 'a:d', 'a:e', 'a:f'] },
    {},
    'no action: it is about a:a, a:b, a:c, a:d and 2 more, not s3:GetObject',
  ],
];

test.each(cases)('a statement tells of %s', (_shows, statement, asked, text) => {
  expect(because({ identity: [policy('identity', statement)], ...asked })).toEqual([text]);
});

test('a statement tells of principals', () => {
  const resource = policy('resource', { ...all, Principal: { AWS: home } }, { ...deny, NotPrincipal: '*' }, all);

  expect(because({ as: stranger, resource }, 'resource')).toEqual([
    `no principal: it is about ${home}, not arn:aws:iam::444455556666:user/bob`,
    'no principal: its NotPrincipal * leaves arn:aws:iam::444455556666:user/bob out',
    'no principal: it names no principal',
  ]);
});

test('under version 2008 a variable is text, also where a condition fails', () => {
  const document = { Statement: { ...all, Condition: { StringEquals: { k: '${aws:username}' } } } };
  const parsed = parsePolicyValue(document, 'identity');
  if (!parsed.ok) throw new Error('not a policy');
  const identity = [{ id: 'old', kind: 'identity' as const, document: parsed.document }];

  expect(because({ identity, context: { k: 'ana', 'aws:username': 'ana' } })).toEqual([
    'no condition: it asks for k StringEquals ${aws:username}, and the request has ana',
  ]);
});

test('each level is a layer of its own, and a layer without a say tells why', () => {
  const asked: Asked = {
    action: 'ec2:RunInstances',
    arn: `arn:aws:ec2:eu-west-1:${home}:instance/i-1`,
    scp: [level('scp', all), { ...level('scp', { ...all, Action: 's3:*' }), target: 'ou-1' }],
    rcp: [level('rcp')],
  };
  const summary = explain(question(asked)).layers.map(({ statements: _, ...layer }) => layer);

  expect(summary).toEqual([
    { layer: 'scp', target: 'r-1', verdict: 'allows' },
    { layer: 'scp', target: 'ou-1', verdict: 'doesNotAllow' },
    { layer: 'rcp', verdict: 'notApplicable', because: 'RCPs do not reach ec2' },
    { layer: 'identity', verdict: 'allows' },
  ]);
});

test('what is unread is unknown, and a deny that was read stands', () => {
  const layers = (asked: Asked) => explain(question(asked)).layers.map(({ layer, verdict }) => `${layer} ${verdict}`);

  expect(layers({ ...unread('resource') })).toEqual(['identity allows', 'resource unknown']);
  expect(layers({ identity: [policy('identity', deny)], ...unread('identity') })).toEqual(['identity denies']);
});

function withSuggestions(asked: Asked): Question {
  const before = question(asked);
  const policies = { ...before.policies };
  for (const { layer, target, statement } of explain(before).suggestions ?? []) {
    const add = (kind: 'identity' | 'boundary' | 'scp') => policy(kind, statement);
    if (layer === 'identity') policies.identity = [...policies.identity, add('identity')];
    if (layer === 'boundary') policies.boundary = [...(policies.boundary ?? []), add('boundary')];
    if (layer === 'resource' || layer === 'trust') policies.resource = policy(layer, statement);
    if (layer === 'scp' && policies.scp)
      policies.scp = policies.scp.map((one) =>
        one.target === target ? { ...one, policies: [...one.policies, add('scp')] } : one,
      );
  }
  return { ...before, policies };
}

const silent = policy('identity', { ...all, Action: 'ec2:*' });
const denied: readonly (readonly [shows: string, asked: Asked, layers: readonly string[]])[] = [
  ['identity policies', { identity: [] }, ['identity']],
  ['boundary and identity policies', { identity: [], boundary: [silent] }, ['identity', 'boundary']],
  ['one SCP of two', { scp: [level('scp', all), { ...level('scp'), target: 'ou-1' }] }, ['scp']],
  ['both accounts', { as: stranger, identity: [] }, ['identity', 'resource']],
  ['a trust policy', { as: session, action: 'sts:AssumeRole', arn: `arn:aws:iam::${home}:role/x` }, ['trust']],
  ['a key policy', { as: ana, action: 'kms:Decrypt', arn: `arn:aws:kms:eu-west-1:${home}:key/1` }, ['resource']],
];

test.each(denied)('what is suggested for %s makes the request pass', (_shows, asked, layers) => {
  expect(explain(question(asked)).suggestions?.map(({ layer }) => layer)).toEqual(layers);
  expect(decide(withSuggestions(asked)).outcome).toBe('allowed');
});

test('warnings tell of keys that may be missing, of deleted principals and of tags that differ by case', () => {
  const open = { ...all, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } };
  const held = { ...all, Condition: { ...open.Condition, Null: { 'aws:TagKeys': 'false' } } };

  expect(
    explain(
      question({
        identity: [policy('identity', open, held)],
        resource: policy('resource', { ...all, Principal: { AWS: 'AIDAEXAMPLE' } }),
        facts: { principal: { tags: { Team: 'a', team: 'b' } } },
      }),
    ).warnings,
  ).toEqual([
    'statement 0 of identity allows also where the key of its ForAllValues condition is missing',
    'statement 0 of resource names AIDAEXAMPLE, which may be deleted',
    'two tags are called team but for the case, and nobody can tell which one AWS compares',
  ]);
});
