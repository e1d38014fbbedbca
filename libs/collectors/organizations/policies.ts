import {
  DescribePolicyCommand,
  OrganizationsClient,
  type PolicySummary,
  type PolicyTargetSummary,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import type { Gap } from '@ag/model';
import { type CollectedPart, type Draft, type ReaderContext, draftPart, policyNodes } from '@ag/resource';
import type { serviceControlPolicy } from './node-types.ts';

/** SCPs and RCPs have the same properties. */
type PolicyType = typeof serviceControlPolicy;

interface Kind {
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly kind: 'scp' | 'rcp';
}

/** Reads the policies of one type with their documents, and what each applies to: there are far fewer policies than targets. */
export async function readPolicies(context: ReaderContext, node: PolicyType, kind: Kind): Promise<CollectedPart> {
  const draft = draftPart(node.label);
  const client = context.client(OrganizationsClient);
  const listed = await context.attempt({ action: 'organizations:ListPolicies', resource: node.label }, async () => {
    const all: PolicySummary[] = [];
    const pages = paginateListPolicies({ client, pageSize: 20 }, { Filter: kind.type });
    for await (const page of pages) all.push(...(page.Policies ?? []));
    return all;
  });
  await context.each(draft.listed(listed), async (policy) => {
    if (policy.Arn === undefined || policy.Id === undefined) return;
    await readDocument(context, draft, node, kind, { ...policy, Arn: policy.Arn, Id: policy.Id });
    await readTargets(context, draft, node, { arn: policy.Arn, id: policy.Id });
  });
  return draft.toPart();
}

async function readDocument(
  context: ReaderContext,
  draft: Draft,
  type: PolicyType,
  { kind }: Kind,
  { Arn, Id, Name, Description, AwsManaged }: PolicySummary & { readonly Arn: string; readonly Id: string },
): Promise<void> {
  const call = { action: 'organizations:DescribePolicy', resource: type.label, arn: Arn } as const;
  const described = await context.attempt(call, async () => {
    const answer = await context.client(OrganizationsClient).send(new DescribePolicyCommand({ PolicyId: Id }));
    return answer.Policy?.Content ?? '';
  });
  // Deleted since it was listed.
  if (described.ok === 'notFound') return;
  const values = {
    name: Name,
    policyId: Id,
    description: Description === '' ? undefined : Description,
    managedBy: AwsManaged ? 'aws' : 'customer',
  };
  const statements = described.ok === true ? policyNodes(Arn, kind, described.value) : undefined;
  if (described.ok === true && statements?.ok) {
    draft.add(type.node(Arn, { ...values, document: described.value }));
    for (const statement of statements.nodes) draft.add(statement);
    for (const edge of statements.edges) draft.connect(edge);
    return;
  }
  const message = `cannot read the policy \`${Arn}\`: ${statements?.ok === false ? statements.reason : 'no document'}`;
  const malformed: Gap = { ...call, place: context.place, reason: 'malformed', message };
  draft.miss(described.ok === false ? described.gap : malformed);
  draft.add(type.node(Arn, values, { unread: [call.action], unreadPolicies: [kind] }));
}

/** Without its targets nobody knows whom a policy limits, so that a failure here leaves the whole scope incomplete. */
async function readTargets(
  context: ReaderContext,
  draft: Draft,
  { label }: PolicyType,
  { arn, id }: { readonly arn: string; readonly id: string },
): Promise<void> {
  const client = context.client(OrganizationsClient);
  const listed = await context.attempt(
    { action: 'organizations:ListTargetsForPolicy', resource: label, arn },
    async () => {
      const all: PolicyTargetSummary[] = [];
      const pages = paginateListTargetsForPolicy({ client, pageSize: 20 }, { PolicyId: id });
      for await (const page of pages) all.push(...(page.Targets ?? []));
      return all;
    },
  );
  for (const { Arn, TargetId, Type } of draft.listed(listed)) {
    // Accounts are known by their 12 digits, roots and units by their ARNs.
    const to = Type === 'ACCOUNT' ? TargetId : Arn;
    if (to !== undefined) draft.connect({ type: 'APPLIES_TO', from: arn, to, properties: {} });
  }
}
