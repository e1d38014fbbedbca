import type { OrganizationNode, Policies } from './company.ts';
import { deny, policy } from './policy-json.ts';

const organizationRole = 'arn:aws:iam::*:role/OrganizationAccountAccessRole';

/** The tree. Every root, unit and account also has AWS's own FullAWSAccess. */
export const tree: OrganizationNode = {
  name: 'Root',
  accounts: ['management'],
  policies: ['StayInOrganization'],
  units: [
    { name: 'Security', accounts: ['audit'], policies: ['ProtectAuditTrail'] },
    { name: 'Infrastructure', accounts: ['tooling'] },
    {
      name: 'Workloads',
      policies: ['ApprovedRegions', 'DenyRootUser', 'ProtectSensitiveData', 'OrganizationPerimeter'],
      units: [
        { name: 'Production', accounts: ['production', 'payroll'], policies: ['NoNewUsers'] },
        { name: 'Development', accounts: ['development'] },
      ],
    },
    { name: 'Sandbox', accounts: ['sandbox'], policies: ['ApprovedRegions', 'SmallInstancesOnly'] },
  ],
};

export const serviceControlPolicies: Policies = {
  StayInOrganization: policy(deny('organizations:LeaveOrganization', '*', { Sid: 'StayInOrganization' })),

  // S3 is exempt, as in many companies: an S3 ARN has no region, and object requests go to the bucket's region anyway.
  ApprovedRegions: policy({
    Sid: 'OnlyApprovedRegions',
    Effect: 'Deny',
    NotAction: [
      'account:*',
      'budgets:*',
      'cloudfront:*',
      'iam:*',
      'identitystore:*',
      'organizations:*',
      'route53:*',
      's3:*',
      'sso:*',
      'sts:*',
      'support:*',
    ],
    Resource: '*',
    Condition: {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] },
      ArnNotLike: { 'aws:PrincipalArn': organizationRole },
    },
  }),

  DenyRootUser: policy(
    deny('*', '*', { Sid: 'DenyRootUser', Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } }),
  ),

  ProtectSensitiveData: policy(
    deny(['kms:DisableKey', 'kms:ScheduleKeyDeletion', 's3:PutAccountPublicAccessBlock'], '*', {
      Sid: 'KeepKeysAndBlocks',
    }),
  ),

  ProtectAuditTrail: policy(
    deny(['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging', 's3:DeleteBucket', 's3:DeleteObject'], '*', {
      Sid: 'KeepTheTrail',
    }),
  ),

  NoNewUsers: policy(
    deny(['iam:CreateAccessKey', 'iam:CreateUser'], '*', {
      Sid: 'NoNewUsers',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': organizationRole } },
    }),
  ),

  SmallInstancesOnly: policy(
    deny('ec2:RunInstances', 'arn:aws:ec2:*:*:instance/*', {
      Sid: 'SmallInstancesOnly',
      Condition: { StringNotLike: { 'ec2:InstanceType': 't3.*' } },
    }),
  ),
};

export const resourceControlPolicies: Policies = {
  OrganizationPerimeter: policy({
    Sid: 'OnlyOurOrganization',
    Effect: 'Deny',
    Principal: '*',
    Action: ['kms:*', 's3:*', 'sqs:*'],
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '<organization>' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  }),
};
