import { type GraphEdge, type GraphNode, UserError, exitCode } from '@ag/model';

export interface AccountSettings {
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly excludeAccounts?: readonly string[];
}

/** What the organization's reader brought; `undefined` without an organization, or where we may not see it. */
export interface OrganizationTree {
  /** `AwsAccount` nodes. */
  readonly accounts: readonly GraphNode[];
  /** `CONTAINS` edges. */
  readonly contains: readonly GraphEdge[];
  /** Whether these are all accounts: a branch that could not be listed may hold more. */
  readonly isComplete: boolean;
}

export interface SelectedAccounts {
  /** Accounts to read. */
  readonly read: readonly string[];
  /** Accounts that were chosen and cannot be read, each with one sentence. */
  readonly detached: readonly { readonly account: string; readonly message: string }[];
}

/**
 * Chooses the accounts of a run: all, or those named and those under the named units, without the excluded ones.
 * Throws a `UserError` for a unit that cannot be found: to read nothing would look like success.
 */
export function selectAccounts(
  caller: string,
  settings: AccountSettings,
  organization: OrganizationTree | undefined,
): SelectedAccounts {
  const excluded = new Set(settings.excludeAccounts ?? []);
  const chosen = choose(caller, settings, organization)
    .filter((account) => !excluded.has(account))
    .sort();
  const read: string[] = [];
  const detached: { account: string; message: string }[] = [];
  const known = new Map(organization?.accounts.map((node) => [node.id, node.properties['status']]));
  for (const account of new Set(chosen)) {
    const status = known.get(account);
    if (status === 'SUSPENDED') detached.push({ account, message: 'the account is suspended' });
    else if (organization?.isComplete && !known.has(account))
      detached.push({ account, message: 'the account is not in the organization' });
    else read.push(account);
  }
  return { read, detached };
}

function choose(caller: string, settings: AccountSettings, organization: OrganizationTree | undefined): string[] {
  const { accounts = [], organizationalUnits = [] } = settings;
  const under = organizationalUnits.flatMap((unit) => accountsUnder(unit, organization));
  if (accounts.length + organizationalUnits.length > 0) return [...accounts, ...under];
  return organization ? organization.accounts.map(({ id }) => id) : [caller];
}

/** Accounts of the unit and of those below it. A unit is named by its ARN or by its id: `ou-…` or `r-…`. */
function accountsUnder(unit: string, organization: OrganizationTree | undefined): string[] {
  const { accounts, contains } = organization ?? { accounts: [], contains: [] };
  const known = new Set(accounts.map(({ id }) => id));
  const found: string[] = [];
  const seen = new Set<string>();
  let parents = [...new Set(contains.flatMap(({ from, to }) => [from, to]))].filter((id) => isNamed(id, unit));
  if (parents.length === 0) {
    const reason = organization ? 'the organization has no such unit' : 'the organization cannot be seen from here';
    throw new UserError(`cannot find the accounts of \`${unit}\`: ${reason}`, exitCode.credentials);
  }
  while (parents.length > 0) {
    const level = new Set(parents.filter((id) => !seen.has(id)));
    for (const id of level) seen.add(id);
    parents = contains.filter(({ from }) => level.has(from)).map(({ to }) => to);
    found.push(...parents.filter((id) => known.has(id)));
  }
  return found;
}

function isNamed(id: string, unit: string): boolean {
  return id === unit || id.endsWith(`/${unit}`);
}
