import { audit } from './account-audit.ts';
import { development } from './account-development.ts';
import { management } from './account-management.ts';
import { payroll } from './account-payroll.ts';
import { production } from './account-production.ts';
import { sandbox } from './account-sandbox.ts';
import { tooling } from './account-tooling.ts';
import type { Company } from './company.ts';
import { resourceControlPolicies, serviceControlPolicies, tree } from './company-organization.ts';
import { identityCenter } from './company-people.ts';

/**
 * Fernhill Robotics, an invented company with the usual AWS organization and the usual mistakes in it.
 * It is the demo, the seed of the emulator, the tests' fixture and the documentation's running example.
 */
export const sampleCompany: Company = {
  name: 'Fernhill Robotics',
  homeRegion: 'eu-west-1',
  regions: ['eu-west-1', 'eu-central-1'],
  tree,
  serviceControlPolicies,
  resourceControlPolicies,
  identityCenter,
  accounts: { management, audit, tooling, production, payroll, development, sandbox },
  outsiders: { vendor: '444455556666' },
};
