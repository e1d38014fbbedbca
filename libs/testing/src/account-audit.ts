import type { Account } from './company.ts';
import { allow, policy } from './policy-json.ts';
import { postureScanner } from './vendor-role.ts';

/** Keeps the organization's trail. Reading its bucket's policy is denied to the collector (by the fault proxy). */
export const audit: Account = {
  title: 'Fernhill Audit',
  email: 'aws+audit@fernhill-robotics.example',
  blocksPublicAccess: 'all',
  roles: {
    'posture-scanner': postureScanner,
    'log-archiver': {
      trust: policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      inline: {
        'read-logs': policy(
          allow(
            ['s3:GetObject', 's3:ListBucket'],
            ['arn:aws:s3:::fernhill-audit-logs', 'arn:aws:s3:::fernhill-audit-logs/*'],
          ),
        ),
      },
      lastUsed: { at: '2026-11-23T23:10:00.000Z', region: 'eu-west-1' },
    },
  },
  buckets: {
    'fernhill-audit-logs': {
      policy: policy({
        Sid: 'TrailWrites',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::fernhill-audit-logs/AWSLogs/*',
        Condition: { StringEquals: { 'aws:SourceOrgID': '<organization>' } },
      }),
      ownership: 'BucketOwnerEnforced',
      objects: { 'AWSLogs/readme.txt': 'The organization trail writes here.' },
    },
  },
};
