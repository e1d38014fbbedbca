import type { Account, Company, PolicyJson, StatementJson } from '../company.ts';

function policy(...Statement: readonly StatementJson[]): PolicyJson {
  return { Version: '2012-10-17', Statement };
}

function allow(Action: string, Resource = '*'): PolicyJson {
  return policy({ Effect: 'Allow', Action, Resource });
}

function trust(Principal: NonNullable<StatementJson['Principal']>): PolicyJson {
  return policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
}

const key = { createdAt: '2025-02-03T09:00:00Z' };

/** A few of each kind, twice in each account, so that a listing can lose one and keep the other. */
function account(name: string): Account {
  return {
    title: `Small ${name}`,
    email: `${name}@small.example`,
    policies: { [`${name}-reads`]: allow('s3:GetObject'), [`${name}-keys`]: allow('kms:Decrypt') },
    groups: {
      [`${name}-team`]: { policies: [`${name}-reads`] },
      [`${name}-crew`]: { managed: ['AmazonSQSReadOnlyAccess'] },
    },
    users: {
      [`${name}-ana`]: {
        groups: [`${name}-team`],
        password: true,
        keys: [key],
        inline: { own: allow('sqs:SendMessage') },
      },
      [`${name}-ben`]: { groups: [`${name}-crew`], policies: [`${name}-keys`], boundary: `${name}-reads`, keys: [key] },
    },
    roles: {
      [`${name}-machine`]: {
        trust: trust({ Service: 'ec2.amazonaws.com' }),
        managed: ['AmazonSQSReadOnlyAccess', 'IAMReadOnlyAccess'],
        instanceProfile: true,
      },
      [`${name}-job`]: { trust: trust({ AWS: 'arn:aws:iam::<management>:root' }), inline: { job: allow('s3:*') } },
    },
    oidcProviders: [{ url: `https://${name}.ci.example`, audiences: ['sts.amazonaws.com'] }],
    samlProviders: [`${name}-idp`],
    blocksPublicAccess: ['BlockPublicAcls', 'BlockPublicPolicy'],
    keys: {
      data: { description: 'For data', tags: { team: name } },
      other: {
        region: 'eu-central-1',
        description: 'For the rest',
        grants: [{ grantee: `arn:aws:iam::<${name}>:role/${name}-job`, operations: ['Decrypt'] }],
      },
    },
    buckets: {
      [`small-${name}-files`]: {
        key: 'data',
        publicAccessBlock: 'all',
        policy: policy({
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::<${name}>:role/${name}-job` },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::small-${name}-files/*`,
        }),
        tags: { team: name },
      },
      [`small-${name}-logs`]: { region: 'eu-central-1' },
    },
    queues: {
      orders: { key: 'data', tags: { team: name } },
      events: {
        region: 'eu-central-1',
        policy: policy({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }),
      },
      invoices: {},
    },
    securityGroups: {
      web: { description: 'From everywhere', ingress: [{ port: 443, from: '0.0.0.0/0' }] },
      data: { description: 'From the web', ingress: [{ port: 5432, from: 'web' }] },
    },
    instances: { one: { profile: `${name}-machine`, securityGroups: ['web'], tags: { Name: `${name}-one` } } },
  };
}

/** Three accounts in two regions, an organization and Identity Center: one of each kind of call, and little more. */
export const smallCompany: Company = {
  name: 'Small',
  homeRegion: 'eu-west-1',
  regions: ['eu-west-1', 'eu-central-1'],
  delegated: {},
  tree: {
    name: 'Root',
    accounts: ['management'],
    policies: ['StayTogether'],
    units: [{ name: 'Work', accounts: ['shop'], policies: ['OnlyOurs'], units: [{ name: 'Lab', accounts: ['lab'] }] }],
  },
  serviceControlPolicies: {
    StayTogether: policy({ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }),
  },
  resourceControlPolicies: {
    OnlyOurs: policy({ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: '*' }),
  },
  identityCenter: {
    people: [
      { userName: 'ana', givenName: 'Ana', familyName: 'Silva', title: 'Lead' },
      { userName: 'ben', givenName: 'Ben', familyName: 'Okafor', title: 'Developer' },
    ],
    groups: { Leads: ['ana'], Developers: ['ben', 'ana'] },
    permissionSets: {
      Administrator: { description: 'Everything', managed: ['AdministratorAccess', 'IAMReadOnlyAccess'] },
      Developer: {
        description: 'What developers need',
        customerManaged: ['shop-reads'],
        boundary: { customerManaged: 'shop-keys' },
        inline: allow('sqs:*'),
      },
    },
    assignments: [
      { permissionSet: 'Administrator', accounts: ['shop', 'lab'], group: 'Leads' },
      { permissionSet: 'Developer', accounts: ['shop'], group: 'Developers' },
      { permissionSet: 'Administrator', accounts: ['lab'], person: 'ben' },
    ],
    accessControlAttributes: { team: 'enterprise.department' },
  },
  accounts: { management: account('management'), shop: account('shop'), lab: account('lab') },
  refused: [],
  outsiders: {},
};
