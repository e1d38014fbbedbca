import type { Company } from '../company.ts';
import { accounts } from './accounts.ts';
import { identityCenter } from './identity-center.ts';
import { resourceControlPolicies, serviceControlPolicies, tree } from './organization.ts';

/** Northwind Robotics: demo, seed, test fixture and the documentation's running example. */
export const sampleCompany: Company = {
  name: 'Northwind Robotics',
  homeRegion: 'eu-west-1',
  regions: ['eu-west-1', 'eu-central-1'],
  tree,
  serviceControlPolicies,
  resourceControlPolicies,
  identityCenter,
  accounts,
  delegated: { security: 'guardduty.amazonaws.com' },
  refused: [{ account: 'security', action: 's3:GetBucketPolicy' }],
  outsiders: { 'scanner-vendor': '999988887777' },
};
