import { declare, defineNode } from '@ag/resource';

const docs =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html';

const name = declare('string', 'Name, unique within the account.', { indexed: true });
const path = declare('string', 'Path: `/`, or `/teams/payroll/`.');
const uniqueId = declare('string', 'Unique id; another one when it is deleted and made again under the same name.');
const createdAt = declare('date', 'When it was made.');
const tags = declare('strings', 'Tags as `key=value`.');

const hasPolicy = { type: 'HAS_POLICY', target: 'IamPolicy', sentence: 'The policy is attached to it.' };
const boundedBy = {
  type: 'BOUNDED_BY',
  target: 'IamPolicy',
  sentence: 'The policy is its permissions boundary: it can do no more than that.',
};

/** What the credential report tells of the user's and of the root user's password and devices. */
const credentials = {
  hasPassword: declare('boolean', 'Whether it can sign in to the console with a password.'),
  passwordLastUsedAt: declare('date', 'When the password was last used.'),
  passwordChangedAt: declare('date', 'When the password was last changed.'),
  hasMfa: declare('boolean', 'Whether an MFA device is assigned.'),
};

export const iamUser = defineNode({
  label: 'IamUser',
  description: 'An IAM user: a long-lived identity with a password, access keys, or both.',
  docs,
  roles: ['AwsResource', 'Principal'],
  properties: { name, path, uniqueId, createdAt, tags, ...credentials },
  edges: [
    hasPolicy,
    boundedBy,
    { type: 'MEMBER_OF', target: 'IamGroup', sentence: 'The user is a member of the group and has its policies.' },
    { type: 'HAS_ACCESS_KEY', target: 'IamAccessKey', sentence: 'The user can sign requests with the key.' },
  ],
});

export const iamGroup = defineNode({
  label: 'IamGroup',
  description: 'A group of IAM users. It is never a principal: its members have its policies.',
  docs,
  properties: { name, path, uniqueId, createdAt },
  edges: [hasPolicy],
});

export const iamRole = defineNode({
  label: 'IamRole',
  description: 'A role that its trust policy lets others assume.',
  docs,
  roles: ['AwsResource', 'Principal'],
  properties: {
    name,
    path,
    uniqueId,
    createdAt,
    tags,
    lastUsedAt: declare('date', 'When it last made a request, within the past 400 days.'),
    lastUsedRegion: declare('string', 'Where it last made a request.'),
    serviceLinked: declare('boolean', 'Whether a service made it for itself; no SCP restricts such a role.'),
    permissionSetName: declare('string', 'The permission set that Identity Center made it for.', { indexed: true }),
  },
  policies: ['trust'],
  edges: [
    hasPolicy,
    boundedBy,
    { type: 'TRUSTS', target: 'Entity', sentence: 'The role’s trust policy lets this one assume it.' },
  ],
});

export const awsRootUser = defineNode({
  label: 'AwsRootUser',
  description: 'The root user of an account. Where a policy names it, it stands for the whole account.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html',
  roles: ['AwsResource', 'Principal'],
  properties: { ...credentials, hasAccessKey: declare('boolean', 'Whether it has an active access key.') },
});

export const awsService = defineNode({
  label: 'AwsService',
  description: 'An AWS service as a principal. Its id is the service’s name: `lambda.amazonaws.com`.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  roles: ['Principal'],
  properties: { name: declare('string', 'The name that policies call it by.', { indexed: true }) },
});

export const anyone = defineNode({
  label: 'Anyone',
  description: 'Everyone in the world, with or without an AWS account: the principal `*`.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  roles: ['Principal'],
  properties: { name: declare('string', 'Always `Anyone`.') },
});

export const webIdentityProvider = defineNode({
  label: 'WebIdentityProvider',
  description: 'A public identity provider that AWS knows by its host, such as `accounts.google.com`.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  roles: [],
  properties: { name: declare('string', 'Its host.', { indexed: true }) },
});
