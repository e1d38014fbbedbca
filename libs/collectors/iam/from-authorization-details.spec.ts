import type { Place } from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import { expect, test } from 'vitest';
import type { AuthorizationDetails } from './authorization-details-shape.ts';
import { fromAuthorizationDetails, fromAwsManagedPolicies } from './from-authorization-details.ts';

const account = '111122223333';
const place: Place = { partition: 'aws', account, region: 'global' };
const iam = `arn:aws:iam::${account}`;
const document = '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const trust =
  '{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

function part(details: AuthorizationDetails, label: string): CollectedPart | undefined {
  return fromAuthorizationDetails(details, place).find(({ resource }) => resource === label);
}

function edge(type: string, from: string, to: string) {
  return { type, from, to, properties: {} };
}

function statement(holder: string, kind: string, values: object) {
  return { id: `${holder}#${kind}/0`, labels: ['PolicyStatement'], properties: { kind, index: 0, ...values } };
}

test('a user has its policies, its boundary, and the groups by their whole ARNs', () => {
  const details: AuthorizationDetails = {
    UserDetailList: [
      {
        Arn: `${iam}:user/staff/ana`,
        UserName: 'ana',
        UserId: 'AIDAEXAMPLE',
        Path: '/staff/',
        CreateDate: new Date('2024-01-02T03:04:05Z'),
        GroupList: ['dev', 'unseen'],
        AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
        PermissionsBoundary: { PermissionsBoundaryArn: `${iam}:policy/limit` },
        UserPolicyList: [{ PolicyName: 'mine', PolicyDocument: encodeURIComponent(document) }],
        Tags: [{ Key: 'team', Value: 'payroll' }],
      },
    ],
    GroupDetailList: [{ Arn: `${iam}:group/teams/dev`, GroupName: 'dev' }],
  };
  const id = `${iam}:user/staff/ana`;

  expect(part(details, 'IamUser')).toEqual({
    resource: 'IamUser',
    state: 'complete',
    nodes: [
      {
        id,
        labels: ['IamUser', 'AwsResource', 'Principal'],
        properties: {
          arn: id,
          account,
          region: 'global',
          name: 'ana',
          path: '/staff/',
          uniqueId: 'AIDAEXAMPLE',
          createdAt: '2024-01-02T03:04:05.000Z',
          tags: ['team=payroll'],
        },
        aliases: ['AIDAEXAMPLE'],
      },
    ],
    edges: [
      edge('HAS_POLICY', id, 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
      edge('BOUNDED_BY', id, `${iam}:policy/limit`),
      edge('MEMBER_OF', id, `${iam}:group/teams/dev`),
      edge('MEMBER_OF', id, `${iam}:group/unseen`),
      edge('HAS_POLICY', id, `${id}#inline/mine`),
    ],
    gaps: [],
  });
  expect(part(details, 'IamPolicy')).toEqual({
    resource: 'IamPolicy',
    state: 'complete',
    nodes: [
      {
        id: `${id}#inline/mine`,
        labels: ['IamPolicy', 'AwsResource'],
        properties: { account, region: 'global', name: 'mine', inline: true, document },
      },
      statement(`${id}#inline/mine`, 'identity', { effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'] }),
    ],
    edges: [
      {
        ...edge('HAS_STATEMENT', `${id}#inline/mine`, `${id}#inline/mine#identity/0`),
        properties: { kind: 'identity' },
      },
    ],
    gaps: [],
  });
});

test('a role has its trust policy, its profiles and every name that edges call it by', () => {
  const id = `${iam}:role/app`;
  const details: AuthorizationDetails = {
    RoleDetailList: [
      {
        Arn: id,
        RoleName: 'app',
        RoleId: 'AROAEXAMPLE',
        Path: '/',
        AssumeRolePolicyDocument: trust,
        RoleLastUsed: { LastUsedDate: '2024-05-06T07:08:09Z', Region: 'eu-west-1' },
        InstanceProfileList: [{ Arn: `${iam}:instance-profile/web`, InstanceProfileName: 'web', Path: '/' }],
        Tags: [],
      },
    ],
  };

  expect(part(details, 'IamRole')).toEqual({
    resource: 'IamRole',
    state: 'complete',
    nodes: [
      {
        id,
        labels: ['IamRole', 'AwsResource', 'Principal'],
        properties: {
          arn: id,
          account,
          region: 'global',
          name: 'app',
          path: '/',
          uniqueId: 'AROAEXAMPLE',
          tags: [],
          lastUsedAt: '2024-05-06T07:08:09.000Z',
          lastUsedRegion: 'eu-west-1',
          serviceLinked: false,
          trustPolicy: trust,
        },
        aliases: ['AROAEXAMPLE', `arn:aws:sts::${account}:assumed-role/app`],
      },
      statement(id, 'trust', {
        effect: 'Allow',
        actions: ['sts:AssumeRole'],
        principals: ['Service:ec2.amazonaws.com'],
      }),
    ],
    edges: [
      { ...edge('TRUSTS', id, 'ec2.amazonaws.com'), properties: { actions: ['sts:AssumeRole'], conditional: false } },
      { ...edge('HAS_STATEMENT', id, `${id}#trust/0`), properties: { kind: 'trust' } },
    ],
    gaps: [],
  });
  expect(part(details, 'IamInstanceProfile')?.edges).toEqual([edge('CARRIES', `${iam}:instance-profile/web`, id)]);
  expect(part(details, 'AwsService')?.nodes.map((node) => node.id)).toEqual(['ec2.amazonaws.com']);
});

test('a profile below a path answers to its name alone, which launch templates call it by', () => {
  const profile = (path: string) => ({ Arn: `${iam}:instance-profile${path}web`, InstanceProfileId: 'AIPAEXAMPLE' });
  const aliasesOf = (path: string) =>
    part({ RoleDetailList: [{ Arn: `${iam}:role/app`, InstanceProfileList: [profile(path)] }] }, 'IamInstanceProfile')
      ?.nodes[0]?.aliases;

  expect(aliasesOf('/team/shop/')).toEqual(['AIPAEXAMPLE', `${iam}:instance-profile/web`]);
  expect(aliasesOf('/')).toEqual(['AIPAEXAMPLE']);
});

test('a trust policy that cannot be read is a gap, and the role trusts nobody that we know', () => {
  const id = `${iam}:role/app`;

  const role = part({ RoleDetailList: [{ Arn: id, Path: '/', AssumeRolePolicyDocument: '%7B"Statement' }] }, 'IamRole');

  expect(role?.nodes.map(({ properties }) => properties)).toEqual([
    {
      arn: id,
      account,
      region: 'global',
      name: 'app',
      path: '/',
      tags: [],
      serviceLinked: false,
      unread: ['iam:GetAccountAuthorizationDetails'],
      unreadPolicies: ['trust'],
    },
  ]);
  expect(role?.edges).toEqual([]);
  expect(role?.gaps).toEqual([
    {
      place,
      resource: 'IamRole',
      action: 'iam:GetAccountAuthorizationDetails',
      arn: id,
      reason: 'malformed',
      message: `cannot read the trust policy of \`${id}\`: not a policy in JSON`,
    },
  ]);
});

test('the version in force is the policy, however many there are', () => {
  const id = `${iam}:policy/team/read`;
  const policy = {
    Arn: id,
    Path: '/team/',
    DefaultVersionId: 'v2',
    PolicyVersionList: [
      { VersionId: 'v1', IsDefaultVersion: false, Document: '%7B%7D' },
      { VersionId: 'v2', IsDefaultVersion: true, Document: encodeURIComponent(document) },
    ],
  };

  expect(part({ Policies: [policy] }, 'IamPolicy')?.nodes[0]?.properties).toEqual({
    arn: id,
    account,
    region: 'global',
    name: 'read',
    path: '/team/',
    inline: false,
    managedBy: 'customer',
    defaultVersion: 'v2',
    document,
  });
});

test('a managed policy without its document is unread, not empty', () => {
  const id = `${iam}:policy/read`;

  const policies = part({ Policies: [{ Arn: id, DefaultVersionId: 'v2', PolicyVersionList: [] }] }, 'IamPolicy');

  expect(policies?.nodes[0]?.properties['unreadPolicies']).toEqual(['identity']);
  expect(policies?.gaps.map(({ arn, reason }) => ({ arn, reason }))).toEqual([{ arn: id, reason: 'malformed' }]);
});

test('AWS-managed policies belong to no account', () => {
  const id = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';
  const details = { Policies: [{ Arn: id, PolicyVersionList: [{ IsDefaultVersion: true, Document: document }] }] };

  expect(part(details, 'IamPolicy')?.nodes).toEqual([]);
  expect(fromAwsManagedPolicies(details.Policies, place).nodes[0]?.properties).toEqual({
    arn: id,
    region: 'global',
    name: 'ViewOnlyAccess',
    inline: false,
    managedBy: 'aws',
    document,
  });
});
