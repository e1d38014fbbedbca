import { expect, test } from 'vitest';
import { type Asked, all, deny, home, other, outcome, policy, root, session, stranger } from './ask.ts';

const role = `arn:aws:iam::${home}:role/target`;
const assume = { action: 'sts:AssumeRole', arn: role };
const trust = (principal: unknown, more: object = {}) =>
  policy('trust', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more });
const key = { action: 'kms:Decrypt', arn: `arn:aws:kms:eu-west-1:${home}:key/1` };
const keyPolicy = (principal: unknown) => policy('resource', { ...all, Principal: principal });
const userArn = `arn:aws:iam::${home}:user/ana`;
const provider = `arn:aws:iam::${home}:saml-provider/idp`;
const point = `arn:aws:s3:eu-west-1:${home}:accesspoint/ap/object/k`;
const behind = { bucketObjectArn: 'arn:aws:s3:::b/k', bucketAccountId: home, networkOrigin: 'Internet' } as const;
const publicPolicy = (...more: readonly object[]) => policy('resource', { ...all, Principal: '*' }, ...more);
const restricted = { s3: { publicAccessBlock: { account: {}, bucket: { restrictPublicBuckets: true } } } };
const grant = (grants: readonly object[]) => ({
  kms: { grants: grants.map((one) => ({ granteePrincipal: 'x', operations: ['Decrypt'], ...one })) },
});
const nobody: Asked = { identity: [] };

