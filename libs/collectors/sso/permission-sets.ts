import {
  type AttachedManagedPolicy,
  type CustomerManagedPolicyReference,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  SSOAdminClient,
  paginateListCustomerManagedPolicyReferencesInPermissionSet,
  paginateListManagedPoliciesInPermissionSet,
  paginateListPermissionSets,
} from '@aws-sdk/client-sso-admin';
import type { Gap } from '@ag/model';
import { type Action, type Attempt, type ReaderContext, mustExist, policyNodes } from '@ag/resource';
import type { AssignmentDrafts, Instance, KnownSet } from './assignments.ts';
import { permissionSet } from './node-types.ts';

const resource = permissionSet.label;

/** Reads each permission set with every kind of policy that it has, and answers with those whose name is known. */
export async function readPermissionSets(
  context: ReaderContext,
  instance: Instance,
  drafts: AssignmentDrafts,
): Promise<readonly KnownSet[]> {
  const client = context.client(SSOAdminClient, instance.region);
  const listed = await context.attempt({ action: 'sso:ListPermissionSets', resource }, async () => {
    const all: string[] = [];
    const pages = paginateListPermissionSets({ client, pageSize: 100 }, { InstanceArn: instance.arn });
    for await (const page of pages) all.push(...(page.PermissionSets ?? []));
    return all;
  });
  const found = mustExist(listed, { place: context.place, resource, action: 'sso:ListPermissionSets' });
  if (found.ok === false) markAssigned(drafts, found);
  const known = await context.each(drafts.sets.listed(found), (arn) =>
    readPermissionSet(context, client, instance, arn, drafts),
  );
  return known.flat();
}

async function readPermissionSet(
  context: ReaderContext,
  client: SSOAdminClient,
  instance: Instance,
  arn: string,
  drafts: AssignmentDrafts,
): Promise<readonly KnownSet[]> {
  // A copy for each listing: the SDK's paginators write their token into it.
  const input = { InstanceArn: instance.arn, PermissionSetArn: arn };
  const draft = drafts.sets;
  const gaps: Gap[] = [];
  async function ask<Value>(action: Action, read: () => Promise<Value>): Promise<Value | undefined> {
    const attempt: Attempt<Value> = await context.attempt({ action, resource, arn }, read);
    if (attempt.ok === false) gaps.push(attempt.gap);
    return attempt.ok === true ? attempt.value : undefined;
  }

  const described = await context.attempt({ action: 'sso:DescribePermissionSet', resource, arn }, async () => {
    const answer = await client.send(new DescribePermissionSetCommand(input));
    return answer.PermissionSet ?? {};
  });
  if (described.ok === 'notFound') return [];
  // Without its name nobody knows which roles it is, and so nobody knows who is assigned to what: the listing is not complete.
  if (!described.ok) {
    draft.listed(described);
    markAssigned(drafts, described);
  }
  const set = described.ok ? described.value : {};

  const managed = await ask('sso:ListManagedPoliciesInPermissionSet', async () => {
    const all: AttachedManagedPolicy[] = [];
    const pages = paginateListManagedPoliciesInPermissionSet({ client, pageSize: 100 }, { ...input });
    for await (const page of pages) all.push(...(page.AttachedManagedPolicies ?? []));
    return [...new Set(all.flatMap(({ Arn }) => Arn ?? []))].sort();
  });
  const customer = await ask('sso:ListCustomerManagedPolicyReferencesInPermissionSet', async () => {
    const all: CustomerManagedPolicyReference[] = [];
    const pages = paginateListCustomerManagedPolicyReferencesInPermissionSet({ client, pageSize: 100 }, { ...input });
    for await (const page of pages) all.push(...(page.CustomerManagedPolicyReferences ?? []));
    return [...new Set(all.map(toPathAndName))].sort();
  });
  const inline = await ask('sso:GetInlinePolicyForPermissionSet', async () => {
    const answer = await client.send(new GetInlinePolicyForPermissionSetCommand(input));
    // AWS answers with an empty text where there is none.
    return answer.InlinePolicy === '' ? undefined : answer.InlinePolicy;
  });
  const boundary = await ask('sso:GetPermissionsBoundaryForPermissionSet', async () => {
    const answer = await client.send(new GetPermissionsBoundaryForPermissionSetCommand(input));
    return answer.PermissionsBoundary;
  });
  const boundaryPolicy =
    boundary?.ManagedPolicyArn ??
    (boundary?.CustomerManagedPolicyReference && toPathAndName(boundary.CustomerManagedPolicyReference));

  const statements = inline === undefined ? undefined : policyNodes(arn, 'identity', inline);
  if (statements?.ok === false) {
    const message = `cannot read the inline policy of \`${arn}\`: ${statements.reason}`;
    const action = 'sso:GetInlinePolicyForPermissionSet';
    gaps.push({ place: context.place, resource, action, arn, reason: 'malformed', message });
  }
  draft.add(
    permissionSet.node(
      arn,
      {
        name: set.Name,
        description: set.Description,
        createdAt: set.CreatedDate?.toISOString(),
        sessionDuration: set.SessionDuration,
        account: instance.metadata.OwnerAccountId ?? context.place.account,
        region: instance.region,
        managedPolicies: managed,
        customerManagedPolicies: customer,
        boundaryPolicy,
        document: statements?.ok ? inline : undefined,
      },
      {
        unread: [...(described.ok ? [] : [described.gap.action]), ...gaps.map((gap) => gap.action)],
        unreadPolicies: gaps.some(({ action }) => action === 'sso:GetInlinePolicyForPermissionSet') ? ['identity'] : [],
      },
    ),
  );
  if (statements?.ok) for (const node of statements.nodes) draft.add(node);
  if (statements?.ok) for (const edge of statements.edges) draft.connect(edge);
  draft.connect({ type: 'CONTAINS', from: instance.arn, to: arn, properties: {} });
  for (const to of managed ?? []) draft.connect({ type: 'HAS_POLICY', from: arn, to, properties: {} });
  if (boundaryPolicy?.startsWith('arn:')) {
    draft.connect({ type: 'BOUNDED_BY', from: arn, to: boundaryPolicy, properties: {} });
  }
  for (const gap of gaps) draft.miss(gap);
  return set.Name === undefined
    ? []
    : [{ arn, name: set.Name, customerManagedPolicies: customer ?? [], boundaryPolicy }];
}

/** Who is assigned a set that is not known is not known either: users and groups depend on the sets (I2). */
function markAssigned({ users, groups }: AssignmentDrafts, failed: Attempt<never> & { readonly ok: false }): void {
  for (const draft of [users, groups]) draft.listed(failed);
}

function toPathAndName({ Path, Name }: CustomerManagedPolicyReference): string {
  return `${Path ?? '/'}${Name ?? ''}`;
}
