import type { Layer, Principal } from '@ag/model';
import { expect, test } from 'vitest';
import { decide, parsePolicyValue, type Facts, type Policy, type PolicySet, type Question } from './index.ts';

const account = '111122223333';
const ana: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/ana`, account };
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/1`;

function policy(kind: Policy['kind'], ...statements: readonly unknown[]): Policy {
  const parsed = parsePolicyValue({ Version: '2012-10-17', Statement: statements }, kind);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return { id: kind, kind, document: parsed.document };
}

interface Asked {
  readonly principal?: Principal;
  readonly action?: string;
  readonly arn?: string;
  readonly policies?: Partial<PolicySet>;
  readonly facts?: Facts;
  readonly context?: Question['knowledge']['context'];
  readonly rest?: 'absent' | 'unknown';
}

function question({ principal = ana, action = 's3:GetObject', arn = 'arn:aws:s3:::b/k', ...more }: Asked): Question {
  return {
    request: { principal, action, resource: { arn, account } },
    policies: { identity: [policy('identity', everything)], ...more.policies },
    ...(more.facts && { facts: more.facts }),
    knowledge: { context: more.context ?? {}, rest: more.rest ?? 'absent' },
  };
}

const outcome = (asked: Asked) => decide(question(asked)).outcome;
const unread = (layer: Layer) => ({ unread: [{ layer, reason: 'not read' }] });

test('an unread layer that may stand in the way makes an allow unknown, whichever layer it is', () => {
  const layers: readonly Layer[] = ['endpoint', 'service', 'boundary', 'session', 'scp', 'resource', 'identity'];

  expect(layers.map((layer) => [layer, outcome({ policies: unread(layer) })])).toEqual(
    layers.map((layer) => [layer, 'unknown']),
  );
});

test('an unread SCP changes nothing for the management account (OR1)', () => {
  expect(outcome({ policies: unread('scp'), facts: { principal: { inManagementAccount: true } } })).toBe('allowed');
});

test('an unread SCP makes no allow of what no policy allows', () => {
  expect(outcome({ policies: { identity: [], ...unread('scp') } })).toBe('implicitlyDenied');
});

test('unread grants and ACLs may allow, and deny nothing (KM3, S33)', () => {
  const delegating = policy('resource', {
    Effect: 'Allow',
    Principal: { AWS: account },
    Action: 'kms:*',
    Resource: '*',
  });
  const silent = policy('resource', {
    Effect: 'Allow',
    Principal: { AWS: account },
    Action: 'kms:List*',
    Resource: '*',
  });
  const decrypt = { action: 'kms:Decrypt', arn: keyArn };

  expect(outcome({ ...decrypt, policies: { resource: delegating, ...unread('grant') } })).toBe('allowed');
  expect(outcome({ ...decrypt, policies: { resource: silent, ...unread('grant') } })).toBe('unknown');
  expect(outcome({ policies: { identity: [], ...unread('acl') } })).toBe('unknown');
});

test('an unread block of public access is unknown only where the policy is public (S31)', () => {
  const anonymous: Principal = { kind: 'anonymous' };
  const open = policy('resource', {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  });

  expect(
    outcome({ principal: anonymous, policies: { identity: [], resource: open, ...unread('publicAccessBlock') } }),
  ).toBe('unknown');
  expect(outcome({ policies: { resource: open, ...unread('publicAccessBlock') } })).toBe('allowed');
});

test("an object of another account obeys its owner; the bucket's policy can only deny it (S33)", () => {
  const facts: Facts = { s3: { objectOwnership: 'ObjectWriter', objectOwnerAccountId: '999988887777' } };
  const statement = { Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };

  expect(outcome({ facts })).toBe('implicitlyDenied');
  expect(outcome({ facts, policies: { resource: policy('resource', { ...statement, Effect: 'Deny' }) } })).toBe(
    'explicitlyDenied',
  );
});

test('IAM refuses to change what AWS keeps (IC5, ST11)', () => {
  const change = (action: string, arn: string) => outcome({ action, arn });

  expect([
    change('iam:PutRolePolicy', `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`),
    change('iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    change('iam:PutRolePolicy', `arn:aws:iam::${account}:role/app`),
  ]).toEqual(['implicitlyDenied', 'implicitlyDenied', 'allowed']);
});

test('a statement without a Resource is no identity policy', () => {
  expect(parsePolicyValue({ Statement: { Effect: 'Allow', Action: '*' } }, 'identity')).toEqual({
    ok: false,
    findings: [{ at: '/Statement/0/Resource', message: 'missing', severity: 'error' }],
  });
});

test('an operator that AWS does not have gives nothing, and may deny (CL6)', () => {
  const strange = { Condition: { StringSortOfEquals: { 'aws:username': 'ana' } } };

  expect(outcome({ policies: { identity: [policy('identity', { ...everything, ...strange })] } })).toBe(
    'implicitlyDenied',
  );
  expect(
    decide(
      question({
        policies: { identity: [policy('identity', everything, { ...everything, ...strange, Effect: 'Deny' })] },
      }),
    ),
  ).toEqual({
    outcome: 'unknown',
    because: [
      {
        layer: 'identity',
        id: 'identity',
        reason: 'statement 1 of `identity` denies under an operator that AWS does not have',
      },
    ],
  });
});

test('GetSessionToken credentials call IAM only with MFA (ST10)', () => {
  const facts: Facts = { principal: { credentials: 'session-token' } };
  const call = { action: 'iam:ListUsers', arn: '*', facts };

  expect([
    outcome({ ...call, context: { 'aws:MultiFactorAuthPresent': 'true' } }),
    outcome({ ...call, context: { 'aws:MultiFactorAuthPresent': 'false' } }),
    outcome({ ...call, rest: 'unknown' }),
  ]).toEqual(['allowed', 'implicitlyDenied', 'conditional']);
});

test('a tag of the role stays there when a session may override it (IC7)', () => {
  const present = policy('identity', { ...everything, Condition: { Null: { 'aws:PrincipalTag/team': 'false' } } });
  const asked = question({
    policies: { identity: [present] },
    facts: { principal: { tags: { team: 'pay' } } },
    rest: 'unknown',
  });

  expect(decide({ ...asked, knowledge: { ...asked.knowledge, sessionTags: 'unknown' } }).outcome).toBe('allowed');
});

test('a further authorization of an action without resource types has its own (RQ2)', () => {
  const role = `arn:aws:iam::${account}:role/app`;
  const pass = policy(
    'identity',
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: role },
    { Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
  );
  const asked = question({ action: 'ec2:DescribeInstances', arn: '*', policies: { identity: [pass] } });
  const request = {
    ...asked.request,
    wildcardOnlyAction: true,
    additional: [{ action: 'iam:PassRole', resource: { arn: role, account } }],
  };

  expect(decide({ ...asked, request }).outcome).toBe('allowed');
});

test('a denial names the statements that surely deny, and not those that might', () => {
  const scp = policy(
    'scp',
    everything,
    { ...everything, Effect: 'Deny', Sid: 'Maybe', Condition: { StringEquals: { 'aws:UserAgent': 'x' } } },
    { ...everything, Effect: 'Deny', Sid: 'Surely' },
  );

  expect(decide(question({ policies: { scp: [{ target: 'root', policies: [scp] }] }, rest: 'unknown' }))).toEqual({
    outcome: 'explicitlyDenied',
    by: [{ policy: 'scp', kind: 'scp', index: 2, sid: 'Surely' }],
  });
});
