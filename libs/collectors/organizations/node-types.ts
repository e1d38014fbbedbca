import { declare, defineNode } from '@ag/resource';

const docs = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html';

const name = declare('string', 'Name.', { indexed: true });

const contains = [
  {
    type: 'CONTAINS',
    target: 'OrganizationalUnit',
    sentence: 'The unit is directly below it, and inherits its policies.',
  },
  { type: 'CONTAINS', target: 'AwsAccount', sentence: 'The account is directly below it, and inherits its policies.' },
];

export const organization = defineNode({
  label: 'Organization',
  description: 'An organization of accounts.',
  docs,
  properties: {
    organizationId: declare('string', 'Organization id: `o-…`, which policies name by `aws:PrincipalOrgID`.', {
      indexed: true,
    }),
    featureSet: declare('string', 'ALL, or CONSOLIDATED_BILLING, which has no policies.'),
    managementAccount: declare('string', 'The management account: 12 digits.'),
  },
  edges: [
    { type: 'CONTAINS', target: 'OrganizationRoot', sentence: 'The root is the top of the organization.' },
    { type: 'DELEGATED_TO', target: 'AwsAccount', sentence: 'The account administers services for the organization.' },
  ],
});

export const organizationRoot = defineNode({
  label: 'OrganizationRoot',
  description: 'The top of an organization’s tree.',
  docs,
  properties: {
    name,
    rootId: declare('string', 'Root id: `r-…`.', { indexed: true }),
    enabledPolicyTypes: declare('strings', 'Policy types in force: SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY …'),
  },
  edges: contains,
});

export const organizationalUnit = defineNode({
  label: 'OrganizationalUnit',
  description: 'A branch of an organization’s tree.',
  docs,
  properties: { name, unitId: declare('string', 'Unit id: `ou-…`.', { indexed: true }) },
  edges: contains,
});

const policyProperties = {
  name,
  policyId: declare('string', 'Policy id: `p-…`.', { indexed: true }),
  description: declare('string', 'What its author wrote about it.'),
  managedBy: declare('string', '`aws` or `customer`.'),
};

export const serviceControlPolicy = defineNode({
  label: 'ServiceControlPolicy',
  description: 'A limit to what the principals of accounts can do.',
  docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  properties: policyProperties,
  policies: ['scp'],
  edges: appliesTo('It limits what principals of the accounts there can do.'),
});

export const resourceControlPolicy = defineNode({
  label: 'ResourceControlPolicy',
  description: 'A limit to what anyone can do to the resources of accounts.',
  docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  properties: policyProperties,
  policies: ['rcp'],
  edges: appliesTo('It limits what anyone can do to resources of the accounts there.'),
});

function appliesTo(sentence: string) {
  return ['OrganizationRoot', 'OrganizationalUnit', 'AwsAccount'].map((target) => ({
    type: 'APPLIES_TO',
    target,
    sentence,
  }));
}
