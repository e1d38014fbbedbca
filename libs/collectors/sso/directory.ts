import {
  type ExternalId,
  type Group,
  type GroupMembership,
  IdentitystoreClient,
  type User,
  paginateListGroupMemberships,
  paginateListGroups,
  paginateListUsers,
} from '@aws-sdk/client-identitystore';
import { type Draft, type ReaderContext, mustExist } from '@ag/resource';
import type { DirectoryPrincipal } from './assignments-of-principals.ts';
import { identityCenterGroup, identityCenterUser } from './node-types.ts';

export function userId(id: string): string {
  return `arn:aws:identitystore:::user/${id}`;
}

export function groupId(id: string): string {
  return `arn:aws:identitystore:::group/${id}`;
}

interface Store {
  readonly store: string;
  readonly region: string;
}

/**
 * Reads people, groups and who is in which. A membership belongs to the scope of the users. Answers with all principals, or with
 * `undefined` where some may be missing.
 */
export async function readDirectory(
  context: ReaderContext,
  { store, region }: Store,
  drafts: { readonly users: Draft; readonly groups: Draft },
): Promise<readonly DirectoryPrincipal[] | undefined> {
  const client = context.client(IdentitystoreClient, region);
  const { account } = context.place;
  // A listing writes its tokens into its input: one of its own for each.
  const toInput = () => ({ IdentityStoreId: store });

  const { place } = context;
  const listedUsers = await context.attempt(
    { action: 'identitystore:ListUsers', resource: identityCenterUser.label },
    async () => {
      const all: User[] = [];
      for await (const page of paginateListUsers({ client, pageSize: 100 }, toInput())) all.push(...(page.Users ?? []));
      return all;
    },
  );
  const resource = identityCenterUser.label;
  const users = mustExist(listedUsers, { place, resource, action: 'identitystore:ListUsers' });
  for (const user of drafts.users.listed(users))
    if (user.UserId !== undefined) drafts.users.add(toUser(user, user.UserId));

  const listedGroups = await context.attempt(
    { action: 'identitystore:ListGroups', resource: identityCenterGroup.label },
    async () => {
      const all: Group[] = [];
      for await (const page of paginateListGroups({ client, pageSize: 100 }, toInput()))
        all.push(...(page.Groups ?? []));
      return all;
    },
  );
  const groups = mustExist(listedGroups, {
    place,
    resource: identityCenterGroup.label,
    action: 'identitystore:ListGroups',
  });
  // Without the groups nobody knows who is in them.
  if (groups.ok === false) drafts.users.listed(groups);
  await context.each(drafts.groups.listed(groups), async ({ GroupId, DisplayName, Description, ExternalIds }) => {
    if (GroupId === undefined) return;
    const id = groupId(GroupId);
    const externalIds = toTexts(ExternalIds);
    const values = { name: DisplayName, description: Description, account, identityStoreId: store, externalIds };
    drafts.groups.add(identityCenterGroup.node(id, values));
    const members = await context.attempt(
      { action: 'identitystore:ListGroupMemberships', resource: identityCenterUser.label, arn: id },
      () => listMembers(client, store, GroupId),
    );
    for (const { MemberId } of drafts.users.listed(members)) {
      const from = MemberId?.UserId;
      if (from !== undefined) drafts.users.connect({ type: 'MEMBER_OF', from: userId(from), to: id, properties: {} });
    }
  });

  if (users.ok !== true || groups.ok !== true) return undefined;
  return [
    ...users.value.flatMap(({ UserId: id }) => (id === undefined ? [] : [{ id, type: 'USER' } as const])),
    ...groups.value.flatMap(({ GroupId: id }) => (id === undefined ? [] : [{ id, type: 'GROUP' } as const])),
  ];

  function toUser({ UserName, DisplayName, Emails = [], UserStatus, ExternalIds }: User, id: string) {
    const email = (Emails.find(({ Primary }) => Primary) ?? Emails[0])?.Value;
    return identityCenterUser.node(userId(id), {
      name: UserName,
      displayName: DisplayName,
      email,
      status: UserStatus,
      account,
      identityStoreId: store,
      externalIds: toTexts(ExternalIds),
    });
  }
}

async function listMembers(client: IdentitystoreClient, store: string, group: string): Promise<GroupMembership[]> {
  const all: GroupMembership[] = [];
  const pages = paginateListGroupMemberships({ client, pageSize: 100 }, { IdentityStoreId: store, GroupId: group });
  for await (const page of pages) all.push(...(page.GroupMemberships ?? []));
  return all;
}

function toTexts(ids: readonly ExternalId[] | undefined): readonly string[] | undefined {
  return ids?.map(({ Issuer, Id }) => `${Issuer ?? ''}=${Id ?? ''}`).sort();
}
