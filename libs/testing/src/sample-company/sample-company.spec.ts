import { expect, test } from 'vitest';
import { parsePolicyValue } from '@ag/policy';
import type { OrganizationNode } from '../company.ts';
import { toText } from '../seed/references.ts';
import { sampleCompany } from './sample-company.ts';

function nodesOf(node: OrganizationNode): readonly OrganizationNode[] {
  return [node, ...(node.units ?? []).flatMap(nodesOf)];
}

test('every account stands once in the tree', () => {
  const placed = nodesOf(sampleCompany.tree).flatMap((node) => node.accounts ?? []);

  expect([...placed].sort()).toEqual(Object.keys(sampleCompany.accounts).sort());
});

test('every policy of the organization is attached, and every attached one exists', () => {
  const attached = new Set(nodesOf(sampleCompany.tree).flatMap((node) => node.policies ?? []));
  const { serviceControlPolicies, resourceControlPolicies } = sampleCompany;

  expect([...attached].sort()).toEqual(
    [...Object.keys(serviceControlPolicies), ...Object.keys(resourceControlPolicies)].sort(),
  );
});

test('people, permission sets and accounts of an assignment exist', () => {
  const { people, groups, permissionSets, assignments } = sampleCompany.identityCenter;
  const userNames = people.map((person) => person.userName);
  const unknown = assignments.filter(
    (assignment) =>
      !(assignment.permissionSet in permissionSets) ||
      !('group' in assignment ? assignment.group in groups : userNames.includes(assignment.person)) ||
      !assignment.accounts.every((account) => account in sampleCompany.accounts),
  );

  expect(unknown).toEqual([]);
  expect(
    Object.values(groups)
      .flat()
      .filter((member) => !userNames.includes(member)),
  ).toEqual([]);
});

test('an account has every customer-managed policy that a permission set assigned to it needs', () => {
  const { permissionSets, assignments } = sampleCompany.identityCenter;
  const missing = assignments.flatMap(({ permissionSet, accounts }) => {
    const { customerManaged = [], boundary } = permissionSets[permissionSet] ?? {};
    const needed = [
      ...customerManaged,
      ...(boundary && 'customerManaged' in boundary ? [boundary.customerManaged] : []),
    ];
    return accounts.flatMap((account) =>
      needed.filter((name) => !(name in (sampleCompany.accounts[account]?.policies ?? {}))),
    );
  });

  expect(missing).toEqual([]);
});

test('every reference in the whole description names an account, an outsider or the organization', () => {
  const names = [...Object.keys(sampleCompany.accounts), ...Object.keys(sampleCompany.outsiders), 'organization'];

  expect(() => toText(sampleCompany, new Map(names.map((name) => [name, '111122223333'])))).not.toThrow();
});

test('every policy is one that our own parser finds nothing to say about', () => {
  const identity = Object.entries(sampleCompany.accounts).flatMap(([account, { policies = {}, roles = {} }]) => [
    ...Object.entries(policies).map(([name, value]) => ({
      name: `${account}/${name}`,
      kind: 'identity' as const,
      value,
    })),
    ...Object.entries(roles).map(([name, { trust }]) => ({
      name: `${account}/${name}`,
      kind: 'trust' as const,
      value: trust,
    })),
  ]);
  const organization = Object.entries(sampleCompany.serviceControlPolicies).map(([name, value]) => ({
    name,
    kind: 'scp' as const,
    value,
  }));
  const complaints = [...identity, ...organization].flatMap(({ name, kind, value }) =>
    parsePolicyValue(value, kind).findings.map((finding) => ({ name, ...finding })),
  );

  expect(complaints).toEqual([]);
});
