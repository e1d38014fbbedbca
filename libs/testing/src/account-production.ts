import type { Account } from './company.ts';
import { allow, deny, policy, trust } from './policy-json.ts';
import { postureScanner } from './vendor-role.ts';

const ec2 = trust({ Service: 'ec2.amazonaws.com' });

/** Runs the fleet of robots, in two regions. */
export const production: Account = {
  title: 'Fernhill Production',
  email: 'aws+production@fernhill-robotics.example',
  blocksPublicAccess: 'all',
  policies: {
    // The rule by tag: whoever carries a team's tag may restart that team's instances.
    'restart-own-instances': policy(
      allow('ec2:DescribeInstances', '*', { Sid: 'See' }),
      allow(
        ['ec2:RebootInstances', 'ec2:StartInstances', 'ec2:StopInstances'],
        'arn:aws:ec2:*:<production>:instance/*',
        { Sid: 'OwnTeam', Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } } },
      ),
    ),
  },
  groups: {
    Operators: {
      managed: ['job-function/ViewOnlyAccess'],
      inline: {
        'no-production-keys': policy(deny('kms:*', '*', { Sid: 'NoKeys' })),
      },
    },
  },
  users: {
    // An administrator nobody uses.
    'legacy-admin': {
      managed: ['AdministratorAccess'],
      keys: [{ createdAt: '2023-01-16T13:05:00.000Z' }],
    },
    'pager-bot': {
      groups: ['Operators'],
      // Allowed here, denied by the group.
      inline: { decrypt: policy(allow('kms:Decrypt', '*', { Sid: 'Decrypt' })) },
      keys: [
        {
          createdAt: '2026-09-01T10:00:00.000Z',
          lastUsed: { at: '2026-11-24T07:59:00.000Z', service: 'ec2', region: 'eu-west-1' },
        },
      ],
    },
  },
  roles: {
    'posture-scanner': postureScanner,
    release: {
      description: 'Last step to production: reads its secrets and rolls out.',
      trust: trust({ AWS: 'arn:aws:iam::<tooling>:role/deploy' }, { Sid: 'Deploy' }),
      inline: {
        'roll-out': policy(
          allow('s3:GetObject', 'arn:aws:s3:::fernhill-production-secrets/*', { Sid: 'ReadSecrets' }),
          allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:<production>:key/<key:production-secrets>', { Sid: 'Decrypt' }),
          allow(['ec2:RunInstances', 'ec2:TerminateInstances'], '*', { Sid: 'Replace' }),
          allow('iam:PassRole', 'arn:aws:iam::<production>:role/fleet-api', {
            Sid: 'PassFleetRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
          }),
        ),
      },
      lastUsed: { at: '2026-11-24T06:44:00.000Z', region: 'eu-west-1' },
    },
    'fleet-api': {
      trust: ec2,
      instanceProfile: true,
      inline: {
        serve: policy(
          allow('s3:GetObject', 'arn:aws:s3:::fernhill-production-secrets/fleet/*', { Sid: 'OwnSecrets' }),
          allow(
            ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
            'arn:aws:sqs:eu-west-1:<production>:fleet-commands',
            {
              Sid: 'Commands',
            },
          ),
        ),
      },
      tags: { team: 'fleet' },
      lastUsed: { at: '2026-11-24T08:00:00.000Z', region: 'eu-west-1' },
    },
    'telemetry-ingest': {
      trust: ec2,
      instanceProfile: true,
      inline: {
        store: policy(allow('s3:PutObject', 'arn:aws:s3:::fernhill-telemetry/*', { Sid: 'Store' })),
      },
      tags: { team: 'vision' },
      lastUsed: { at: '2026-11-24T08:00:00.000Z', region: 'eu-central-1' },
    },
    'fleet-maintenance': {
      trust: trust({ Service: 'ssm.amazonaws.com' }),
      policies: ['restart-own-instances'],
      tags: { team: 'fleet' },
      lastUsed: { at: '2026-11-22T01:00:00.000Z', region: 'eu-west-1' },
    },
  },
  keys: {
    'production-secrets': { description: 'Encrypts the secrets of production.' },
    messaging: {
      description: 'Encrypts queues.',
      grants: [{ grantee: 'arn:aws:iam::<production>:role/fleet-api', operations: ['Decrypt', 'GenerateDataKey'] }],
    },
  },
  buckets: {
    'fernhill-production-secrets': {
      policy: policy({
        Sid: 'OnlyReleaseDeletes',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:DeleteObject',
        Resource: 'arn:aws:s3:::fernhill-production-secrets/*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::<production>:role/release' } },
      }),
      publicAccessBlock: 'all',
      ownership: 'BucketOwnerEnforced',
      key: 'production-secrets',
      objects: { 'database.json': '{"password":"invented"}', 'fleet/api.json': '{"token":"invented"}' },
    },
    'fernhill-telemetry': {
      region: 'eu-central-1',
      policy: policy({
        Sid: 'OnlyTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::fernhill-telemetry', 'arn:aws:s3:::fernhill-telemetry/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      publicAccessBlock: 'all',
      ownership: 'BucketOwnerPreferred',
      tags: { team: 'vision' },
      objects: { '2026/11/rover-17.json': '{"battery":71}' },
    },
  },
  queues: {
    'fleet-commands': {
      key: 'messaging',
      policy: policy({
        Sid: 'ReleasePipeline',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::<tooling>:role/github-release' },
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:eu-west-1:<production>:fleet-commands',
      }),
      tags: { team: 'fleet' },
    },
    telemetry: {
      region: 'eu-central-1',
      policy: policy({
        Sid: 'FromTelemetryBucket',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:eu-central-1:<production>:telemetry',
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::fernhill-telemetry' },
          StringEquals: { 'aws:SourceAccount': '<production>' },
        },
      }),
      tags: { team: 'vision' },
    },
  },
  securityGroups: {
    'public-web': { description: 'HTTPS for everyone.', ingress: [{ port: 443, from: '0.0.0.0/0' }] },
    'fleet-api': {
      description: 'Behind the public web.',
      ingress: [
        { port: 8443, from: 'public-web' },
        { port: 22, from: '203.0.113.0/24' },
      ],
    },
    ingest: {
      region: 'eu-central-1',
      description: 'Telemetry from robots.',
      ingress: [{ port: 8883, from: '0.0.0.0/0' }],
    },
  },
  instances: {
    'fleet-api-1': { profile: 'fleet-api', securityGroups: ['public-web', 'fleet-api'], tags: { team: 'fleet' } },
    'telemetry-ingest-1': {
      region: 'eu-central-1',
      profile: 'telemetry-ingest',
      securityGroups: ['ingest'],
      tags: { team: 'vision' },
    },
    'vision-trainer-1': { region: 'eu-central-1', securityGroups: ['ingest'], tags: { team: 'vision' } },
  },
};
