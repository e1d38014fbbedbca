import type { Decision, Principal } from '@ag/model';
import { expect, test } from 'vitest';
import { decide, explain } from './index.ts';
import {
  type Asked,
  all,
  ana,
  deny,
  home,
  level,
  other,
  policy,
  question,
  root,
  session,
  stranger,
  unread,
  own,
} from './rules/ask.ts';
import type { AdditionalCheck, Facts, Question } from './types.ts';

const ec2Only = { ...all, Action: 'ec2:*' };
const on = (effect: object, Condition: object) => ({ ...effect, Condition });
const ref = (kind: 'identity' | 'resource' | 'scp' | 'boundary' | 'trust', index = 0) => ({
  policy: kind,
  kind,
  index,
});
const statement = (kind: Parameters<typeof ref>[0], index = 0) => ({ by: 'statement', statement: ref(kind, index) });
const key = { action: 'kms:Decrypt', arn: `arn:aws:kms:eu-west-1:${home}:key/1` };
const delegating = own({ AWS: home });
const silent = { identity: [] };
const role: Principal = { kind: 'role', arn: `arn:aws:iam::${home}:role/app`, account: home };
const s1 = `arn:aws:sts::${home}:assumed-role/app/s1`;

function canonicalGrant(permission: string): NonNullable<Facts['s3']> {
  return {
    objectOwnership: 'ObjectWriter',
    objectAcl: [{ grantee: { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission }],
  };
}

/** What it shows, the question, the whole decision. */
const decisions: readonly (readonly [shows: string, asked: Asked, decision: unknown])[] = [
  [
    'every statement that allows is a grant',
    { identity: [policy('identity', ec2Only, all)], resource: own('*'), boundary: [policy('boundary', all)] },
    { outcome: 'allowed', grants: [statement('identity', 1), statement('resource')] },
  ],
  ['the root user’s power is a grant', { as: root, ...silent }, { outcome: 'allowed', grants: [{ by: 'rootUser' }] }],
  [
    'a grant of a key names its grantee',
    {
      ...key,
      ...silent,
      facts: { kms: { grants: [{ granteePrincipal: ana.kind === 'user' ? ana.arn : '', operations: ['Decrypt'] }] } },
    },
    { outcome: 'allowed', grants: [{ by: 'kmsGrant', grantee: ana.kind === 'user' ? ana.arn : '' }] },
  ],
  [
    'an entry of an ACL names its grantee',
    { as: { kind: 'anonymous' }, ...silent, facts: { s3: canonicalGrant('READ') } },
    { outcome: 'allowed', grants: [{ by: 'acl', grantee: 'http://acs.amazonaws.com/groups/global/AllUsers' }] },
  ],
  [
    'a trust policy is a grant',
    {
      action: 'sts:AssumeRole',
      arn: `arn:aws:iam::${home}:role/r`,
      ...silent,
      resource: policy('trust', {
        Effect: 'Allow',
        Principal: { AWS: ana.kind === 'user' ? ana.arn : '' },
        Action: 'sts:AssumeRole',
      }),
    },
    { outcome: 'allowed', grants: [statement('trust')] },
  ],
  [
    'a certain denial names the statements that are certain',
    { identity: [policy('identity', all, deny, on(deny, { Bool: { 'aws:a': 'true' } }))], rest: 'unknown' },
    { outcome: 'explicitlyDenied', by: [ref('identity', 1)] },
  ],
  [
    'denials that are certain together only are all named',
    {
      identity: [
        policy(
          'identity',
          all,
          on(deny, { Bool: { 'aws:a': 'true' } }),
          on(deny, { BoolIfExists: { 'aws:a': 'false' } }),
        ),
      ],
      rest: 'unknown',
    },
    { outcome: 'explicitlyDenied', by: [ref('identity', 1), ref('identity', 2)] },
  ],
  [
    'what nobody allows may be denied too',
    { identity: [policy('identity', ec2Only, on(deny, { Bool: { 'aws:a': 'true' } }))], rest: 'unknown' },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [ref('identity', 1)] },
  ],
  [
    'a denial that cannot be is not named',
    {
      identity: [policy('identity', ec2Only, on(deny, { Bool: { 'aws:a': 'true' }, Null: { 'aws:a': 'true' } }))],
      rest: 'unknown',
    },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] },
  ],
  [
    'in one account the caller’s silence is what is missing',
    { ...silent, resource: own({ AWS: `arn:aws:iam::${home}:user/bo` }) },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] },
  ],
  [
    'across accounts each side is named',
    { as: stranger, ...silent },
    { outcome: 'implicitlyDenied', at: ['identity', 'resource'], mayBeDeniedBy: [] },
  ],
  [
    'or the one that is silent',
    { as: stranger, identity: [policy('identity', all)] },
    { outcome: 'implicitlyDenied', at: ['resource'], mayBeDeniedBy: [] },
  ],
  [
    'and the other one',
    { as: stranger, ...silent, resource: own('*') },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] },
  ],
  [
    'no identity policy helps where the key’s policy does not name the account',
    { ...key, ...silent, resource: own({ AWS: `arn:aws:iam::${home}:user/bo` }) },
    { outcome: 'implicitlyDenied', at: ['resource'], mayBeDeniedBy: [] },
  ],
  [
    'where it does, the identity policy is missing',
    { ...key, ...silent, resource: delegating },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] },
  ],
  [
    'an action that works in one account only is missing on the resource’s side',
    {
      as: stranger,
      identity: [policy('identity', all)],
      action: 'kms:ScheduleKeyDeletion',
      arn: key.arn,
      resource: own('*'),
    },
    { outcome: 'implicitlyDenied', at: ['resource'], mayBeDeniedBy: [] },
  ],
  [
    'a service is let in by the resource alone',
    { as: { kind: 'service', name: 'sns.amazonaws.com' }, ...silent },
    { outcome: 'implicitlyDenied', at: ['resource'], mayBeDeniedBy: [] },
  ],
  [
    'each limit that blocks is named',
    {
      as: session,
      boundary: [policy('boundary', ec2Only)],
      session: [policy('session', ec2Only)],
      scp: [level('scp', ec2Only)],
      rcp: [level('rcp', { ...ec2Only, Principal: '*' })],
      endpoint: [policy('endpoint', { ...ec2Only, Principal: '*' })],
    },
    { outcome: 'implicitlyDenied', at: ['scp', 'rcp', 'endpoint', 'boundary', 'session'], mayBeDeniedBy: [] },
  ],
  [
    'what is not read is named once',
    { ...unread('scp') },
    { outcome: 'unknown', because: [{ layer: 'scp', reason: 'no scp' }] },
  ],
  [
    'a condition is told with the keys that are there',
    { identity: [policy('identity', on(all, { StringNotEquals: { 'aws:a': 'x' } }))], rest: 'unknown' },
    {
      outcome: 'conditional',
      when: { is: 'not', of: { is: 'test', test: { key: 'aws:a', operator: 'StringEquals', values: ['x'] } } },
      text: 'aws:a is absent or not x',
      checked: true,
      grants: [statement('identity')],
    },
  ],
  [
    'a check that gives up says so',
    {
      identity: [
        policy(
          'identity',
          on(all, {
            StringLike: { 'aws:a': '1*' },
            NumericLessThan: { 'aws:a': '10' },
            IpAddress: { 'aws:a': '10.0.0.0/8' },
          }),
        ),
      ],
      rest: 'unknown',
    },
    expect.objectContaining({ outcome: 'conditional', checked: false }),
  ],
  [
    'a deny of unclear meaning that cannot apply leaves no doubt',
    {
      identity: [
        policy(
          'identity',
          on(all, { StringEquals: { 'aws:a': 'x' } }),
          on(deny, { BinaryNotEquals: { 'aws:b': 'QQ==' }, StringEquals: { 'aws:a': 'y' } }),
        ),
      ],
      rest: 'unknown',
    },
    expect.objectContaining({ outcome: 'conditional' }),
  ],
  [
    'one that can is unknown, with the statement',
    { identity: [policy('identity', all, on(deny, { BinaryNotEquals: { 'aws:b': 'QQ==' } }))], rest: 'unknown' },
    {
      outcome: 'unknown',
      because: [
        {
          layer: 'identity',
          id: 'identity',
          reason: 'statement 1 of `identity` denies under an operator that AWS does not have',
        },
      ],
    },
  ],
  [
    'in an allow it allows nothing',
    { identity: [policy('identity', on(all, { BinaryNotEquals: { 'aws:b': 'QQ==' } }))] },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] },
  ],
  [
    'of a resource’s deny the principal counts too',
    {
      resource: policy('resource', {
        ...on(deny, { BinaryNotEquals: { 'aws:b': 'QQ==' } }),
        Principal: { AWS: `arn:aws:iam::${home}:user/bo` },
      }),
    },
    { outcome: 'allowed', grants: [statement('identity')] },
  ],
  [
    'a bare role is a session that no policy names, where all is known',
    { as: role, ...silent, resource: own({ AWS: s1 }) },
    { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] },
  ],
  [
    'and any session where not',
    { as: role, ...silent, resource: own({ AWS: s1 }), rest: 'unknown' },
    expect.objectContaining({ outcome: 'conditional', text: 'the session name is s1' }),
  ],
  [
    'the name of a user is worth less to its federated credentials',
    {
      ...silent,
      resource: own({ AWS: ana.kind === 'user' ? ana.arn : '' }),
      facts: { principal: { credentials: 'federation-token' } },
    },
    { outcome: 'implicitlyDenied', at: ['identity', 'session'], mayBeDeniedBy: [] },
  ],
  [
    'NotPrincipal may name the session',
    {
      as: session,
      resource: policy('resource', {
        Effect: 'Deny',
        NotPrincipal: { AWS: [home, `arn:aws:iam::${home}:role/app`, s1] },
        Action: '*',
        Resource: '*',
      }),
    },
    { outcome: 'allowed', grants: [statement('identity')] },
  ],
  [
    'a users of an identity provider is exempt by its name',
    {
      as: { kind: 'saml', provider: 'p' },
      ...silent,
      action: 'sts:AssumeRoleWithSAML',
      arn: `arn:aws:iam::${home}:role/r`,
      resource: policy(
        'trust',
        { Effect: 'Allow', Principal: { Federated: 'p' }, Action: '*' },
        { Effect: 'Deny', NotPrincipal: { Federated: 'p' }, Action: '*' },
      ),
    },
    { outcome: 'allowed', grants: [statement('trust')] },
  ],
  [
    'a canonical user of nobody’s account names no caller without one',
    { as: { kind: 'anonymous' }, ...silent, resource: own({ CanonicalUser: 'c' }) },
    { outcome: 'implicitlyDenied', at: ['resource'], mayBeDeniedBy: [] },
  ],
];

