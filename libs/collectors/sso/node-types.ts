import { declare, defineNode } from '@ag/resource';

const docs = 'https://docs.aws.amazon.com/singlesignon/latest/userguide/what-is.html';

const assigned = {
  type: 'ASSIGNED',
  target: 'IamRole',
  sentence: 'Assigned a permission set in an account, so that it can act as the role there.',
};

export const identityCenterInstance = defineNode({
  label: 'IdentityCenterInstance',
  description: 'Identity Center: where people sign in, and get roles in accounts.',
  docs,
  properties: {
    name: declare('string', 'Instance name.'),
    identityStoreId: declare('string', 'The store of its users and groups: `d-…`.', { indexed: true }),
    ownerAccount: declare('string', 'The account that it belongs to: the management account, for an organization.'),
    status: declare('string', 'ACTIVE, CREATE_IN_PROGRESS …'),
    createdAt: declare('date', 'When it was made.'),
    accessControlAttributes: declare('strings', 'Session tags and where their values are from: `team=${path:…}`.'),
  },
  edges: [{ type: 'CONTAINS', target: 'PermissionSet', sentence: 'The permission set belongs to the instance.' }],
});

export const permissionSet = defineNode({
  label: 'PermissionSet',
  description: 'What an assignment allows: Identity Center makes a role of it in each account where it is assigned.',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html',
  properties: {
    name: declare('string', 'Name.', { indexed: true }),
    description: declare('string', 'What its author wrote about it.'),
    createdAt: declare('date', 'When it was made.'),
    sessionDuration: declare('string', 'How long a session lasts, as ISO 8601: `PT8H`.'),
    managedPolicies: declare('strings', 'ARNs of AWS-managed policies.'),
    customerManagedPolicies: declare(
      'strings',
      'Policies by path and name, which each account must have: `/team/Name`.',
    ),
    boundaryPolicy: declare('string', 'Its permissions boundary: an ARN, or path and name.'),
  },
  policies: ['identity'],
  edges: [
    { type: 'PROVISIONED_AS', target: 'IamRole', sentence: 'In the role’s account the permission set is the role.' },
    { type: 'HAS_POLICY', target: 'IamPolicy', sentence: 'The policy is part of the permission set.' },
    { type: 'BOUNDED_BY', target: 'IamPolicy', sentence: 'The policy is the permissions boundary of its roles.' },
  ],
});

export const identityCenterUser = defineNode({
  label: 'IdentityCenterUser',
  description: 'A person who signs in through Identity Center.',
  docs,
  roles: ['AwsResource', 'Person'],
  properties: {
    name: declare('string', 'User name.', { indexed: true }),
    displayName: declare('string', 'Name for people.', { indexed: true }),
    email: declare('string', 'Primary address.', { indexed: true }),
    status: declare('string', 'ENABLED or DISABLED, where AWS tells.'),
    identityStoreId: declare('string', 'The store that it is in.'),
    externalIds: declare('strings', 'Its ids at the identity provider, as `issuer=id`.'),
  },
  edges: [
    assigned,
    { type: 'MEMBER_OF', target: 'IdentityCenterGroup', sentence: 'The person is a member of the group.' },
  ],
});

export const identityCenterGroup = defineNode({
  label: 'IdentityCenterGroup',
  description: 'A group of people in Identity Center.',
  docs,
  properties: {
    name: declare('string', 'Group name.', { indexed: true }),
    description: declare('string', 'What its author wrote about it.'),
    identityStoreId: declare('string', 'The store that it is in.'),
    externalIds: declare('strings', 'Its ids at the identity provider, as `issuer=id`.'),
  },
  edges: [assigned],
});
