import { expect, test } from 'vitest';
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
  root,
  session,
  stranger,
  unread,
  own,
} from './ask.ts';

const nothing = policy('boundary', { ...all, Action: 'ec2:*' });
const named = { AWS: ana.kind === 'user' ? ana.arn : '' };
const federated = { kind: 'federatedUser', arn: `arn:aws:sts::${home}:federated-user/ana`, account: home } as const;
const scpOff = [level('scp', { ...all, Action: 'ec2:*' })];
const rcpDeny = [level('rcp', { ...all, Principal: '*' }, { ...deny, Principal: '*' })];
const kmsKey = { action: 'kms:Decrypt', arn: `arn:aws:kms:eu-west-1:${home}:key/1` };
const serviceLinked = { principal: { serviceLinkedRole: true } };

/** Rule, what it shows, the question, the answer. */
const cases: readonly (readonly [rule: string, shows: string, asked: Asked, answer: string])[] = [
  ['RQ1', 'what nobody allows is denied', { identity: [] }, 'implicitlyDenied'],
  [
    'RQ3',
    'a statement that names an ARN does not grant an action without resource types',
    {
      identity: [policy('identity', { ...all, Resource: 'arn:aws:ec2:*:*:instance/*' })],
      action: 'ec2:DescribeInstances',
      arn: '*',
    },
    'implicitlyDenied',
  ],
  [
    'RQ3',
    'nor does it deny one',
    {
      identity: [policy('identity', all, { ...deny, Resource: 'arn:aws:ec2:*:*:instance/*' })],
      action: 'ec2:DescribeInstances',
      arn: '*',
    },
    'allowed',
  ],
  [
    'RQ3',
    'NotResource with an ARN covers it',
    {
      identity: [policy('identity', all, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::b' })],
      action: 'ec2:DescribeInstances',
      arn: '*',
    },
    'explicitlyDenied',
  ],
  [
    'RQ3',
    'the fact of the action counts, not the ARN asked about',
    { identity: [policy('identity', { ...all, Resource: 'arn:aws:s3:::b/*' })], wildcardOnly: true },
    'implicitlyDenied',
  ],
  ['RQ6', 'root needs no policy in its own account', { as: root, identity: [] }, 'allowed'],
  ['RQ6', 'root obeys SCPs', { as: root, identity: [], scp: scpOff }, 'implicitlyDenied'],
  [
    'RQ6',
    'root obeys denies of resource policies',
    { as: root, identity: [], resource: policy('resource', { ...deny, Principal: '*' }) },
    'explicitlyDenied',
  ],
  ['RQ6', 'root of another account needs the resource', { as: root, identity: [], owner: other }, 'implicitlyDenied'],
  [
    'RQ7',
    'a service counts by the resource alone, SCPs aside',
    {
      as: { kind: 'service', name: 'sns.amazonaws.com' },
      identity: [],
      scp: scpOff,
      resource: own({ Service: 'sns.amazonaws.com' }),
    },
    'allowed',
  ],
  ['RQ8', 'a stranger is everyone', { as: { kind: 'anonymous' }, identity: [], resource: own('*') }, 'allowed'],
  [
    'RQ8',
    'an account names no stranger',
    { as: { kind: 'anonymous' }, identity: [], resource: own({ AWS: home }) },
    'implicitlyDenied',
  ],
  ['EV1', 'a deny of the boundary wins', { boundary: [policy('boundary', all, deny)] }, 'explicitlyDenied'],
  [
    'EV1',
    'a deny of the session policy wins, also over a session that the resource names',
    {
      as: session,
      session: [policy('session', all, deny)],
      resource: own({ AWS: `arn:aws:sts::${home}:assumed-role/app/s1` }),
    },
    'explicitlyDenied',
  ],
  [
    'EV1',
    'a deny of the endpoint wins',
    { endpoint: [policy('endpoint', { ...deny, Principal: '*' })] },
    'explicitlyDenied',
  ],
  ['EV3', 'each level must allow', { scp: [level('scp', all), ...scpOff, level('scp', all)] }, 'implicitlyDenied'],
  [
    'EV3',
    'each level of RCPs must allow',
    { rcp: [level('rcp', { ...all, Principal: '*' }), level('rcp')] },
    'implicitlyDenied',
  ],
  [
    'EV7',
    'a user that the resource names is not limited by its boundary',
    { identity: [], boundary: [nothing], resource: own(named) },
    'allowed',
  ],
  [
    'EV8',
    'a role that it names is',
    { as: session, identity: [], boundary: [nothing], resource: own({ AWS: `arn:aws:iam::${home}:role/app` }) },
    'implicitlyDenied',
  ],
  [
    'EV9',
    'a session that it names is not',
    {
      as: session,
      identity: [],
      boundary: [nothing],
      resource: own({ AWS: `arn:aws:sts::${home}:assumed-role/app/s1` }),
    },
    'allowed',
  ],
  ['EV11', 'a federated user has nothing without a session policy', { as: federated }, 'implicitlyDenied'],
  ['EV11', 'but for what names its session', { as: federated, resource: own({ AWS: federated.arn }) }, 'allowed'],
  [
    'EV11',
    'naming its user is limited by the session policy',
    { as: federated, resource: own(named) },
    'implicitlyDenied',
  ],
  [
    'EV12',
    'across accounts the resource alone is not enough',
    { as: stranger, identity: [], resource: own({ AWS: `arn:aws:iam::${other}:user/bob` }) },
    'implicitlyDenied',
  ],
  ['EV12', 'nor the principal alone', { as: stranger, resource: own(named) }, 'implicitlyDenied'],
  [
    'EV12',
    'the boundary limits across accounts also whom the resource names',
    { as: stranger, boundary: [nothing], resource: own({ AWS: `arn:aws:iam::${other}:user/bob` }) },
    'implicitlyDenied',
  ],
  ['EV12', 'an account that is named delegates', { as: stranger, resource: own({ AWS: other }) }, 'allowed'],
  ['EV13', 'without a policy of the resource there is no way across', { as: stranger }, 'implicitlyDenied'],
  [
    'EV14',
    'in the same account the account gives nothing itself',
    { identity: [], resource: own({ AWS: home }) },
    'implicitlyDenied',
  ],
  ['EV15', 'everyone includes the account, without more', { identity: [], resource: own('*') }, 'allowed'],
  [
    'EV15',
    'everyone of other accounts needs their own permission',
    { as: stranger, identity: [], resource: own({ AWS: '*' }) },
    'implicitlyDenied',
  ],
  [
    'EV17',
    'a session policy grants nothing',
    { as: session, identity: [], session: [policy('session', all)] },
    'implicitlyDenied',
  ],
  [
    'OR1',
    'SCPs leave the management account',
    { scp: scpOff, facts: { principal: { inManagementAccount: true } } },
    'allowed',
  ],
  ['OR2', 'SCPs leave service-linked roles', { scp: scpOff, facts: serviceLinked }, 'allowed'],
  [
    'OR2',
    'SCPs hold delegated administrators',
    { scp: scpOff, facts: { principal: { delegatedAdministrator: true } } },
    'implicitlyDenied',
  ],
  ['OR6', 'RCPs hold root', { as: root, identity: [], rcp: rcpDeny }, 'explicitlyDenied'],
  [
    'OR6',
    'RCPs leave the management account',
    { rcp: rcpDeny, facts: { resource: { inManagementAccount: true } } },
    'allowed',
  ],
  ['OR7', 'RCPs leave service-linked roles', { rcp: rcpDeny, facts: serviceLinked }, 'allowed'],
  [
    'OR7',
    'and their assumption',
    {
      as: { kind: 'service', name: 'ecs.amazonaws.com' },
      identity: [],
      action: 'sts:AssumeRole',
      arn: `arn:aws:iam::${home}:role/aws-service-role/ecs.amazonaws.com/X`,
      rcp: rcpDeny,
      resource: policy('trust', {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ecs.amazonaws.com' },
      }),
    },
    'allowed',
  ],
  [
    'OR8',
    'RCPs leave AWS managed keys',
    { ...kmsKey, rcp: rcpDeny, facts: { kms: { keyManager: 'AWS' } }, resource: own({ AWS: home }) },
    'allowed',
  ],
  [
    'OR9',
    'RCPs do not reach every service',
    { action: 'ec2:RunInstances', arn: `arn:aws:ec2:eu-west-1:${home}:instance/i-1`, rcp: rcpDeny },
    'allowed',
  ],
  [
    'OR11',
    'RCPs do not reach actions without a resource',
    { action: 's3:ListAllMyBuckets', arn: '*', rcp: rcpDeny },
    'allowed',
  ],
  [
    'PR7',
    'a statement that names principals means nothing in an identity policy',
    { identity: [policy('identity', { ...all, Principal: '*' })] },
    'implicitlyDenied',
  ],
  [
    'PR7',
    'a resource policy without a principal is about nobody',
    { identity: [], resource: policy('resource', all) },
    'implicitlyDenied',
  ],
  [
    'PR9',
    'NotPrincipal allows nobody',
    { identity: [], resource: policy('resource', { ...all, NotPrincipal: { AWS: other } }) },
    'implicitlyDenied',
  ],
  [
    'PR10',
    'NotPrincipal exempts a user with its account',
    { resource: policy('resource', { ...deny, NotPrincipal: { AWS: [...Object.values(named), home] } }) },
    'allowed',
  ],
  ['PR10', 'not without it', { resource: policy('resource', { ...deny, NotPrincipal: named }) }, 'explicitlyDenied'],
  [
    'PR10',
    'the account exempts its root alone',
    { resource: policy('resource', { ...deny, NotPrincipal: { AWS: home } }) },
    'explicitlyDenied',
  ],
  [
    'PR10',
    'and so root',
    { as: root, resource: policy('resource', { ...deny, NotPrincipal: { AWS: home } }) },
    'allowed',
  ],
  [
    'PR10',
    'a session needs session, role and account',
    {
      as: session,
      resource: policy('resource', {
        ...deny,
        NotPrincipal: { AWS: [`arn:aws:sts::${home}:assumed-role/app/s1`, home] },
      }),
    },
    'explicitlyDenied',
  ],
  [
    'EV16',
    'who has a boundary is never exempt',
    {
      boundary: [policy('boundary', all)],
      resource: policy('resource', { ...deny, NotPrincipal: { AWS: [...Object.values(named), home] } }),
    },
    'explicitlyDenied',
  ],
  [
    'VP1',
    'an endpoint only filters',
    { identity: [], endpoint: [policy('endpoint', { ...all, Principal: '*' })] },
    'implicitlyDenied',
  ],
  [
    'VP2',
    'in a gateway endpoint an account is not its users',
    {
      endpoint: [policy('endpoint', { ...all, Principal: { AWS: home } })],
      facts: { vpcEndpoint: { type: 'Gateway' } },
    },
    'implicitlyDenied',
  ],
  [
    'VP2',
    'nor in its denies',
    {
      endpoint: [policy('endpoint', { ...all, Principal: '*' }, { ...deny, Principal: { AWS: home } })],
      facts: { vpcEndpoint: { type: 'Gateway' } },
    },
    'allowed',
  ],
  [
    'VP2',
    'it is its root user',
    {
      as: root,
      endpoint: [policy('endpoint', { ...all, Principal: { AWS: home } })],
      facts: { vpcEndpoint: { type: 'Gateway' } },
    },
    'allowed',
  ],
  [
    'VP2',
    'in an interface endpoint it is everyone in it',
    {
      endpoint: [policy('endpoint', { ...all, Principal: { AWS: home } })],
      facts: { vpcEndpoint: { type: 'Interface' } },
    },
    'allowed',
  ],
  ['1.15', 'an unread SCP does not make an allow', { identity: [], ...unread('scp') }, 'implicitlyDenied'],
  [
    '1.15',
    'an unread identity policy does not undo a deny',
    { scp: [level('scp', all, deny)], ...unread('identity') },
    'explicitlyDenied',
  ],
  ['1.15', 'an unread resource policy could still deny', { ...unread('resource') }, 'unknown'],
  ['1.15', 'an unread resource policy could allow', { identity: [], ...unread('resource') }, 'unknown'],
  [
    '1.15',
    'an unread RCP says nothing of a service it does not reach',
    { action: 'ec2:RunInstances', arn: `arn:aws:ec2:eu-west-1:${home}:instance/i-1`, ...unread('rcp') },
    'allowed',
  ],
  [
    '1.15',
    'an unread identity policy says nothing of a stranger',
    { as: { kind: 'anonymous' }, identity: [], resource: own('*'), ...unread('identity', 'boundary', 'session') },
    'allowed',
  ],
  ['1.15', 'an unread ACL only gives', { ...unread('acl') }, 'allowed'],
];

test.each(cases)('%s: %s', (_rule, _shows, asked, answer) => {
  expect(outcome(asked)).toBe(answer);
});
