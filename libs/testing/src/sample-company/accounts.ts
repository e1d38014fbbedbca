import type { Account } from '../company.ts';
import { developmentCompute, productionCompute, securityCompute, sharedCompute, withCompute } from './compute.ts';
import { allow, deny, policy, trust } from './documents.ts';
import { developmentNetwork, productionNetwork, sharedNetwork } from './network.ts';

/** Owns the organization and Identity Center; reads all the others. */
const management: Account = {
  title: 'Northwind Management',
  email: 'aws@northwind.example',
  samlProviders: ['corporate-idp'],
  users: {
    // An administrator that nobody has used for years.
    'root-of-all': {
      managed: ['AdministratorAccess'],
      password: true,
      keys: [
        {
          createdAt: '2021-02-03T09:00:00Z',
          lastUsed: { at: '2022-06-30T11:12:13Z', service: 'iam', region: 'us-east-1' },
        },
      ],
    },
  },
  roles: {
    'legacy-sso': {
      description: 'From before Identity Center',
      trust: policy({
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::<management>:saml-provider/corporate-idp' },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      }),
      managed: ['job-function/Billing'],
    },
  },
};

/** Keeps the audit logs. Who reads its bucket's policy is refused: the demo shows what that means. */
const security: Account = {
  title: 'Northwind Security',
  email: 'aws-security@northwind.example',
  blocksPublicAccess: 'all',
  roles: {
    'vendor-scanner': {
      description: 'For the scanner that we rent',
      trust: policy(
        trust(
          { AWS: 'arn:aws:iam::<scanner-vendor>:root' },
          { Condition: { StringEquals: { 'sts:ExternalId': 'nw-7f3a91' } } },
        ),
      ),
      managed: ['SecurityAudit'],
      lastUsed: { at: '2026-11-20T04:00:00Z', region: 'eu-west-1' },
    },
    'break-glass': {
      description: 'For the day when nothing else works',
      trust: policy(
        trust(
          { AWS: 'arn:aws:iam::<management>:root' },
          { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
        ),
      ),
      managed: ['AdministratorAccess'],
    },
  },
  buckets: {
    'northwind-audit-logs': {
      publicAccessBlock: 'all',
      policy: policy({
        Sid: 'CloudTrailWrites',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::northwind-audit-logs/*',
      }),
      tags: { team: 'security' },
    },
  },
};

/** Builds and publishes. */
const shared: Account = {
  title: 'Northwind Shared Services',
  email: 'aws-shared@northwind.example',
  network: sharedNetwork,
  oidcProviders: [{ url: 'https://token.actions.githubusercontent.com', audiences: ['sts.amazonaws.com'] }],
  roles: {
    'github-release': {
      description: 'The release pipeline',
      trust: policy({
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::<shared>:oidc-provider/token.actions.githubusercontent.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:northwind/robots:ref:refs/heads/main' },
        },
      }),
      inline: {
        release: policy(
          allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::northwind-artifacts/*'),
          allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:<production>:orders'),
        ),
      },
      lastUsed: { at: '2026-11-23T17:45:00Z', region: 'eu-west-1' },
    },
  },
  buckets: {
    'northwind-artifacts': { publicAccessBlock: 'all', tags: { team: 'platform' } },
    // Everybody in the organization may read it.
    'northwind-handbook': {
      publicAccessBlock: 'all',
      policy: policy({
        Sid: 'EveryoneAtNorthwind',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::northwind-handbook/*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': '<organization>' } },
      }),
    },
    // Public by policy, but behind a block.
    'northwind-press': {
      publicAccessBlock: 'all',
      policy: policy({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::northwind-press/*',
      }),
    },
    // Really public.
    'northwind-website': {
      publicAccessBlock: [],
      policy: policy({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::northwind-website/*',
      }),
    },
  },
};

/** Serves the customers. */
const production: Account = {
  title: 'Northwind Production',
  email: 'aws-production@northwind.example',
  network: productionNetwork,
  blocksPublicAccess: 'all',
  users: {
    'legacy-backup': {
      policies: ['backup'],
      keys: [
        {
          createdAt: '2020-01-15T08:00:00Z',
          lastUsed: { at: '2023-03-01T02:00:00Z', service: 's3', region: 'eu-west-1' },
        },
        { createdAt: '2019-04-01T08:00:00Z', inactive: true },
      ],
    },
  },
  policies: {
    backup: policy(
      allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::northwind-orders', 'arn:aws:s3:::northwind-orders/*']),
    ),
  },
  roles: {
    // The end of the chain that begins with a developer.
    release: {
      description: 'Brings releases into production',
      trust: policy(trust({ AWS: 'arn:aws:iam::<development>:role/deploy' })),
      inline: {
        secrets: policy(
          allow(['s3:GetObject'], 'arn:aws:s3:::northwind-prod-secrets/*'),
          allow('s3:ListBucket', 'arn:aws:s3:::northwind-prod-secrets'),
        ),
      },
      lastUsed: { at: '2026-11-22T15:01:00Z', region: 'eu-west-1' },
    },
    web: {
      trust: policy(trust({ Service: 'ec2.amazonaws.com' })),
      instanceProfile: true,
      tags: { team: 'shop' },
      inline: {
        orders: policy(
          allow(
            ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
            'arn:aws:sqs:eu-west-1:<production>:orders',
          ),
        ),
      },
      lastUsed: { at: '2026-11-24T06:00:00Z', region: 'eu-west-1' },
    },
  },
  keys: { app: { description: 'Encrypts queues and buckets of the shop' } },
  buckets: {
    'northwind-prod-secrets': { publicAccessBlock: 'all', tags: { team: 'shop' } },
    'northwind-orders': { publicAccessBlock: 'all', key: 'app' },
  },
  queues: {
    orders: {
      key: 'app',
      policy: policy({
        Sid: 'PipelineMaySend',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::<shared>:role/github-release' },
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:eu-west-1:<production>:orders',
      }),
    },
  },
  securityGroups: {
    web: { description: 'The shop', ingress: [{ port: 443, from: '0.0.0.0/0' }] },
    database: { description: 'Only from the shop', ingress: [{ port: 5432, from: 'web' }] },
  },
  instances: { 'web-1': { profile: 'web', securityGroups: ['web'], tags: { Name: 'web-1' } } },
};

/** Pays the people. */
const payroll: Account = {
  title: 'Northwind Payroll',
  email: 'aws-payroll@northwind.example',
  blocksPublicAccess: 'all',
  roles: {
    'payroll-admin': {
      trust: policy(trust({ AWS: 'arn:aws:iam::<payroll>:root' })),
      inline: {
        keys: policy(
          allow('kms:*'),
          allow('s3:*', ['arn:aws:s3:::northwind-payroll', 'arn:aws:s3:::northwind-payroll/*']),
        ),
      },
    },
  },
  keys: {
    // It does not delegate to its account: IAM policies alone give nobody anything.
    payroll: {
      description: 'Encrypts the payroll files',
      policy: policy(
        {
          Sid: 'OnlyTheAdministratorRole',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::<payroll>:role/payroll-admin' },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'AccessGraphReads',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::<payroll>:role/accessgraph-reader' },
          Action: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants', 'kms:ListResourceTags'],
          Resource: '*',
        },
      ),
    },
  },
  buckets: { 'northwind-payroll': { publicAccessBlock: 'all', key: 'payroll', tags: { team: 'payroll' } } },
};

/** Where developers work. */
const development: Account = {
  title: 'Northwind Development',
  email: 'aws-development@northwind.example',
  network: developmentNetwork,
  policies: {
    'developer-access': policy(
      allow('sts:AssumeRole', 'arn:aws:iam::<development>:role/deploy'),
      allow(['sqs:*', 'ec2:StartInstances', 'ec2:StopInstances']),
    ),
    'developer-boundary': policy(
      { Effect: 'Allow', Action: ['s3:*', 'sqs:*', 'ec2:*', 'logs:*', 'sts:*'], Resource: '*' },
      deny('sqs:DeleteQueue'),
    ),
  },
  groups: {
    contractors: {
      inline: {
        'no-secrets': policy(deny('s3:*', ['arn:aws:s3:::northwind-dev-data', 'arn:aws:s3:::northwind-dev-data/*'])),
      },
      managed: ['ReadOnlyAccess'],
    },
  },
  users: {
    contractor: { groups: ['contractors'], password: true },
    batch: {
      managed: ['AdministratorAccess'],
      boundary: 'developer-boundary',
      keys: [
        {
          createdAt: '2026-09-01T10:00:00Z',
          lastUsed: { at: '2026-11-24T01:00:00Z', service: 'sqs', region: 'eu-central-1' },
        },
      ],
    },
  },
  roles: {
    deploy: {
      description: 'Developers deploy with it',
      trust: policy(
        trust(
          { AWS: 'arn:aws:iam::<development>:root' },
          {
            Condition: {
              ArnLike: {
                'aws:PrincipalArn':
                  'arn:aws:iam::<development>:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*',
              },
            },
          },
        ),
      ),
      inline: { release: policy(allow('sts:AssumeRole', 'arn:aws:iam::<production>:role/release')) },
      lastUsed: { at: '2026-11-22T15:00:00Z', region: 'eu-west-1' },
    },
    // Works with the queues of its own team, whatever they are called.
    'telemetry-worker': {
      trust: policy(trust({ Service: 'ec2.amazonaws.com' })),
      instanceProfile: true,
      tags: { team: 'robotics' },
      inline: {
        'own-team': policy({
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        }),
      },
    },
  },
  buckets: { 'northwind-dev-data': { publicAccessBlock: 'all' } },
  queues: {
    telemetry: { region: 'eu-central-1', tags: { team: 'robotics' } },
    invoices: { region: 'eu-central-1', tags: { team: 'finance' } },
  },
  securityGroups: {
    build: { region: 'eu-central-1', description: 'Build machines', ingress: [{ port: 22, from: '203.0.113.0/24' }] },
  },
  instances: {
    'build-1': {
      region: 'eu-central-1',
      profile: 'telemetry-worker',
      securityGroups: ['build'],
      tags: { Name: 'build-1' },
    },
  },
};

/** For trying things. */
const sandbox: Account = {
  title: 'Northwind Sandbox',
  email: 'aws-sandbox@northwind.example',
  buckets: { 'northwind-sandbox-scratch': { publicAccessBlock: 'all' } },
};

export const accounts: Readonly<Record<string, Account>> = {
  management,
  security: withCompute(security, securityCompute),
  shared: withCompute(shared, sharedCompute),
  production: withCompute(production, productionCompute),
  payroll,
  development: withCompute(development, developmentCompute),
  sandbox,
};
