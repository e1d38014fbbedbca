import type { Account } from './company.ts';
import { policy } from './policy-json.ts';

/** For experiments, some of them forgotten. */
export const sandbox: Account = {
  title: 'Fernhill Sandbox',
  email: 'aws+sandbox@fernhill-robotics.example',
  samlProviders: ['corporate-adfs'],
  roles: {
    // The company's sign-in before Identity Center.
    'adfs-administrator': {
      trust: policy({
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::<sandbox>:saml-provider/corporate-adfs' },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      }),
      managed: ['AdministratorAccess'],
      lastUsed: { at: '2024-03-08T12:00:00.000Z', region: 'us-east-1' },
    },
  },
  buckets: {
    // Its policy is public; the block makes it of no effect for strangers.
    'fernhill-demo-uploads': {
      policy: policy({
        Sid: 'Anyone',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::fernhill-demo-uploads/*',
      }),
      publicAccessBlock: 'all',
      ownership: 'ObjectWriter',
      objects: { 'hello.txt': 'Hello.' },
    },
  },
  queues: {
    experiments: { region: 'eu-central-1' },
  },
};
