import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import { type Gap, type GraphEdge, accountOf, findArn, rootArn } from '@ag/model';
import type { Reader, ReaderContext } from '@ag/resource';
import type { PolicyDetails } from './authorization-details-shape.ts';
import { fromAwsManagedPolicies } from './from-authorization-details.ts';
import { iamPolicy } from './policies.ts';

const resource = iamPolicy.label;
const listAction = 'iam:GetAccountAuthorizationDetails';

/**
 * The documents of AWS-managed policies that somebody has, once for the whole organization: they are the same in every account.
 * One listing gives all that an account has attached; a policy that no such listing is worth takes two calls.
 */
export const awsManagedPolicies: Reader = {
  name: 'iam/aws-managed-policies',
  description: 'Documents of the AWS-managed policies that are in use anywhere in the organization.',
  scope: 'final',
  types: [iamPolicy],
  actions: [listAction, 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  needs: { edges: { HAS_POLICY: toUse, BOUNDED_BY: toUse } },

  async read(context) {
    const uses = findUses(context);
    const found = new Map<string, PolicyDetails>();
    const gaps: Gap[] = [];

    for (const account of accountsWorthListing(uses)) {
      const listed = await context.attempt({ action: listAction, resource }, () => listIn(context, account));
      // Not a gap yet: each policy can still be had by itself.
      if (listed.ok !== true) continue;
      for (const policy of listed.value) {
        if (policy.Arn === undefined) continue;
        // A new version may reach one account before another.
        const known = found.get(policy.Arn);
        if (!known || versionOf(policy) > versionOf(known)) found.set(policy.Arn, policy);
      }
    }
    const rest = [...uses.keys()].filter((arn) => !found.has(arn)).sort();
    for (const one of await context.each(rest, (arn) => readPolicy(context, arn))) {
      if (one.ok === true && one.value.Arn !== undefined) found.set(one.value.Arn, one.value);
      if (one.ok === false) gaps.push(one.gap);
    }

    const part = fromAwsManagedPolicies(
      [...found.values()].filter(({ Arn }) => Arn !== undefined && uses.has(Arn)),
      {
        ...context.place,
        account: 'aws',
      },
    );
    return [{ ...part, state: gaps[0]?.reason ?? 'complete', gaps: [...part.gaps, ...gaps] }];
  },
};

/** That somebody in an account has the policy: who does not matter, and there may be a hundred thousand of them. */
function toUse({ type, from, to }: GraphEdge): GraphEdge | undefined {
  if (findArn(to)?.account !== 'aws') return undefined;
  const account = accountOf(from);
  return { type, from: account === undefined ? '' : rootArn(account), to, properties: {} };
}

/** Each AWS-managed policy in use, with the accounts whose users, groups and roles have it. */
function findUses(context: ReaderContext): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  for (const { from, to } of [...context.readEdges('HAS_POLICY'), ...context.readEdges('BOUNDED_BY')]) {
    const accounts = uses.get(to) ?? new Set<string>();
    uses.set(to, accounts);
    const account = accountOf(from);
    if (account !== undefined) accounts.add(account);
  }
  return uses;
}

/** The fewest accounts, as far as a greedy choice finds them, that between them have every policy which several calls would cost. */
export function accountsWorthListing(uses: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const left = new Map<string, Set<string>>();
  for (const [arn, accounts] of uses) {
    for (const account of accounts) left.set(account, (left.get(account) ?? new Set()).add(arn));
  }
  const chosen: string[] = [];
  for (;;) {
    const [best] = [...left].sort(([a, ofA], [b, ofB]) => ofB.size - ofA.size || (a < b ? -1 : 1));
    // One policy by itself takes two calls, a listing one for each of its pages; it carries old versions too, so not for one.
    if (!best || best[1].size < 2) return chosen;
    const [account, covered] = best;
    chosen.push(account);
    left.delete(account);
    for (const policies of left.values()) for (const arn of covered) policies.delete(arn);
  }
}

/** Versions count up: `v3`. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
function versionOf({ DefaultVersionId = 'v0' }: PolicyDetails): number {
  return Number(DefaultVersionId.slice(1));
}

async function listIn(context: ReaderContext, account: string): Promise<PolicyDetails[]> {
  const policies: PolicyDetails[] = [];
  const client = context.client(IAMClient, undefined, account);
  const pages = paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, { Filter: ['AWSManagedPolicy'] });
  for await (const page of pages) policies.push(...(page.Policies ?? []));
  return policies;
}

async function readPolicy(context: ReaderContext, arn: string) {
  const client = context.client(IAMClient);
  const read = await context.attempt({ action: 'iam:GetPolicy', resource, arn }, async () => {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
    return Policy ?? {};
  });
  if (read.ok !== true) return read;
  const { Path, PolicyName, CreateDate, UpdateDate, DefaultVersionId } = read.value;
  return context.attempt({ action: 'iam:GetPolicyVersion', resource, arn }, async (): Promise<PolicyDetails> => {
    const command = new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: DefaultVersionId });
    const { PolicyVersion } = await client.send(command);
    const version = { VersionId: DefaultVersionId, IsDefaultVersion: true, Document: PolicyVersion?.Document };
    return { Arn: arn, Path, PolicyName, CreateDate, UpdateDate, DefaultVersionId, PolicyVersionList: [version] };
  });
}