test.each(decisions)('%s', (_shows, asked, decision) => {
  expect(decide(question(asked))).toEqual(decision);
});

test('keys that are known to be there are not asked for in words', () => {
  const asked = question({
    identity: [policy('identity', on(all, { StringNotEquals: { 'aws:a': 'x' } }))],
    rest: 'unknown',
  });
  const text = (knowledge: Question['knowledge']) => {
    const decision = decide({ ...asked, knowledge });
    return decision.outcome === 'conditional' ? decision.text : decision.outcome;
  };

  expect([text({ context: {}, rest: 'unknown' }), text({ context: {}, rest: 'unknown', present: ['aws:a'] })]).toEqual([
    'aws:a is absent or not x',
    'aws:a is not x',
  ]);
});

test('layers that stand in no policy say why they are missing', () => {
  const { layers } = explain(question({ as: stranger, ...silent }));

  expect(layers.map(({ layer, because }) => [layer, because])).toEqual([
    ['identity', undefined],
    ['resource', 'there is no policy'],
  ]);
});

function ask(checks: readonly AdditionalCheck[], asked: Asked = {}): Decision {
  const base = question(asked);
  return decide({ ...base, request: { ...base.request, additional: checks } });
}

const queue = { arn: `arn:aws:sqs:eu-west-1:${home}:q`, account: home };

