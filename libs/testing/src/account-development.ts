import type { Account } from './company.ts';
import { allow, policy, trust } from './policy-json.ts';

/** Where developers try things. */
export const development: Account = {
  title: 'Fernhill Development',
  email: 'aws+development@fernhill-robotics.example',
  policies: {
    'developer-boundary': policy(
      allow(['ec2:*', 's3:*', 'sqs:*'], '*', {
        Sid: 'DevelopmentServices',
        Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
    ),
  },
  groups: {
    Testers: { policies: [], managed: ['AmazonSQSReadOnlyAccess'] },
  },
  users: {
    'integration-tests': {
      groups: ['Testers'],
      managed: ['PowerUserAccess'],
      boundary: 'developer-boundary',
      keys: [
        {
          createdAt: '2026-08-20T09:00:00.000Z',
          lastUsed: { at: '2026-11-24T03:30:00.000Z', service: 'sqs', region: 'eu-west-1' },
        },
      ],
    },
  },
  roles: {
    simulator: {
      trust: trust({ Service: 'ec2.amazonaws.com' }),
      instanceProfile: true,
      boundary: 'developer-boundary',
      inline: {
        simulate: policy(
          allow('sqs:*', 'arn:aws:sqs:eu-west-1:<development>:*', { Sid: 'OwnQueues' }),
          // The boundary has no IAM, so this is in vain.
          allow('iam:CreateUser', '*', { Sid: 'InVain' }),
        ),
      },
      lastUsed: { at: '2026-11-21T16:00:00.000Z', region: 'eu-west-1' },
    },
  },
  buckets: {
    'fernhill-development-data': {
      ownership: 'BucketOwnerEnforced',
      publicAccessBlock: 'all',
      objects: { 'sample.json': '{}' },
    },
  },
  queues: {
    'fleet-commands-test': {},
  },
  securityGroups: {
    simulator: { description: 'Simulated robots.', ingress: [{ port: 22, from: '203.0.113.0/24' }] },
  },
  instances: {
    'simulator-1': { profile: 'simulator', securityGroups: ['simulator'], tags: { team: 'fleet' } },
  },
};
