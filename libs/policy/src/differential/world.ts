import type { Principal } from '@ag/model';
import type { Facts } from '../types.ts';

// A small world: in a large one nothing would ever match.
export const home = '111122223333';
export const other = '444455556666';
const third = '777788889999';

const iam = (account: string, name: string) => `arn:aws:iam::${account}:${name}`;
const sts = (account: string, name: string) => `arn:aws:sts::${account}:${name}`;

/** A caller with what an inventory knows of it. */
export interface Caller {
  readonly principal: Principal;
  readonly facts?: NonNullable<Facts['principal']>;
}

const session = (account: string, role: string, path = ''): Principal => ({
  kind: 'session',
  arn: sts(account, `assumed-role/${role}/s1`),
  account,
  roleArn: iam(account, `role/${path}${role}`),
  sessionName: 's1',
});

export const callers: readonly Caller[] = [
  { principal: { kind: 'user', arn: iam(home, 'user/ana'), account: home }, facts: { uniqueId: 'AIDAANA' } },
  { principal: { kind: 'user', arn: iam(home, 'user/ops/bo'), account: home }, facts: { tags: { team: 'red' } } },
  { principal: { kind: 'user', arn: iam(other, 'user/eve'), account: other }, facts: { canonicalUserId: 'c-other' } },
  {
    principal: { kind: 'user', arn: iam(home, 'user/ana'), account: home },
    facts: { credentials: 'session-token', uniqueId: 'AIDAANA' },
  },
  {
    principal: session(home, 'app'),
    facts: { uniqueId: 'AROAAPP', tags: { team: 'red' }, sessionTags: { Team: 'blue' } },
  },
  { principal: session(home, 'deploy', 'ci/'), facts: { roleArn: iam(home, 'role/ci/deploy') } },
  { principal: session(other, 'reader'), facts: { canonicalUserId: 'c-other', tags: { team: '*' } } },
  {
    principal: session(home, 'AWSServiceRoleForX', 'aws-service-role/x.amazonaws.com/'),
    facts: { serviceLinkedRole: true },
  },
  { principal: { kind: 'federatedUser', arn: sts(home, 'federated-user/ana'), account: home } },
  { principal: { kind: 'root', arn: iam(home, 'root'), account: home }, facts: { canonicalUserId: 'c-home' } },
  { principal: { kind: 'root', arn: iam(other, 'root'), account: other } },
  { principal: { kind: 'service', name: 'sns.amazonaws.com' } },
  { principal: { kind: 'service', name: 'logging.s3.amazonaws.com' } },
  { principal: { kind: 'webIdentity', provider: 'accounts.google.com' } },
  { principal: { kind: 'saml', provider: iam(home, 'saml-provider/okta') } },
  { principal: { kind: 'anonymous' } },
];

/** How policies name principals: each form, names that fit nobody too. */
export const principalElements: readonly unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: home },
  { AWS: iam(home, 'root') },
  { AWS: other },
  { AWS: [iam(other, 'root'), third] },
  { AWS: iam(home, 'user/ana') },
  { AWS: [iam(home, 'user/ana'), home] },
  { AWS: [iam(home, 'user/ops/bo'), iam(home, 'role/app')] },
  { AWS: iam(other, 'user/eve') },
  { AWS: iam(home, 'role/app') },
  { AWS: [iam(home, 'role/app'), sts(home, 'assumed-role/app/s1'), home] },
  { AWS: iam(home, 'role/ci/deploy') },
  { AWS: iam(home, 'role/deploy') },
  { AWS: sts(home, 'assumed-role/app/s1') },
  { AWS: [sts(home, 'assumed-role/app/s1'), home] },
  { AWS: sts(home, 'assumed-role/deploy/s2') },
  { AWS: [iam(other, 'role/reader'), sts(other, 'assumed-role/reader/s1')] },
  { AWS: sts(home, 'federated-user/ana') },
  { AWS: 'AIDAANA' },
  { AWS: 'AROAAPP' },
  { AWS: 'AIDAGONE' },
  { Service: 'sns.amazonaws.com' },
  { Service: ['logging.s3.amazonaws.com', 'x.amazonaws.com'] },
  { Federated: 'accounts.google.com' },
  { Federated: iam(home, 'saml-provider/okta') },
  { CanonicalUser: 'c-other' },
];