/** Rule, what it shows, the question, the answer. */
const cases: readonly (readonly [rule: string, shows: string, asked: Asked, answer: string])[] = [
  [
    'ST1',
    'a trust that names the user needs no more',
    { ...assume, ...nobody, resource: trust({ AWS: userArn }) },
    'allowed',
  ],
  ['ST1', 'a trust that names the account delegates', { ...assume, resource: trust({ AWS: home }) }, 'allowed'],
  [
    'ST1',
    'so that the user needs permission',
    { ...assume, ...nobody, resource: trust({ AWS: home }) },
    'implicitlyDenied',
  ],
  ['ST1', 'without trust no permission helps', { ...assume, resource: trust({ AWS: other }) }, 'implicitlyDenied'],
  [
    'ST1',
    'across accounts both are needed',
    { ...assume, as: stranger, ...nobody, resource: trust({ AWS: `arn:aws:iam::${other}:user/bob` }) },
    'implicitlyDenied',
  ],
  [
    'ST2',
    'a role does not trust itself',
    { ...assume, as: session, arn: `arn:aws:iam::${home}:role/app`, resource: trust({ Service: 'ec2.amazonaws.com' }) },
    'implicitlyDenied',
  ],
  [
    'ST3',
    'the trust alone decides about federated users',
    {
      as: { kind: 'saml', provider },
      ...nobody,
      action: 'sts:AssumeRoleWithSAML',
      arn: role,
      resource: trust({ Federated: provider }, { Action: 'sts:AssumeRoleWithSAML' }),
    },
    'allowed',
  ],
  [
    'ST3',
    'their provider has a call of its own',
    { as: { kind: 'saml', provider }, ...nobody, ...assume, resource: trust({ Federated: provider }) },
    'implicitlyDenied',
  ],
  [
    'ST3',
    'another provider is not trusted',
    {
      as: { kind: 'saml', provider: `${provider}2` },
      ...nobody,
      action: 'sts:AssumeRoleWithSAML',
      arn: role,
      resource: trust({ Federated: provider }, { Action: 'sts:AssumeRoleWithSAML' }),
    },
    'implicitlyDenied',
  ],
  [
    'ST4',
    'passing tags is the trust policy’s to allow',
    { action: 'sts:TagSession', arn: role, resource: trust({ AWS: home }) },
    'implicitlyDenied',
  ],
  [
    'ST5',
    'so is setting a source identity',
    {
      action: 'sts:SetSourceIdentity',
      arn: role,
      resource: trust({ AWS: home }, { Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }),
    },
    'allowed',
  ],
  [
    'ST8',
    'a role of another account cannot be passed',
    { action: 'iam:PassRole', arn: `arn:aws:iam::${other}:role/x`, owner: other },
    'implicitlyDenied',
  ],
  [
    'ST9',
    'who one is may always be asked',
    { ...nobody, action: 'sts:GetCallerIdentity', arn: '*', scp: [{ target: 'r', policies: [policy('scp', deny)] }] },
    'allowed',
  ],
  [
    'ST10',
    'federated sessions do not call IAM',
    {
      as: { kind: 'federatedUser', arn: `arn:aws:sts::${home}:federated-user/ana`, account: home },
      session: [policy('session', all)],
      action: 'iam:ListUsers',
      arn: '*',
    },
    'implicitlyDenied',
  ],
  [
    'ST10',
    'session tokens may assume roles',
    { ...assume, facts: { principal: { credentials: 'session-token' } }, resource: trust({ AWS: home }) },
    'allowed',
  ],
  [
    'ST11',
    'the tags of a service-linked role may be changed',
    { action: 'iam:TagRole', arn: `arn:aws:iam::${home}:role/aws-service-role/x/y` },
    'allowed',
  ],
  [
    'KM1',
    'a key without a word for root is closed to root',
    { ...key, as: root, ...nobody, resource: keyPolicy({ AWS: userArn }) },
    'implicitlyDenied',
  ],
  [
    'KM2',
    'without the account in its policy, IAM allows nothing',
    { ...key, resource: keyPolicy({ AWS: `arn:aws:iam::${home}:user/eve` }) },
    'implicitlyDenied',
  ],
  [
    'KM2',
    'but denies',
    { ...key, identity: [policy('identity', deny)], resource: keyPolicy({ AWS: userArn }) },
    'explicitlyDenied',
  ],
  ['KM2', 'with it IAM decides', { ...key, resource: keyPolicy({ AWS: home }) }, 'allowed'],
  [
    'KM3',
    'a grant is a way of its own',
    { ...key, ...nobody, resource: keyPolicy({ AWS: other }), facts: grant([{ granteePrincipal: userArn }]) },
    'allowed',
  ],
  [
    'KM4',
    'its grant says who retires',
    { ...key, action: 'kms:RetireGrant', ...nobody, facts: grant([{ retiringPrincipal: userArn }]) },
    'allowed',
  ],
  ['KM4', 'the key’s account may delegate it', { ...key, action: 'kms:RetireGrant', facts: grant([{}]) }, 'allowed'],
  [
    'KM4',
    'another account may not',
    { ...key, as: stranger, action: 'kms:RetireGrant', facts: grant([{}]) },
    'implicitlyDenied',
  ],
  [
    'KM4',
    'but for one that the grant names as retiring',
    {
      ...key,
      as: stranger,
      action: 'kms:RetireGrant',
      facts: grant([{ retiringPrincipal: `arn:aws:iam::${other}:root` }]),
    },
    'allowed',
  ],
  [
    'KM4',
    'the key’s policy has no say',
    {
      ...key,
      action: 'kms:RetireGrant',
      ...nobody,
      facts: grant([{ retiringPrincipal: userArn }]),
      resource: policy('resource', { ...deny, Principal: '*' }),
    },
    'allowed',
  ],
  [
    'KM4',
    'a deny of the principal’s own has',
    {
      ...key,
      action: 'kms:RetireGrant',
      identity: [policy('identity', deny)],
      facts: grant([{ retiringPrincipal: userArn }]),
    },
    'explicitlyDenied',
  ],
  ['KM5', 'keys are used across accounts', { ...key, as: stranger, resource: keyPolicy({ AWS: other }) }, 'allowed'],
  [
    'KM5',
    'not administered',
    { ...key, as: stranger, action: 'kms:ScheduleKeyDeletion', resource: keyPolicy({ AWS: other }) },
    'implicitlyDenied',
  ],
  [
    'KM6',
    'an alias has no policy',
    { action: 'kms:UpdateAlias', arn: `arn:aws:kms:eu-west-1:${home}:alias/a` },
    'allowed',
  ],
  [
    'S31',
    'a public policy leaves nobody of another account, named or not',
    { as: stranger, resource: publicPolicy({ ...all, Principal: { AWS: other } }), facts: restricted },
    'explicitlyDenied',
  ],
  ['S31', 'and everyone of the owner’s', { resource: publicPolicy(), facts: restricted }, 'allowed'],
  [
    'S31',
    'a policy that is not public is not cut',
    { as: stranger, resource: policy('resource', { ...all, Principal: { AWS: other } }), facts: restricted },
    'allowed',
  ],
  [
    'S32',
    'a fixed organization is not public',
    {
      as: stranger,
      context: { 'aws:PrincipalOrgID': 'o-1' },
      resource: policy('resource', {
        ...all,
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      }),
      facts: restricted,
    },
    'allowed',
  ],
  [
    'S32',
    'half of all addresses are',
    {
      as: stranger,
      context: { 'aws:SourceIp': '1.1.1.1' },
      resource: policy('resource', {
        ...all,
        Principal: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } },
      }),
      facts: restricted,
    },
    'explicitlyDenied',
  ],
  [
    'S33',
    'where the owner is enforced, no ACL counts',
    {
      as: stranger,
      facts: {
        s3: {
          objectAcl: [
            { grantee: { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'READ' },
          ],
        },
      },
    },
    'implicitlyDenied',
  ],
  [
    'S33',
    'the bucket’s owner deletes what others own',
    { action: 's3:DeleteObject', facts: { s3: { objectOwnership: 'ObjectWriter', objectOwnerAccountId: other } } },
    'allowed',
  ],
  [
    'S33',
    'and does not read it',
    { facts: { s3: { objectOwnership: 'ObjectWriter', objectOwnerAccountId: other } } },
    'implicitlyDenied',
  ],
  [
    'S34',
    'without a policy of the access point the account’s own decide',
    { arn: point, facts: { s3: { accessPoint: behind } } },
    'allowed',
  ],
  [
    'S34',
    'another account needs both policies',
    {
      as: stranger,
      arn: point,
      facts: { s3: { accessPoint: behind } },
      resource: policy('resource', { ...all, Principal: '*' }),
    },
    'implicitlyDenied',
  ],
  [
    'S34',
    'the bucket’s policy is asked about the bucket',
    {
      arn: point,
      facts: { s3: { accessPoint: behind } },
      resource: policy('resource', { ...deny, Principal: '*', Resource: 'arn:aws:s3:::b/*' }),
    },
    'explicitlyDenied',
  ],
  [
    'S34',
    'a bucket of another account must allow itself',
    { arn: point, facts: { s3: { accessPoint: { ...behind, bucketAccountId: other } } } },
    'implicitlyDenied',
  ],
  ['S34', 'an unknown bucket behind it is unknown', { arn: point }, 'unknown'],
  ['S34', 'unless something denies', { arn: point, identity: [policy('identity', deny)] }, 'explicitlyDenied'],
  [
    'S34',
    'a VPC that nobody knows may refuse',
    {
      arn: point,
      facts: { s3: { accessPoint: { ...behind, networkOrigin: 'VPC' } } },
      context: { 'aws:SourceVpc': 'vpc-1' },
    },
    'unknown',
  ],
  [
    'S34',
    'and refuses whoever comes from no VPC',
    { arn: point, facts: { s3: { accessPoint: { ...behind, networkOrigin: 'VPC' } } } },
    'implicitlyDenied',
  ],
  [
    'S34',
    'though it allows nothing',
    { ...nobody, arn: point, facts: { s3: { accessPoint: { ...behind, networkOrigin: 'VPC' } } } },
    'implicitlyDenied',
  ],
  [
    'S34',
    'the bucket behind a Multi-Region access point is not known',
    { arn: `arn:aws:s3::${home}:accesspoint/m.mrap/object/k` },
    'unknown',
  ],
  [
    'S34',
    'nor Object Lambda',
    {
      ...nobody,
      action: 's3-object-lambda:GetObject',
      arn: `arn:aws:s3-object-lambda:eu-west-1:${home}:accesspoint/l`,
    },
    'unknown',
  ],
  [
    'ST1',
    'root sessions are not modelled',
    { action: 'sts:AssumeRoot', arn: `arn:aws:iam::${other}:root`, owner: other },
    'unknown',
  ],
  [
    'RS1',
    'what RAM may share is unknown across accounts',
    { as: stranger, action: 'ec2:RunInstances', arn: `arn:aws:ec2:eu-west-1:${home}:subnet/subnet-1` },
    'unknown',
  ],
  [
    'RS1',
    'only for whom their own account allows it',
    { as: stranger, ...nobody, action: 'ec2:RunInstances', arn: `arn:aws:ec2:eu-west-1:${home}:subnet/subnet-1` },
    'implicitlyDenied',
  ],
  [
    'PR1',
    'twelve digits are an account',
    { as: stranger, resource: policy('resource', { ...all, Principal: { AWS: other } }) },
    'allowed',
  ],
  [
    'PR3',
    'a wildcard in a principal is no wildcard',
    { ...nobody, resource: policy('resource', { ...all, Principal: { AWS: `arn:aws:iam::${home}:user/*` } }) },
    'implicitlyDenied',
  ],
  [
    'PR4',
    'a deleted user’s id names nobody',
    {
      ...nobody,
      resource: policy('resource', { ...all, Principal: { AWS: 'AIDAEXAMPLE' } }),
      facts: { principal: { uniqueId: 'AIDAOTHER' } },
    },
    'implicitlyDenied',
  ],
  [
    'PR5',
    'names are case-sensitive',
    {
      as: { kind: 'user', account: home, arn: userArn.replace('ana', 'Ana') },
      ...nobody,
      resource: policy('resource', { ...all, Principal: { AWS: userArn } }),
    },
    'implicitlyDenied',
  ],
];

test.each(cases)('%s: %s', (_rule, _shows, asked, answer) => {
  expect(outcome(asked)).toBe(answer);
});
