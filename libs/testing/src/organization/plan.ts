import { type Choices, choicesOf } from './choices.ts';
import { type PlannedResources, planResources } from './plan-resources.ts';
import { type PlannedPrincipals, planPrincipals } from './plan-principals.ts';
import type { Knobs, OrganizationSize } from './options.ts';

/** A root or a unit of the tree. */
export interface Branch {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parent?: Branch;
}

export interface PlannedAccount {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly branch: Branch;
  readonly management: boolean;
  /** Whether anybody reads it; the tree shows it in any case. */
  readonly collected: boolean;
  readonly canonicalId: string;
  readonly principals: PlannedPrincipals;
  readonly resources: PlannedResources;
}

/** What there is, by name, before anything is said of it: so that every policy may name what another account has. */
export interface Plan {
  readonly seed: number;
  readonly knobs: Knobs;
  readonly organization: string;
  readonly managementAccount: string;
  readonly root: Branch;
  readonly units: readonly Branch[];
  readonly accounts: readonly PlannedAccount[];
  readonly collected: readonly PlannedAccount[];
  /** Accounts of strangers. */
  readonly outsiders: readonly string[];
}

export const teams: readonly string[] = ['payments', 'data', 'web', 'platform', 'security', 'Research'];

/** Lays out an organization: its tree, its accounts, and the names of everything in them. */
export function planOrganization(seed: number, size: OrganizationSize, knobs: Knobs): Plan {
  const choices = choicesOf(seed, 'plan');
  const organization = `o-${choices.hex(10)}`;
  const ids = accountIds(choices, size.accounts + 3);
  const outsiders = ids.slice(0, 3);
  const members = ids.slice(3);
  const managementAccount = members[0] ?? '';
  const head = `arn:aws:organizations::${managementAccount}`;
  const rootId = `r-${choices.hex(4)}`;
  const root: Branch = { id: rootId, arn: `${head}:root/${organization}/${rootId}`, name: 'Root' };
  const units = growTree(choices, root, head, organization, size.accounts);
  const accounts = members.map((id, index): PlannedAccount => {
    const own = choicesOf(seed, `plan ${id}`);
    const management = index === 0;
    const team = own.one(teams);
    const share = (total: number): number => shareOf(total, members.length, index);
    return {
      id,
      name: management ? 'management' : `${team.toLowerCase()}-${index}`,
      team,
      branch: management ? root : own.chance(0.08) ? root : own.one(units),
      management,
      // Two accounts at least are read, so that there is something between accounts.
      collected: index < 2 || !own.chance(knobs.uncollectedAccounts),
      canonicalId: own.hex(64),
      principals: planPrincipals(own, id, share(size.principals)),
      resources: planResources(own, { id, team }, { buckets: share(size.buckets), others: share(size.others) }),
    };
  });
  return {
    seed,
    knobs,
    organization,
    managementAccount,
    root,
    units,
    accounts,
    collected: accounts.filter(({ collected }) => collected),
    outsiders,
  };
}

/** The units that an account is in, from the root down. */
export function branchesOf({ branch }: Pick<PlannedAccount, 'branch'>): readonly Branch[] {
  const chain: Branch[] = [];
  for (let at: Branch | undefined = branch; at; at = at.parent) chain.unshift(at);
  return chain;
}

/** `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`, as `aws:PrincipalOrgPaths` has it. */
export function pathOf({ organization }: Plan, branch: Branch): string {
  return [organization, ...branchesOf({ branch }).map(({ id }) => id), ''].join('/');
}

function accountIds(choices: Choices, count: number): readonly string[] {
  const found = new Set<string>();
  while (found.size < count) found.add(String(100_000_000_000 + choices.below(899_999_999_999)));
  return [...found];
}

/** Two to four levels deep: the first units are below the root, later ones often below one of them. */
function growTree(
  choices: Choices,
  root: Branch,
  head: string,
  organization: string,
  accounts: number,
): readonly Branch[] {
  const names = ['Workloads', 'Security', 'Sandbox', 'Production', 'Development', 'Suspended', 'Data', 'Shared'];
  const units: Branch[] = [];
  const count = Math.max(4, Math.min(40, Math.ceil(accounts / 4)));
  for (let index = 0; index < count; index++) {
    const id = `ou-${root.id.slice(2)}-${choices.hex(8)}`;
    const shallow = units.filter((unit) => branchesOf({ branch: unit }).length < 4);
    // The second is below the first, so that there are two levels at least.
    const parent = index === 1 ? (units[0] ?? root) : index === 0 || choices.chance(0.35) ? root : choices.one(shallow);
    units.push({
      id,
      arn: `${head}:ou/${organization}/${id}`,
      name: `${names[index % names.length] ?? 'Unit'}${index < names.length ? '' : index}`,
      parent,
    });
  }
  return units;
}

function shareOf(total: number, parts: number, index: number): number {
  return Math.floor(total / parts) + (index < total % parts ? 1 : 0);
}
