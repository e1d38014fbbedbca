import {
  type Account,
  type OrganizationalUnit,
  OrganizationsClient,
  type Root,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import type { Gap } from '@ag/model';
import {
  type Action,
  type CollectedPart,
  type Draft,
  type ReaderContext,
  awsAccount,
  draftPart,
  mustExist,
} from '@ag/resource';
import { organizationRoot, organizationalUnit } from './node-types.ts';

export interface Head {
  readonly arn: string;
  readonly id: string;
  readonly managementAccount: string;
}

interface Parent {
  readonly arn: string;
  readonly id: string;
}

interface Drafts {
  /** Branches that were seen, each with its parent: told twice is one, and an answer which leads in a circle ends (I13). */
  readonly parentOf: Map<string, string>;
  readonly roots: Draft;
  readonly units: Draft;
  readonly accounts: Draft;
}

/**
 * Reads the tree from the top, one listing for each branch, then all accounts, which name the branch that they are in. An edge
 * belongs to the scope of what is below: whoever may list units and not accounts still knows the units.
 */
export async function readTree(context: ReaderContext, head: Head): Promise<readonly CollectedPart[]> {
  const drafts: Drafts = {
    parentOf: new Map(),
    roots: draftPart(organizationRoot.label),
    units: draftPart(organizationalUnit.label),
    accounts: draftPart(awsAccount.label),
  };
  const found = await context.attempt(
    { action: 'organizations:ListRoots', resource: organizationRoot.label },
    async () => {
      const all: Root[] = [];
      const pages = paginateListRoots({ client: context.client(OrganizationsClient), pageSize: 20 }, {});
      for await (const page of pages) all.push(...(page.Roots ?? []));
      return all;
    },
  );
  // Without the root nothing below it is known either.
  if (found.ok === false) for (const draft of [drafts.units, drafts.accounts]) draft.listed(found);

  const parents: Parent[] = [];
  for (const { Arn, Id, Name, PolicyTypes = [] } of drafts.roots.listed(found)) {
    if (Arn === undefined || Id === undefined || drafts.parentOf.has(Id)) continue;
    drafts.parentOf.set(Id, head.id);
    const enabledPolicyTypes = PolicyTypes.flatMap(({ Type, Status }) => (Type && Status === 'ENABLED' ? [Type] : []));
    drafts.roots.add(
      organizationRoot.node(Arn, { name: Name, rootId: Id, enabledPolicyTypes: enabledPolicyTypes.sort() }),
    );
    drafts.roots.connect({ type: 'CONTAINS', from: head.arn, to: Arn, properties: {} });
    parents.push({ arn: Arn, id: Id }, ...(await readUnits(context, drafts, { arn: Arn, id: Id })));
  }
  if (found.ok === true) await readAccounts(context, head, drafts.accounts, parents);
  return [drafts.roots.toPart(), drafts.units.toPart(), drafts.accounts.toPart()];
}

/** The units below a parent, and theirs. */
async function readUnits(context: ReaderContext, drafts: Drafts, parent: Parent): Promise<readonly Parent[]> {
  const action = 'organizations:ListOrganizationalUnitsForParent';
  const units = await list(context, action, organizationalUnit.label, parent, listUnits);
  if (units.ok === false) drafts.accounts.listed(units);
  const found = await context.each(drafts.units.listed(units), async ({ Arn, Id, Name }) => {
    const seenBelow = Id === undefined ? undefined : drafts.parentOf.get(Id);
    if (Arn === undefined || Id === undefined || seenBelow === parent.id) return [];
    // No unit is in two places: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_ous.html
    if (seenBelow !== undefined) {
      refuseCircle(context, drafts, action, Arn);
      return [];
    }
    drafts.parentOf.set(Id, parent.id);
    drafts.units.add(organizationalUnit.node(Arn, { name: Name, unitId: Id }));
    drafts.units.connect({ type: 'CONTAINS', from: parent.arn, to: Arn, properties: {} });
    return [{ arn: Arn, id: Id }, ...(await readUnits(context, drafts, { arn: Arn, id: Id }))];
  });
  return found.flat();
}

/** All accounts in pages of the whole; where those do not tell the branches, branch by branch. */
async function readAccounts(
  context: ReaderContext,
  head: Head,
  draft: Draft,
  parents: readonly Parent[],
): Promise<void> {
  const call = { action: 'organizations:ListAccounts', resource: awsAccount.label, arn: head.arn } as const;
  const listed = await context.attempt(call, () => listAll(context.client(OrganizationsClient)));
  const placed = listed.ok === true ? placeAll(listed.value, parents) : undefined;
  if (placed) {
    for (const { account, parent } of placed) addAccount(draft, head, parent, account);
    return;
  }
  // Nothing is unknown for it, but somebody can mend it.
  if (listed.ok === false && /^denied/.test(listed.gap.reason)) draft.miss(listed.gap);
  await context.each(parents, async (parent) => {
    const accounts = await list(context, 'organizations:ListAccountsForParent', awsAccount.label, parent, listAccounts);
    for (const account of draft.listed(accounts)) addAccount(draft, head, parent, account);
  });
}

/** Each account with the branch that it is in, if that is known of every one: `o-1/r-1/ou-1/111122223333/`. */
function placeAll(accounts: readonly Account[], parents: readonly Parent[]) {
  const byId = new Map(parents.map((parent) => [parent.id, parent]));
  const placed = accounts.map((account) => {
    const [path = ''] = account.Paths ?? [];
    const id = path.split('/').findLast((part) => /^(r|ou)-/.test(part));
    return { account, parent: byId.get(id ?? '') };
  });
  // An organization has one account at least: its own.
  return placed.length > 0 && placed.every(isPlaced) ? placed : undefined;
}

function isPlaced(one: {
  readonly account: Account;
  readonly parent: Parent | undefined;
}): one is { readonly account: Account; readonly parent: Parent } {
  return one.parent !== undefined;
}

function refuseCircle({ place }: ReaderContext, { units, accounts }: Drafts, action: Action, arn: string): void {
  const message = `the unit \`${arn}\` is listed below two parents`;
  const resource = organizationalUnit.label;
  const gap: Gap = { place, resource, action, arn, reason: 'malformed', message };
  for (const draft of [units, accounts]) draft.listed({ ok: false, gap });
}

function addAccount(draft: Draft, head: Head, parent: Parent, account: Account): void {
  const { Id } = account;
  if (Id === undefined) return;
  draft.add(
    awsAccount.node(Id, {
      arn: account.Arn,
      name: account.Name,
      email: account.Email,
      // `State` is the newer of the two: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
      status: account.State ?? account.Status,
      joinedAt: account.JoinedTimestamp?.toISOString(),
      joinedMethod: account.JoinedMethod,
      organizationId: head.id,
      management: Id === head.managementAccount,
    }),
  );
  draft.connect({ type: 'CONTAINS', from: parent.arn, to: Id, properties: {} });
}

async function list<Item>(
  context: ReaderContext,
  action: Action,
  resource: string,
  parent: Parent,
  read: (client: OrganizationsClient, parent: string) => Promise<Item[]>,
) {
  const about = { action, resource, arn: parent.arn } as const;
  const listed = await context.attempt(about, () => read(context.client(OrganizationsClient), parent.id));
  // A branch that is gone by now was emptied before: what was in it may be in a branch that was read already.
  return mustExist(listed, { place: context.place, ...about });
}

async function listAll(client: OrganizationsClient): Promise<Account[]> {
  const all: Account[] = [];
  for await (const page of paginateListAccounts({ client, pageSize: 20 }, {})) all.push(...(page.Accounts ?? []));
  return all;
}

async function listAccounts(client: OrganizationsClient, ParentId: string): Promise<Account[]> {
  const all: Account[] = [];
  const pages = paginateListAccountsForParent({ client, pageSize: 20 }, { ParentId });
  for await (const page of pages) all.push(...(page.Accounts ?? []));
  return all;
}

async function listUnits(client: OrganizationsClient, ParentId: string): Promise<OrganizationalUnit[]> {
  const all: OrganizationalUnit[] = [];
  const pages = paginateListOrganizationalUnitsForParent({ client, pageSize: 20 }, { ParentId });
  for await (const page of pages) all.push(...(page.OrganizationalUnits ?? []));
  return all;
}
