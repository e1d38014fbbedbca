import { expect, test } from 'vitest';
import { findPermissionSetRole } from './reserved-role.ts';

const account = '111122223333';
const path = '/aws-reserved/sso.amazonaws.com/';

function nameIn(name: string, where = path): string | undefined {
  return findPermissionSetRole({ name, path: where, account })?.permissionSetName;
}

test('the role of a permission set is known by its exact name and path (IC1)', () => {
  expect(findPermissionSetRole({ name: 'AWSReservedSSO_Read_Only_0123456789abcdef', path, account })).toEqual({
    permissionSetName: 'Read_Only',
    alias: 'permission-set-role:111122223333/Read_Only',
  });
  expect(nameIn('AWSReservedSSO_Admin_0123456789abcdef', `${path}eu-west-1/`)).toBe('Admin');
  expect(nameIn('AWSReservedSSO_Admin_0123456789abcdef', `${path}us-gov-west-1/`)).toBe('Admin');
});

test('a namesake elsewhere is an ordinary role', () => {
  expect(nameIn('AWSReservedSSO_Admin_0123456789abcdef', '/')).toBeUndefined();
  expect(nameIn('AWSReservedSSO_Admin_0123456789abcdef', `/x${path}`)).toBeUndefined();
  expect(nameIn('AWSReservedSSO_Admin_0123456789abcdef', `${path}eu-west-1/more/`)).toBeUndefined();
});

test('a name that is not exactly that of such a role is an ordinary role', () => {
  expect(nameIn('AWSReservedSSO_Admin')).toBeUndefined();
  expect(nameIn('AWSReservedSSO_Admin_0123456789abcde')).toBeUndefined();
  expect(nameIn('AWSReservedSSO_Admin_0123456789ABCDEF')).toBeUndefined();
  expect(nameIn('XAWSReservedSSO_Admin_0123456789abcdef')).toBeUndefined();
});
