import { declare, defineNode } from '@ag/resource';

const docs = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html';

export const iamPolicy = defineNode({
  label: 'IamPolicy',
  description: 'An identity policy: managed by AWS, managed by the customer, or inline in a user, group or role.',
  docs,
  properties: {
    name: declare('string', 'Policy name.', { indexed: true }),
    path: declare('string', 'Path of a managed policy.'),
    inline: declare('boolean', 'Whether it is part of one user, group or role.'),
    managedBy: declare('string', '`aws` or `customer`, of a managed policy.'),
    defaultVersion: declare('string', 'The version in force: `v3`.'),
    createdAt: declare('date', 'When it was made.'),
    updatedAt: declare('date', 'When its version in force was made.'),
  },
  policies: ['identity'],
});

export const iamInstanceProfile = defineNode({
  label: 'IamInstanceProfile',
  description: 'What hands a role to an EC2 instance.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html',
  properties: {
    name: declare('string', 'Profile name.', { indexed: true }),
    path: declare('string', 'Path.'),
    uniqueId: declare('string', 'Unique id.'),
    createdAt: declare('date', 'When it was made.'),
  },
  edges: [{ type: 'CARRIES', target: 'IamRole', sentence: 'An instance with the profile acts as the role.' }],
});

export const iamAccessKey = defineNode({
  label: 'IamAccessKey',
  description: 'A long-lived access key of a user. Its id is the key id; the secret is never read.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  properties: {
    status: declare('string', 'Active or Inactive.', { indexed: true }),
    createdAt: declare('date', 'When it was made.'),
    lastUsedAt: declare('date', 'When it last signed a request; absent where it never did.'),
    lastUsedRegion: declare('string', 'Where it was last used.'),
    lastUsedService: declare('string', 'The service it last called: `s3`.'),
  },
});
