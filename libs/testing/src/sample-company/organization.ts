import type { OrganizationNode, Policies } from '../company.ts';
import { policy } from './documents.ts';

/** Root → Security, Infrastructure, Workloads → Production and Development, Sandbox. */
export const tree: OrganizationNode = {
  name: 'Root',
  accounts: ['management'],
  policies: ['ProtectOrganization'],
  units: [
    { name: 'Security', accounts: ['security'] },
    { name: 'Infrastructure', accounts: ['shared'] },
    {
      name: 'Workloads',
      policies: ['ProtectPayrollData', 'OnlyOurRegions', 'OnlyOurOrganization'],
      units: [
        { name: 'Production', accounts: ['production', 'payroll'] },
        { name: 'Development', accounts: ['development'] },
      ],
    },
    { name: 'Sandbox', accounts: ['sandbox'], policies: ['NoRootUser'] },
  ],
};

export const serviceControlPolicies: Policies = {
  ProtectOrganization: policy({
    Sid: 'StayInTheOrganization',
    Effect: 'Deny',
    Action: 'organizations:LeaveOrganization',
    Resource: '*',
  }),
  // Two levels above the payroll account.
  ProtectPayrollData: policy({
    Sid: 'KeepKeysAndBuckets',
    Effect: 'Deny',
    Action: ['kms:ScheduleKeyDeletion', 's3:DeleteBucket'],
    Resource: '*',
  }),
  OnlyOurRegions: policy({
    Sid: 'DenyOtherRegions',
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*', 'organizations:*', 'support:*', 's3:ListAllMyBuckets', 'cloudfront:*'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
  }),
  NoRootUser: policy({
    Sid: 'DenyRootUser',
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
  }),
};

export const resourceControlPolicies: Policies = {
  OnlyOurOrganization: policy({
    Sid: 'DenyOutsiders',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '<organization>' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  }),
};
