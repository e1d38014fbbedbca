import { expect, test } from 'vitest';
import { answerFor } from './answers.ts';
import { callOf, seededOf } from './fixtures.ts';

const set = (name: string) => `arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`;
const seeded = seededOf({
  company: {
    regions: ['eu-west-1', 'eu-central-1'],
    identityCenter: {
      people: [],
      groups: {},
      assignments: [],
      accessControlAttributes: { department: 'enterprise.department' },
      permissionSets: {
        Open: { description: 'No boundary' },
        Own: { description: 'The account’s', boundary: { customerManaged: 'limits' } },
        Managed: { description: 'AWS’s', boundary: { managed: 'PowerUserAccess' } },
      },
    },
  },
  identityCenter: {
    permissionSets: { Open: set('open'), Own: set('own'), Managed: set('managed') },
    provisioned: { [set('open')]: ['111122223333', '444455556666'], [set('own')]: ['444455556666'] },
  },
});

function ask(action: string, json: Readonly<Record<string, unknown>> = {}, region = 'eu-west-1') {
  const reply = answerFor(callOf(action, { protocol: 'json', json, region }), seeded);
  return reply && { status: reply.status, body: parse(reply.body) };
}

test('Identity Center is in the home region only', () => {
  expect(ask('sso:ListInstances')).toBeUndefined();
  expect(ask('sso:ListInstances', {}, 'eu-central-1')).toEqual({ status: 200, body: { Instances: [] } });
});

test('a permission set is provisioned where it is assigned', () => {
  const accounts = (name: string) =>
    ask('sso:ListAccountsForProvisionedPermissionSet', { PermissionSetArn: set(name) })?.body;
  const sets = (AccountId: string) => ask('sso:ListPermissionSetsProvisionedToAccount', { AccountId })?.body;

  expect(accounts('open')).toEqual({ AccountIds: ['111122223333', '444455556666'] });
  expect(accounts('managed')).toEqual({ AccountIds: [] });
  expect(sets('111122223333')).toEqual({ PermissionSets: [set('open')] });
  expect(sets('444455556666')).toEqual({ PermissionSets: [set('open'), set('own')] });
  expect(sets('777788889999')).toEqual({ PermissionSets: [] });
});

test('a permission set’s boundary is AWS’s, the account’s, or not there', () => {
  const boundary = (name: string) => ask('sso:GetPermissionsBoundaryForPermissionSet', { PermissionSetArn: set(name) });

  expect(boundary('managed')).toEqual({
    status: 200,
    body: { PermissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' } },
  });
  expect(boundary('own')).toEqual({
    status: 200,
    body: { PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'limits', Path: '/' } } },
  });
  expect(boundary('open')).toMatchObject({ status: 400, body: { __type: 'ResourceNotFoundException' } });
});

test('the attributes for access control are those of the description', () => {
  expect(ask('sso:DescribeInstanceAccessControlAttributeConfiguration')).toEqual({
    status: 200,
    body: {
      Status: 'ENABLED',
      InstanceAccessControlAttributeConfiguration: {
        AccessControlAttributes: [{ Key: 'department', Value: { Source: ['${path:enterprise.department}'] } }],
      },
    },
  });
});

test('the regions are the company’s', () => {
  expect(ask('account:ListRegions')).toEqual({
    status: 200,
    body: {
      Regions: [
        { RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
        { RegionName: 'eu-central-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
      ],
    },
  });
});

test('what the emulator answers well is left to it', () => {
  expect(ask('iam:ListUsers')).toBeUndefined();
});

function parse(text: string): unknown {
  return JSON.parse(text);
}
