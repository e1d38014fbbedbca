import type { IdentityCenter, Person } from './company.ts';
import { allow, deny, policy } from './policy-json.ts';

function person(givenName: string, familyName: string, title: string, team: string): Person {
  return { userName: `${givenName}.${familyName}`.toLowerCase(), givenName, familyName, title, team };
}

const everywhere = ['management', 'audit', 'tooling', 'production', 'payroll', 'development', 'sandbox'];

/** Eleven people in groups, and what they may become where. */
export const identityCenter: IdentityCenter = {
  people: [
    person('Ana', 'Duarte', 'Firmware developer', 'fleet'),
    person('Ben', 'Okafor', 'Senior developer', 'fleet'),
    person('Chen', 'Li', 'Platform engineer', 'platform'),
    person('Dilan', 'Kaya', 'Security engineer', 'security'),
    person('Eva', 'Novak', 'Payroll specialist', 'people'),
    person('Farid', 'Haddad', 'Controller', 'finance'),
    person('Grace', 'Mbeki', 'Data analyst', 'vision'),
    person('Hugo', 'Lindqvist', 'Head of platform', 'platform'),
    person('Ines', 'Moreau', 'Auditor', 'audit'),
    person('Jonas', 'Weber', 'Contractor', 'external'),
    // Joined today: in no group yet.
    person('Kira', 'Sato', 'Developer', 'vision'),
  ],
  groups: {
    Developers: ['ana.duarte', 'ben.okafor'],
    OnCall: ['ben.okafor', 'chen.li'],
    Platform: ['chen.li', 'hugo.lindqvist'],
    Security: ['dilan.kaya'],
    PeopleOperations: ['eva.novak'],
    Finance: ['farid.haddad'],
    Analysts: ['grace.mbeki'],
    Auditors: ['ines.moreau'],
    Contractors: ['jonas.weber'],
  },
  permissionSets: {
    Administrator: { description: 'Everything, for the platform team.', managed: ['AdministratorAccess'] },
    BreakGlass: {
      description: 'Everything, for one person, in emergencies.',
      sessionDuration: 'PT1H',
      managed: ['AdministratorAccess'],
    },
    Developer: {
      description: 'Daily work in development, and the way to deploy.',
      sessionDuration: 'PT8H',
      managed: ['ReadOnlyAccess'],
      inline: policy(
        allow(['ec2:*', 's3:*', 'sqs:*'], '*', { Sid: 'Build' }),
        allow('sts:AssumeRole', 'arn:aws:iam::<tooling>:role/deploy', { Sid: 'Deploy' }),
      ),
    },
    Observer: { description: 'Names and settings, no data.', managed: ['job-function/ViewOnlyAccess'] },
    OnCall: { description: 'Restart what is one is responsible for.', customerManaged: ['restart-own-instances'] },
    Payroll: {
      description: 'Monthly payroll.',
      sessionDuration: 'PT4H',
      customerManaged: ['payroll-operator'],
      boundary: { customerManaged: 'payroll-boundary' },
    },
    SecurityReview: {
      description: 'Settings of everything, never data.',
      managed: ['SecurityAudit'],
      inline: policy(deny(['s3:GetObject', 'sqs:ReceiveMessage', 'kms:Decrypt'], '*', { Sid: 'NoData' })),
    },
    Audit: {
      description: 'Read all but salaries.',
      managed: ['ReadOnlyAccess'],
      inline: policy(deny('s3:GetObject', 'arn:aws:s3:::fernhill-payroll/*', { Sid: 'NoSalaries' })),
    },
    Analysis: {
      description: 'Telemetry, from the office network.',
      inline: policy(
        allow('s3:ListBucket', 'arn:aws:s3:::fernhill-telemetry', { Sid: 'ListTelemetry' }),
        allow('s3:GetObject', 'arn:aws:s3:::fernhill-telemetry/*', {
          Sid: 'ReadTelemetryFromTheOffice',
          Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
        }),
      ),
    },
    Billing: { description: 'Invoices and budgets.', managed: ['job-function/Billing'] },
    Contractor: {
      description: 'Try things in the sandbox; the boundary leaves reading only.',
      managed: ['PowerUserAccess'],
      boundary: { managed: 'ReadOnlyAccess' },
    },
  },
  assignments: [
    {
      group: 'Platform',
      permissionSet: 'Administrator',
      accounts: ['tooling', 'production', 'development', 'sandbox'],
    },
    { person: 'hugo.lindqvist', permissionSet: 'BreakGlass', accounts: ['management', 'audit', 'payroll'] },
    { group: 'Developers', permissionSet: 'Developer', accounts: ['development'] },
    { group: 'Developers', permissionSet: 'Observer', accounts: ['production'] },
    { group: 'OnCall', permissionSet: 'OnCall', accounts: ['production'] },
    { group: 'PeopleOperations', permissionSet: 'Payroll', accounts: ['payroll'] },
    { group: 'Security', permissionSet: 'SecurityReview', accounts: everywhere },
    { group: 'Auditors', permissionSet: 'Audit', accounts: ['audit', 'payroll'] },
    { group: 'Analysts', permissionSet: 'Analysis', accounts: ['production'] },
    { group: 'Finance', permissionSet: 'Billing', accounts: ['management'] },
    { group: 'Contractors', permissionSet: 'Contractor', accounts: ['sandbox'] },
  ],
  // A session tag `team` with the person's user type.
  accessControlAttributes: { team: '${path:userType}' },
};
