import {
  type Account,
  type OrganizationalUnit,
  OrganizationsClient,
  type Root,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
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
  readonly roots: Draft;
  readonly units: Draft;
  readonly accounts: Draft;
}

/**
 * Reads the tree from the top, two listings for each branch. An edge belongs to the scope of what is below: whoever may list
 * units and not accounts still knows the units.
 */
export async function readTree(context: ReaderContext, head: Head): Promise<readonly CollectedPart[]> {
  const drafts = {
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

  for (const { Arn, Id, Name, PolicyTypes = [] } of drafts.roots.listed(found)) {
    if (Arn === undefined || Id === undefined) continue;
    const enabledPolicyTypes = PolicyTypes.flatMap(({ Type, Status }) => (Type && Status === 'ENABLED' ? [Type] : []));
    drafts.roots.add(
      organizationRoot.node(Arn, { name: Name, rootId: Id, enabledPolicyTypes: enabledPolicyTypes.sort() }),
    );
    drafts.roots.connect({ type: 'CONTAINS', from: head.arn, to: Arn, properties: {} });
    await readBelow(context, head, drafts, { arn: Arn, id: Id });
  }
  return [drafts.roots.toPart(), drafts.units.toPart(), drafts.accounts.toPart()];
}

async function readBelow(context: ReaderContext, head: Head, drafts: Drafts, parent: Parent): Promise<void> {
  const accounts = await list(context, 'organizations:ListAccountsForParent', awsAccount.label, parent, listAccounts);
  for (const account of drafts.accounts.listed(accounts)) addAccount(drafts.accounts, head, parent, account);

  const action = 'organizations:ListOrganizationalUnitsForParent';
  const units = await list(context, action, organizationalUnit.label, parent, listUnits);
  if (units.ok === false) drafts.accounts.listed(units);
  await context.each(drafts.units.listed(units), async ({ Arn, Id, Name }) => {
    if (Arn === undefined || Id === undefined) return;
    drafts.units.add(organizationalUnit.node(Arn, { name: Name, unitId: Id }));
    drafts.units.connect({ type: 'CONTAINS', from: parent.arn, to: Arn, properties: {} });
    await readBelow(context, head, drafts, { arn: Arn, id: Id });
  });
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
