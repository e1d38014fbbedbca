import type { Account } from './company.ts';
import { allow, policy } from './policy-json.ts';

const github = 'token.actions.githubusercontent.com';
const githubProvider = `arn:aws:iam::<tooling>:oidc-provider/${github}`;

/** Builds and ships: GitHub comes in, the deploy role goes on to production. */
export const tooling: Account = {
  title: 'Fernhill Tooling',
  email: 'aws+tooling@fernhill-robotics.example',
  oidcProviders: [{ url: `https://${github}`, audiences: ['sts.amazonaws.com'] }],
  policies: {
    'publish-firmware': policy(
      allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::fernhill-firmware-downloads/*', { Sid: 'Publish' }),
    ),
  },
  roles: {
    'github-release': {
      description: 'GitHub Actions on the main branch of the firmware repository.',
      trust: policy({
        Sid: 'MainBranch',
        Effect: 'Allow',
        Principal: { Federated: githubProvider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${github}:aud`]: 'sts.amazonaws.com',
            [`${github}:sub`]: 'repo:fernhill-robotics/firmware:ref:refs/heads/main',
          },
        },
      }),
      policies: ['publish-firmware'],
      inline: {
        announce: policy(
          allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:<production>:fleet-commands', { Sid: 'Announce' }),
          allow('sts:AssumeRole', 'arn:aws:iam::<tooling>:role/deploy', { Sid: 'Deploy' }),
        ),
      },
      tags: { team: 'fleet' },
      lastUsed: { at: '2026-11-24T06:42:00.000Z', region: 'eu-west-1' },
    },
    // Too wide: any repository, branch or pull request of the organization on GitHub.
    'github-checks': {
      description: 'GitHub Actions on any branch of any repository.',
      trust: policy({
        Effect: 'Allow',
        Principal: { Federated: githubProvider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' },
          StringLike: { [`${github}:sub`]: 'repo:fernhill-robotics/*' },
        },
      }),
      inline: {
        'read-artifacts': policy(allow('s3:GetObject', 'arn:aws:s3:::fernhill-shared-artifacts/*')),
      },
      lastUsed: { at: '2026-11-24T07:55:00.000Z', region: 'eu-west-1' },
    },
    deploy: {
      description: 'Second step on the way to production.',
      trust: policy(
        {
          Sid: 'Developers',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::<development>:root' },
          Action: 'sts:AssumeRole',
          Condition: {
            ArnLike: {
              'aws:PrincipalArn':
                'arn:aws:iam::<development>:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*',
            },
          },
        },
        {
          Sid: 'Pipeline',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::<tooling>:role/github-release' },
          Action: 'sts:AssumeRole',
        },
      ),
      inline: {
        'go-to-production': policy(
          allow('sts:AssumeRole', 'arn:aws:iam::<production>:role/release', { Sid: 'Release' }),
        ),
      },
      lastUsed: { at: '2026-11-24T06:43:00.000Z', region: 'eu-west-1' },
    },
  },
  users: {
    'build-agent': {
      policies: ['publish-firmware'],
      tags: { team: 'fleet' },
      keys: [
        {
          createdAt: '2023-06-05T11:00:00.000Z',
          lastUsed: { at: '2024-09-17T15:20:00.000Z', service: 's3', region: 'eu-west-1' },
        },
        { createdAt: '2022-11-01T08:00:00.000Z', inactive: true },
      ],
    },
  },
  buckets: {
    'fernhill-shared-artifacts': {
      policy: policy({
        Sid: 'OurOrganization',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::fernhill-shared-artifacts/*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': '<organization>' } },
      }),
      publicAccessBlock: 'all',
      ownership: 'BucketOwnerEnforced',
      objects: { 'toolchain/arm-gcc.tar': 'A compiler.' },
    },
    // Public on purpose: robots in the field fetch their firmware here without credentials.
    'fernhill-firmware-downloads': {
      policy: policy({
        Sid: 'Anyone',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::fernhill-firmware-downloads/*',
      }),
      ownership: 'BucketOwnerEnforced',
      objects: { 'rover/4.2.0.bin': 'Firmware.' },
    },
  },
};
