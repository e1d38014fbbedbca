import type { GraphEdge, GraphNode } from '@ag/model';
import { expect, test } from 'vitest';
import { type OrganizationTree, selectAccounts } from './select-accounts.ts';

const [management, developer, production, sandbox, closed] = [
  '100000000001',
  '100000000002',
  '100000000003',
  '100000000004',
  '100000000005',
];
const unit = (id: string) => `arn:aws:organizations::${management}:ou/o-1/${id}`;
const root = `arn:aws:organizations::${management}:root/o-1/r-1`;

function account(id: string, status = 'ACTIVE'): GraphNode {
  return { id, labels: ['AwsAccount'], properties: { status } };
}

function contains(from: string, to: string): GraphEdge {
  return { type: 'CONTAINS', from, to, properties: {} };
}

const tree: OrganizationTree = {
  isComplete: true,
  accounts: [
    account(production),
    account(management),
    account(developer),
    account(sandbox),
    account(closed, 'SUSPENDED'),
  ],
  contains: [
    contains(root, management),
    contains(root, unit('ou-work')),
    contains(unit('ou-work'), developer),
    contains(unit('ou-work'), unit('ou-live')),
    contains(unit('ou-live'), production),
    contains(root, unit('ou-play')),
    contains(unit('ou-play'), sandbox),
    contains(unit('ou-play'), closed),
  ],
};

const suspended = { account: closed, message: 'the account is suspended' };

test('without settings every account of the organization is read, a suspended one is not', () => {
  expect(selectAccounts(management, {}, tree)).toEqual({
    read: [management, developer, production, sandbox],
    detached: [suspended],
  });
});

test('without an organization the one account is read', () => {
  expect(selectAccounts(developer, {}, undefined)).toEqual({ read: [developer], detached: [] });
});

test('named accounts are read, and one that is not in the organization is said to be so', () => {
  expect(selectAccounts(management, { accounts: [production, '999999999999', production] }, tree)).toEqual({
    read: [production],
    detached: [{ account: '999999999999', message: 'the account is not in the organization' }],
  });
});

test('named accounts are read though the organization cannot be seen', () => {
  expect(selectAccounts(developer, { accounts: [production, sandbox] }, undefined)).toEqual({
    read: [production, sandbox],
    detached: [],
  });
});

test('a unit means the accounts below it, at any depth, by its id or its ARN', () => {
  for (const name of ['ou-work', unit('ou-work')]) {
    expect(selectAccounts(management, { organizationalUnits: [name] }, tree).read).toEqual([developer, production]);
  }
  expect(selectAccounts(management, { organizationalUnits: ['r-1'] }, tree).read).toHaveLength(4);
});

test('a unit that cannot be found is an error, since to read nothing would look like success', () => {
  expect(() => selectAccounts(management, { organizationalUnits: ['ou-wor'] }, tree)).toThrow(
    'cannot find the accounts of `ou-wor`: the organization has no such unit',
  );
  expect(() => selectAccounts(developer, { organizationalUnits: ['ou-work'] }, undefined)).toThrow(
    'cannot find the accounts of `ou-work`: the organization cannot be seen from here',
  );
});

test('in an organization that was read in part, an account that was not seen may still be there', () => {
  expect(selectAccounts(management, { accounts: ['999999999999'] }, { ...tree, isComplete: false })).toEqual({
    read: ['999999999999'],
    detached: [],
  });
});

test('excluded accounts are left out, named and detached ones too', () => {
  const excludeAccounts = [closed, production];

  expect(selectAccounts(management, { organizationalUnits: ['ou-live', 'ou-play'], excludeAccounts }, tree)).toEqual({
    read: [sandbox],
    detached: [],
  });
});
