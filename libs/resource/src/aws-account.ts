import { defineNode } from './node-type.ts';
import { declare } from './properties.ts';

/** The owner of everything that is read in an account. Its id is the 12 digits, with or without an organization. */
export const awsAccount = defineNode({
  label: 'AwsAccount',
  description: 'An AWS account. It owns the resources that were read in it.',
  docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html',
  roles: [],
  properties: {
    arn: declare('string', 'ARN in the organization.'),
    name: declare('string', 'Account name.', { indexed: true }),
    email: declare('string', 'Address of the root user.'),
    status: declare('string', 'ACTIVE, SUSPENDED, PENDING_CLOSURE …'),
    joinedAt: declare('date', 'When it joined the organization.'),
    joinedMethod: declare('string', 'INVITED or CREATED.'),
    organizationId: declare('string', 'Id of its organization: `o-…`.'),
    management: declare('boolean', 'Whether it is the management account, which SCPs and RCPs do not restrict.'),
  },
  edges: [{ type: 'OWNS', target: 'AwsResource', sentence: 'The account owns the resource.' }],
});
