import { expect, test } from 'vitest';
import { decide, explain } from '../index.ts';
import { policyHolderOf } from '../services/policy-holder.ts';
import {
  type Asked,
  all,
  ana,
  deny,
  home,
  level,
  other,
  outcome,
  policy,
  question,
  root,
  session,
  stranger,
  own,
} from './ask.ts';

const nobody = { identity: [] };
const userArn = ana.kind === 'user' ? ana.arn : '';
const trust = (principal: unknown, action: unknown) =>
  policy('trust', { Effect: 'Allow', Principal: principal, Action: action });
const role = `arn:aws:iam::${home}:role/target`;
const key = { action: 'kms:Decrypt', arn: `arn:aws:kms:eu-west-1:${home}:key/1` };
const ec2Only = { ...all, Action: 'ec2:*' };
const where = (Condition: object) => policy('identity', { ...all, Condition });

/** Rule, what it shows, the question, the answer. */
const cases: readonly (readonly [rule: string, shows: string, asked: Asked, answer: string])[] = [
  [
    'RQ4',
    'all policies of a user count together',
    { identity: [policy('identity', ec2Only), policy('identity', all)] },
    'allowed',
  ],
  [
    'RQ5',
    'a session is not its role’s namesake in another account',
    { as: session, ...nobody, resource: own({ AWS: `arn:aws:iam::${other}:role/app` }) },
    'implicitlyDenied',
  ],
  [
    'EV2',
    'the order of the checks changes no answer',
    { resource: own('*'), scp: [level('scp', ec2Only)] },
    'implicitlyDenied',
  ],
  ['EV4', 'the resource alone is enough in one account', { ...nobody, resource: own({ AWS: userArn }) }, 'allowed'],
  [
    'EV4',
    'the caller alone is enough in one account',
    { resource: own({ AWS: `arn:aws:iam::${home}:user/bo` }) },
    'allowed',
  ],
  [
    'EV5',
    'a key policy must itself allow',
    { ...key, resource: own({ AWS: `arn:aws:iam::${home}:user/bo` }) },
    'implicitlyDenied',
  ],
  [
    'EV5',
    'so must a trust policy',
    { action: 'sts:AssumeRole', arn: role, resource: trust({ AWS: `arn:aws:iam::${home}:user/bo` }, 'sts:AssumeRole') },
    'implicitlyDenied',
  ],
  ['EV6', 'a boundary limits', { boundary: [policy('boundary', ec2Only)] }, 'implicitlyDenied'],
  ['EV6', 'a session policy limits', { as: session, session: [policy('session', ec2Only)] }, 'implicitlyDenied'],
  [
    'EV10',
    'everyone on a condition is not limited by a boundary',
    {
      boundary: [policy('boundary', ec2Only)],
      resource: own('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': userArn } } }),
      context: { 'aws:PrincipalArn': userArn },
    },
    'allowed',
  ],
  [
    'EV10',
    'the account on a condition is',
    {
      boundary: [policy('boundary', ec2Only)],
      resource: own({ AWS: home }, { Condition: { ArnEquals: { 'aws:PrincipalArn': userArn } } }),
      context: { 'aws:PrincipalArn': userArn },
    },
    'implicitlyDenied',
  ],
  [
    'OR3',
    'the SCPs of the caller’s account are those that count',
    { as: stranger, resource: own('*'), scp: [level('scp', all)] },
    'allowed',
  ],
  [
    'OR4',
    'an SCP may allow on a condition',
    {
      scp: [level('scp', { ...all, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      context: { 'aws:SecureTransport': 'true' },
    },
    'allowed',
  ],
  [
    'OR4',
    'an SCP may allow all but some actions',
    { scp: [level('scp', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' })] },
    'implicitlyDenied',
  ],
  [
    'OR4',
    'an SCP may allow one resource',
    { scp: [level('scp', { ...all, Resource: 'arn:aws:s3:::c/*' })] },
    'implicitlyDenied',
  ],
  [
    'OR5',
    'a level without any SCP allows nothing',
    { scp: [level('scp', all), { target: 'ou-1', policies: [] }] },
    'implicitlyDenied',
  ],
  [
    'OR10',
    'AWS’s own RCP allows, and another denies',
    { rcp: [level('rcp', { ...all, Principal: '*' }, { ...deny, Principal: '*' })] },
    'explicitlyDenied',
  ],
  [
    'OR12',
    'a deny at any level applies below',
    { scp: [level('scp', all, deny), level('scp', all)] },
    'explicitlyDenied',
  ],
  [
    'PR2',
    'several principals are alternatives',
    { ...nobody, resource: own({ AWS: [`arn:aws:iam::${other}:root`, userArn] }) },
    'allowed',
  ],
  [
    'PR6',
    'a role’s name is every session of it',
    { as: session, ...nobody, resource: own({ AWS: `arn:aws:iam::${home}:role/app` }) },
    'allowed',
  ],
  [
    'PR8',
    'aws:PrincipalArn is the role’s, not the session’s',
    {
      as: session,
      identity: [where({ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${home}:role/app` } })],
      context: { 'aws:PrincipalArn': `arn:aws:iam::${home}:role/app` },
    },
    'allowed',
  ],
  [
    'PR11',
    'a service’s name of one Region is that one',
    {
      as: { kind: 'service', name: 'logs.eu-west-1.amazonaws.com' },
      ...nobody,
      resource: own({ Service: 'logs.eu-west-1.amazonaws.com' }),
    },
    'allowed',
  ],
  [
    'PR11',
    'and no other one',
    {
      as: { kind: 'service', name: 'logs.us-east-1.amazonaws.com' },
      ...nobody,
      resource: own({ Service: 'logs.eu-west-1.amazonaws.com' }),
    },
    'implicitlyDenied',
  ],
  ['MA8', 'the owner of a bucket is told beside its ARN', { as: stranger, owner: home }, 'implicitlyDenied'],
  [
    'MA9',
    'an action is what is authorized, not what is called',
    {
      identity: [policy('identity', { ...all, Action: 's3:ListObjects' })],
      action: 's3:ListBucket',
      arn: 'arn:aws:s3:::b',
    },
    'implicitlyDenied',
  ],
  [
    'CL5',
    'a key that the service never sends is missing',
    { identity: [where({ StringEquals: { 'aws:ResourceTag/team': 'pay' } })] },
    'implicitlyDenied',
  ],
  [
    'CO11',
    'texts have variables',
    { identity: [where({ StringEquals: { 'aws:a': '${aws:b}' } })], context: { 'aws:a': 'x', 'aws:b': 'x' } },
    'allowed',
  ],
  [
    'IC6',
    'equal tags of both sides',
    {
      identity: [where({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
      facts: { principal: { tags: { team: 'pay' } } },
      context: { 'aws:ResourceTag/team': 'pay' },
    },
    'allowed',
  ],
  [
    'IC6',
    'without the principal’s tag nothing fits',
    {
      identity: [where({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
      context: { 'aws:ResourceTag/team': 'pay' },
    },
    'implicitlyDenied',
  ],
  [
    'ST6',
    'a transitive tag is a tag of the next session too',
    {
      as: session,
      identity: [where({ StringEquals: { 'aws:PrincipalTag/case': '7' } })],
      facts: { principal: { sessionTags: { case: '7' } } },
    },
    'allowed',
  ],
  [
    'ST12',
    'a session from before the revocation is denied',
    {
      as: session,
      identity: [
        policy('identity', all, {
          ...deny,
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' } },
        }),
      ],
      context: { 'aws:TokenIssueTime': '2025-12-31T00:00:00Z' },
    },
    'explicitlyDenied',
  ],
  [
    'ST12',
    'a new session is not',
    {
      as: session,
      identity: [
        policy('identity', all, {
          ...deny,
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' } },
        }),
      ],
      context: { 'aws:TokenIssueTime': '2026-01-02T00:00:00Z' },
    },
    'allowed',
  ],
  [
    'RS1',
    'any resource may have a policy of its own',
    { ...nobody, action: 'sqs:SendMessage', arn: `arn:aws:sqs:eu-west-1:${home}:q`, resource: own({ AWS: userArn }) },
    'allowed',
  ],
  [
    'RQ6',
    'a deny of the resource holds for the root user',
    { as: root, ...nobody, resource: policy('resource', { ...deny, Principal: '*' }) },
    'explicitlyDenied',
  ],
];

test.each(cases)('%s: %s', (_rule, _shows, asked, answer) => {
  expect(outcome(asked)).toBe(answer);
});

test('EV18: what is denied explicitly and implicitly is told apart, with every layer that blocks', () => {
  const blocked = { boundary: [policy('boundary', ec2Only)], scp: [level('scp', ec2Only)], identity: [] };

  expect(decide(question(blocked))).toEqual({
    outcome: 'implicitlyDenied',
    at: ['scp', 'identity', 'boundary'],
    mayBeDeniedBy: [],
  });
});

test('SE4: an allow that holds without its key is warned of, unless the key is asked for', () => {
  const block = { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } };
  const asking = { ...block, Null: { 'aws:TagKeys': 'false' } };

  expect([block, asking].map((Condition) => explain(question({ identity: [where(Condition)] })).warnings)).toEqual([
    ['statement 0 of identity allows also where the key of its ForAllValues condition is missing'],
    [],
  ]);
});

test('ST7: IAM Roles Anywhere needs three permissions of the trust policy', () => {
  const actions = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const service = { kind: 'service', name: 'rolesanywhere.amazonaws.com' } as const;
  const ask = (granted: readonly string[]) => {
    const asked = question({
      as: service,
      identity: [],
      action: 'sts:AssumeRole',
      arn: role,
      resource: trust({ Service: service.name }, granted),
    });
    const additional = actions.slice(1).map((action) => ({ action, resource: { arn: role, account: home } }));
    return decide({ ...asked, request: { ...asked.request, additional } }).outcome;
  };

  expect([actions, actions.slice(0, 2), actions.slice(1)].map(ask)).toEqual([
    'allowed',
    'implicitlyDenied',
    'implicitlyDenied',
  ]);
});

test('KM7: an encrypted object needs its key too', () => {
  const asked = question({});
  const check = { action: key.action, resource: { arn: key.arn, account: home } };
  const withKey = (resource: ReturnType<typeof own> | undefined) =>
    decide({
      ...asked,
      request: {
        ...asked.request,
        additional: [
          {
            ...check,
            context: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
            policies: { identity: [policy('identity', all)], ...(resource && { resource }) },
          },
        ],
      },
    }).outcome;
  const viaS3 = own({ AWS: home }, { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } });

  expect([withKey(viaS3), withKey(undefined)]).toEqual(['allowed', 'implicitlyDenied']);
});

test.each([
  ['arn:aws:s3:::b/k', 'arn:aws:s3:::b'],
  [`arn:aws:glue:eu-west-1:${home}:table/db/t`, `arn:aws:glue:eu-west-1:${home}:catalog`],
  [`arn:aws:dynamodb:eu-west-1:${home}:table/t/index/i`, `arn:aws:dynamodb:eu-west-1:${home}:table/t`],
  [`arn:aws:dynamodb:eu-west-1:${home}:table/t/stream/1`, `arn:aws:dynamodb:eu-west-1:${home}:table/t/stream/1`],
  [`arn:aws:lambda:eu-west-1:${home}:function:f:live`, `arn:aws:lambda:eu-west-1:${home}:function:f:live`],
  [`arn:aws:sns:eu-west-1:${home}:t:0-1-2`, `arn:aws:sns:eu-west-1:${home}:t`],
  [`arn:aws:execute-api:eu-west-1:${home}:api1/prod/GET/pets`, 'arn:aws:apigateway:eu-west-1::/restapis/api1'],
  [`arn:aws:es:eu-west-1:${home}:domain/d/index`, `arn:aws:es:eu-west-1:${home}:domain/d`],
  [`arn:aws:sqs:eu-west-1:${home}:q`, `arn:aws:sqs:eu-west-1:${home}:q`],
])('RS2: the policy that decides about %s is that of %s', (arn, holder) => {
  expect(policyHolderOf(arn)).toBe(holder);
});