/** What is asked for: actions with the resources that they are about. */
export interface Asked {
  readonly actions: readonly string[];
  readonly arn: string;
  readonly account: string;
  readonly wildcardOnly?: boolean;
}

export const asked: readonly Asked[] = [
  { actions: ['s3:GetObject', 's3:PutObject', 's3:GetObjectAcl'], arn: 'arn:aws:s3:::b/red/k', account: home },
  { actions: ['s3:ListBucket', 's3:DeleteBucket'], arn: 'arn:aws:s3:::b', account: home },
  { actions: ['s3:GetObject'], arn: 'arn:aws:s3:::other/x', account: other },
  {
    actions: ['s3:GetObject', 's3:PutObject'],
    arn: `arn:aws:s3:eu-west-1:${home}:accesspoint/p/object/red/k`,
    account: home,
  },
  { actions: ['s3:ListAllMyBuckets', 'ec2:DescribeInstances'], arn: '*', account: home, wildcardOnly: true },
  { actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], arn: `arn:aws:sqs:eu-west-1:${home}:q`, account: home },
  { actions: ['lambda:InvokeFunction'], arn: `arn:aws:lambda:eu-west-1:${home}:function:f`, account: home },
  {
    actions: ['secretsmanager:GetSecretValue'],
    arn: `arn:aws:secretsmanager:eu-west-1:${other}:secret:s-1`,
    account: other,
  },
  {
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:DescribeKey', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant'],
    arn: `arn:aws:kms:eu-west-1:${home}:key/1`,
    account: home,
  },
  { actions: ['kms:Decrypt'], arn: `arn:aws:kms:eu-west-1:${other}:key/2`, account: other },
  { actions: ['kms:DeleteAlias'], arn: `arn:aws:kms:eu-west-1:${home}:alias/a`, account: home },
  {
    actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
    arn: iam(home, 'role/target'),
    account: home,
  },
  { actions: ['sts:AssumeRole'], arn: iam(other, 'role/target'), account: other },
  { actions: ['sts:AssumeRole'], arn: iam(home, 'role/aws-service-role/x.amazonaws.com/R'), account: home },
  { actions: ['sts:GetCallerIdentity', 'sts:GetFederationToken'], arn: '*', account: home, wildcardOnly: true },
  { actions: ['iam:GetRole', 'iam:PassRole', 'iam:PutRolePolicy'], arn: iam(home, 'role/app'), account: home },
  { actions: ['iam:PassRole'], arn: iam(other, 'role/target'), account: other },
  {
    actions: ['iam:GetRole', 'iam:DeleteRole'],
    arn: iam(home, 'role/aws-reserved/sso.amazonaws.com/R'),
    account: home,
  },
  { actions: ['iam:GetPolicy', 'iam:DeletePolicy'], arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', account: home },
];

export const actionPatterns: readonly string[] = [
  '*',
  '*',
  's3:*',
  's3:Get*',
  'S3:getobject',
  's3:?etObject',
  's3:PutObject',
  's3:List*',
  's3:*Object*',
  '*:*',
  'sqs:*',
  'sqs:SendMessage',
  'lambda:*',
  'secretsmanager:Get*',
  'kms:*',
  'kms:Decrypt',
  'kms:?ncrypt',
  'sts:*',
  'sts:AssumeRole',
  'sts:AssumeRole*',
  'sts:TagSession',
  'iam:*',
  'iam:PassRole',
  'iam:*Role*',
  'ec2:*',
];

export const resourcePatterns: readonly string[] = [
  '*',
  '*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b*',
  'arn:aws:s3:::B/*',
  'arn:aws:s3:::b/red/?',
  'arn:aws:s3:::b/red/*',
  'arn:aws:s3:::*/red/k',
  'arn:aws:s3:::b/${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::b/${aws:PrincipalTag/none, 'red'}/k",
  'arn:aws:s3:::b/${aws:k}/${*}',
  'arn:aws:s3:*:*:accesspoint/*',
  'arn:aws:sqs:*:*:q',
  'arn:aws:sqs:eu-west-?:111122223333:*',
  'arn:aws:lambda:*:*:function:*',
  'arn:aws:secretsmanager:*:*:secret:s-*',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:kms:eu-west-1:111122223333:alias/a',
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::111122223333:role/app',
  'arn:*:*:*:*:*',
];
