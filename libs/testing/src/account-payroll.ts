import type { Account } from './company.ts';
import { allow, policy, trust } from './policy-json.ts';

const salaries = 'arn:aws:s3:::fernhill-payroll/*';

/** Salaries: few people, and a key that trusts nobody by default. */
export const payroll: Account = {
  title: 'Fernhill Payroll',
  email: 'aws+payroll@fernhill-robotics.example',
  blocksPublicAccess: 'all',
  policies: {
    'payroll-operator': policy(
      allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], salaries, { Sid: 'Salaries' }),
      allow('s3:ListBucket', 'arn:aws:s3:::fernhill-payroll', { Sid: 'List' }),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', { Sid: 'Key' }),
    ),
    // What a person on payroll can never exceed: the operator policy allows deleting, the boundary does not.
    'payroll-boundary': policy(
      allow(['s3:Get*', 's3:List*', 's3:PutObject', 'kms:Decrypt', 'kms:GenerateDataKey'], '*', { Sid: 'AtMost' }),
    ),
    'list-only-boundary': policy(allow('s3:ListBucket', '*', { Sid: 'ListOnly' })),
  },
  users: {
    // Its policy reads salaries; its boundary does not.
    'payroll-sync': {
      policies: ['payroll-operator'],
      boundary: 'list-only-boundary',
      keys: [
        {
          createdAt: '2024-04-02T07:45:00.000Z',
          lastUsed: { at: '2025-02-28T18:00:00.000Z', service: 's3', region: 'eu-west-1' },
        },
      ],
    },
  },
  roles: {
    'payroll-app': {
      trust: trust({ Service: 'ec2.amazonaws.com' }),
      instanceProfile: true,
      inline: { calculate: policy(allow('s3:ListBucket', 'arn:aws:s3:::fernhill-payroll', { Sid: 'List' })) },
      lastUsed: { at: '2026-11-24T05:00:00.000Z', region: 'eu-west-1' },
    },
    // Reads through the key only by a grant.
    'payroll-export': {
      trust: trust({ Service: 'lambda.amazonaws.com' }),
      inline: { export: policy(allow('s3:GetObject', 'arn:aws:s3:::fernhill-payroll/exports/*', { Sid: 'Exports' })) },
      lastUsed: { at: '2026-10-31T22:00:00.000Z', region: 'eu-west-1' },
    },
    'key-custodian': {
      trust: trust(
        { AWS: 'arn:aws:iam::<payroll>:root' },
        { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      ),
      description: 'Administers the payroll key.',
    },
  },
  keys: {
    payroll: {
      description:
        'Encrypts salaries. Its policy does not delegate to the account, so IAM policies alone give nothing.',
      policy: policy(
        {
          Sid: 'Administration',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::<payroll>:role/key-custodian' },
          Action: [
            'kms:CreateGrant',
            'kms:DescribeKey',
            'kms:GetKeyPolicy',
            'kms:ListGrants',
            'kms:PutKeyPolicy',
            'kms:RevokeGrant',
          ],
          Resource: '*',
        },
        {
          Sid: 'Use',
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::<payroll>:role/payroll-app', '<permission-set-role:payroll/Payroll>'] },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
        },
        // The collector must be able to read the key's policy; this delegates nothing else.
        {
          Sid: 'Review',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::<payroll>:root' },
          Action: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants', 'kms:ListResourceTags'],
          Resource: '*',
        },
      ),
      grants: [{ grantee: 'arn:aws:iam::<payroll>:role/payroll-export', operations: ['Decrypt'] }],
      tags: { data: 'salaries' },
    },
  },
  buckets: {
    'fernhill-payroll': {
      policy: policy({
        Sid: 'Application',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::<payroll>:role/payroll-app' },
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: salaries,
      }),
      publicAccessBlock: 'all',
      ownership: 'BucketOwnerEnforced',
      key: 'payroll',
      tags: { data: 'salaries' },
      objects: { '2026/11/salaries.csv': 'name,salary\n', 'exports/2026-10.csv': 'total\n' },
    },
  },
  securityGroups: {
    batch: { description: 'No way in.', ingress: [] },
  },
  instances: {
    'payroll-batch-1': { profile: 'payroll-app', securityGroups: ['batch'], tags: { team: 'people' } },
  },
};