test('a further check of an action without resources is about none', () => {
  const identity = [policy('identity', { ...all, Resource: ['arn:aws:s3:::b/*', 'arn:aws:ec2:*:*:instance/*'] })];
  const describing = {
    action: 'ec2:DescribeInstances',
    resource: { arn: `arn:aws:ec2:eu-west-1:${home}:instance/i`, account: home },
  };

  expect(
    [ask([describing], { identity }), ask([{ ...describing, wildcardOnlyAction: true }], { identity })].map(
      ({ outcome }) => outcome,
    ),
  ).toEqual(['allowed', 'implicitlyDenied']);
});

test('what is known of the caller is known of it in every check, and of nobody else', () => {
  const scp = [level('scp', { ...all, Action: 's3:*' })];
  const facts = { principal: { inManagementAccount: true } };
  const check = { action: 'sqs:SendMessage', resource: queue };
  const bo: Principal = { kind: 'user', arn: `arn:aws:iam::${home}:user/bo`, account: home };

  expect(
    [check, { ...check, principal: ana }, { ...check, principal: bo }].map((one) => ask([one], { scp, facts }).outcome),
  ).toEqual(['allowed', 'allowed', 'implicitlyDenied']);
});

test('what is known of the resource’s account is known of that account alone', () => {
  const rcp = [level('rcp', { ...all, Principal: '*' }, { ...deny, Action: 'sqs:*', Principal: '*' })];
  const facts = { resource: { inManagementAccount: true } };
  const elsewhere = { arn: `arn:aws:sqs:eu-west-1:${other}:q`, account: other };

  expect(
    [queue, elsewhere].map(
      (resource) => ask([{ action: 'sqs:SendMessage', resource }], { rcp, facts, resource: own('*') }).outcome,
    ),
  ).toEqual(['allowed', 'explicitlyDenied']);
});

test('the other facts hold in every check', () => {
  const facts = {
    kms: { grants: [{ granteePrincipal: ana.kind === 'user' ? ana.arn : '', operations: ['Decrypt'] }] },
  };
  const check = { action: 'kms:Decrypt', resource: { arn: key.arn, account: home } };

  expect([facts, {}].map((known) => ask([check], { facts: known }).outcome)).toEqual(['allowed', 'implicitlyDenied']);
});

test('keys of a further check come before the call’s own, whatever their case', () => {
  const identity = [policy('identity', on(all, { StringEquals: { 'aws:a': 'x' } }))];
  const check = { action: 'sqs:SendMessage', resource: queue };

  expect(
    ['x', 'y'].map(
      (value) => ask([{ ...check, context: { 'AWS:A': value } }], { identity, context: { 'aws:a': 'x' } }).outcome,
    ),
  ).toEqual(['allowed', 'implicitlyDenied']);
});

test('what is unread is named once, however many checks it concerns', () => {
  expect(ask([{ action: 'sqs:SendMessage', resource: queue }], unread('scp'))).toEqual({
    outcome: 'unknown',
    because: [{ layer: 'scp', reason: 'no scp' }],
  });
});
