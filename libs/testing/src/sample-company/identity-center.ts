import type { IdentityCenter } from '../company.ts';
import { allow, policy } from './documents.ts';

/** The people of the company, what they may sign in to, and as what. */
export const identityCenter: IdentityCenter = {
  people: [
    { userName: 'ana.silva', givenName: 'Ana', familyName: 'Silva', title: 'Platform lead' },
    { userName: 'ben.okafor', givenName: 'Ben', familyName: 'Okafor', title: 'Developer' },
    { userName: 'chloe.martin', givenName: 'Chloe', familyName: 'Martin', title: 'Developer' },
    { userName: 'dmitri.petrov', givenName: 'Dmitri', familyName: 'Petrov', title: 'Security analyst' },
    { userName: 'elena.rossi', givenName: 'Elena', familyName: 'Rossi', title: 'Payroll manager' },
    { userName: 'farid.haddad', givenName: 'Farid', familyName: 'Haddad', title: 'Controller' },
    { userName: 'grace.liu', givenName: 'Grace', familyName: 'Liu', title: 'Auditor' },
    { userName: 'hiro.tanaka', givenName: 'Hiro', familyName: 'Tanaka', title: 'Site reliability engineer' },
    { userName: 'ines.costa', givenName: 'Ines', familyName: 'Costa', title: 'Former administrator' },
    { userName: 'jonas.berg', givenName: 'Jonas', familyName: 'Berg', title: 'Robotics intern' },
  ],
  groups: {
    Platform: ['ana.silva', 'hiro.tanaka'],
    Developers: ['ben.okafor', 'chloe.martin'],
    Security: ['dmitri.petrov', 'grace.liu'],
    Payroll: ['elena.rossi'],
    Finance: ['farid.haddad'],
  },
  permissionSets: {
    Administrator: { description: 'Everything, for platform engineers', managed: ['AdministratorAccess'] },
    Developer: {
      description: 'What developers need in development accounts',
      managed: ['ReadOnlyAccess'],
      customerManaged: ['developer-access'],
      boundary: { customerManaged: 'developer-boundary' },
    },
    SecurityAudit: { description: 'Read how everything is configured', managed: ['SecurityAudit'] },
    PayrollOperator: {
      description: 'Work with the payroll files',
      inline: policy(
        allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::northwind-payroll/*'),
        allow(['s3:ListBucket', 's3:DeleteBucket'], 'arn:aws:s3:::northwind-payroll'),
        allow(['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ScheduleKeyDeletion']),
      ),
    },
    Billing: { description: 'Read bills and budgets', managed: ['AWSBillingReadOnlyAccess'] },
  },
  assignments: [
    { permissionSet: 'Administrator', group: 'Platform', accounts: ['shared', 'development', 'sandbox'] },
    { permissionSet: 'Administrator', person: 'ines.costa', accounts: ['management'] },
    { permissionSet: 'Developer', group: 'Developers', accounts: ['development'] },
    {
      permissionSet: 'SecurityAudit',
      group: 'Security',
      accounts: ['management', 'security', 'shared', 'production', 'payroll', 'development', 'sandbox'],
    },
    { permissionSet: 'PayrollOperator', group: 'Payroll', accounts: ['payroll'] },
    { permissionSet: 'Billing', group: 'Finance', accounts: ['management'] },
  ],
  accessControlAttributes: { department: 'enterprise.department' },
};
