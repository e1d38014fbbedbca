import {
  type AccountAssignment,
  type InstanceMetadata,
  SSOAdminClient,
  paginateListAccountAssignments,
} from '@aws-sdk/client-sso-admin';
import type { Gap } from '@ag/model';
import type { Draft, ReaderContext } from '@ag/resource';
import { type DirectoryPrincipal, isCheaperByPrincipal, listByPrincipal } from './assignments-of-principals.ts';
import { groupId, userId } from './directory.ts';
import { permissionSet } from './node-types.ts';

/** An instance of Identity Center and where it can be asked. */
export interface Instance {
  readonly arn: string;
  readonly store: string;
  readonly region: string;
  readonly metadata: InstanceMetadata;
}

/** A permission set as far as its roles in accounts depend on it. */
export interface KnownSet {
  readonly arn: string;
  readonly name: string;
  readonly customerManagedPolicies: readonly string[];
  readonly boundaryPolicy: string | undefined;
}

export interface AssignmentDrafts {
  readonly sets: Draft;
  readonly users: Draft;
  readonly groups: Draft;
}

/** One permission set in one account. */
interface Pair {
  readonly account: string;
  readonly set: KnownSet;
  /** Another name of the role that Identity Center made of it there: the IAM reader gives it to exactly that role. */
  readonly role: string;
}

/**
 * Reads who is assigned what, by principal or by account × permission set, whichever is fewer calls. Which sets are in an account
 * its roles tell for nothing; where the roles were not all read, every set is asked for.
 */
export async function readAssignments(
  context: ReaderContext,
  instance: Instance,
  sets: readonly KnownSet[],
  drafts: AssignmentDrafts,
  principals: readonly DirectoryPrincipal[] | undefined,
): Promise<void> {
  const provisioned = new Set(context.read('IamRole').flatMap(({ aliases = [] }) => aliases));
  const { accounts, gap } = accountsOf(context);
  // Where there are accounts that nobody knows of, who is assigned what in them is unknown, too.
  if (gap) for (const draft of [drafts.sets, drafts.users, drafts.groups]) draft.listed({ ok: false, gap });
  const pairs = accounts.flatMap((account) => {
    const all = sets.map((set) => toPair(account, set));
    const sure = context.isComplete?.(account, 'IamRole') ?? false;
    return sure ? all.filter(({ role }) => provisioned.has(role)) : all;
  });

  if (isCheaperByPrincipal(context, principals, pairs.length)) {
    const listed = await listByPrincipal(context, instance, principals);
    if (listed.ok === true) {
      const assigned = new Map<string, AccountAssignment[]>();
      for (const one of listed.value) {
        const key = `${one.AccountId ?? ''} ${one.PermissionSetArn ?? ''}`;
        assigned.set(key, [...(assigned.get(key) ?? []), one]);
      }
      const every = accounts.flatMap((account) => sets.map((set) => toPair(account, set)));
      for (const pair of every) add(pair, assigned.get(`${pair.account} ${pair.set.arn}`) ?? []);
      return;
    }
    // Nothing is unknown for it, since there is the other way. What somebody can mend is told.
    if (listed.ok === false && /^denied/.test(listed.gap.reason)) drafts.sets.miss(listed.gap);
  }
  await context.each(pairs, async (pair) => {
    const listed = await context.attempt(
      { action: 'sso:ListAccountAssignments', resource: permissionSet.label, arn: pair.set.arn },
      () => listAssignments(context, instance, pair),
    );
    // Who is missing is unknown: neither the users nor the groups are complete then, nor where the set is.
    for (const draft of [drafts.sets, drafts.users, drafts.groups]) if (listed.ok === false) draft.listed(listed);
    add(pair, listed.ok === true ? listed.value : []);
  });

  function add(pair: Pair, assignments: readonly AccountAssignment[]): void {
    for (const assignment of assignments) connect(drafts, pair, assignment);
    if (assignments.length > 0 || provisioned.has(pair.role)) connectRole(context, drafts.sets, pair);
  }
}

function toPair(account: string, set: KnownSet): Pair {
  return { account, set, role: `permission-set-role:${account}/${set.name}` };
}

/** Accounts of the organization as far as it was read, whichever of them this run looks into. */
function accountsOf(context: ReaderContext): { readonly accounts: readonly string[]; readonly gap?: Gap } {
  const nodes = context.read('AwsAccount');
  const closed = new Set(nodes.filter(({ properties }) => properties['status'] === 'SUSPENDED').map(({ id }) => id));
  const known = nodes.map(({ id }) => id).filter((id) => !closed.has(id));
  const accounts = [...new Set([...context.accounts, ...known])].sort();
  if (context.isComplete?.(context.place.account, 'AwsAccount') !== false) return { accounts };
  const message = 'the organization may have accounts that could not be listed';
  const { place } = context;
  const action = 'sso:ListAccountAssignments';
  return { accounts, gap: { place, resource: permissionSet.label, action, reason: 'notCollected', message } };
}

async function listAssignments(context: ReaderContext, instance: Instance, { account, set }: Pair) {
  const all: AccountAssignment[] = [];
  const client = context.client(SSOAdminClient, instance.region);
  const input = { InstanceArn: instance.arn, AccountId: account, PermissionSetArn: set.arn };
  for await (const page of paginateListAccountAssignments({ client, pageSize: 100 }, input)) {
    all.push(...(page.AccountAssignments ?? []));
  }
  return all;
}

function connect(drafts: AssignmentDrafts, { account, set, role }: Pair, assignment: AccountAssignment): void {
  const { PrincipalId, PrincipalType } = assignment;
  if (PrincipalId === undefined) return;
  const properties = { permissionSet: set.arn, account };
  const edge = { type: 'ASSIGNED', to: role, key: set.arn, properties };
  if (PrincipalType === 'GROUP') drafts.groups.connect({ ...edge, from: groupId(PrincipalId) });
  else drafts.users.connect({ ...edge, from: userId(PrincipalId) });
}

/** What the permission set is in the account: a role, with policies that the account must have under the same names. */
function connectRole(context: ReaderContext, draft: Draft, { account, set, role }: Pair): void {
  const { arn: from, customerManagedPolicies, boundaryPolicy } = set;
  const policyArn = `arn:${context.place.partition}:iam::${account}:policy`;
  draft.connect({ type: 'PROVISIONED_AS', from, to: role, properties: { account } });
  for (const policy of customerManagedPolicies) {
    draft.connect({ type: 'HAS_POLICY', from, to: `${policyArn}${policy}`, properties: { account } });
  }
  if (boundaryPolicy?.startsWith('/')) {
    draft.connect({ type: 'BOUNDED_BY', from, to: `${policyArn}${boundaryPolicy}`, properties: { account } });
  }
}
