import { fromAuthorizationDetails, fromAwsManagedPolicies } from '@ag/collectors/iam/from-authorization-details';
import { type GraphEdge, type GraphNode, type GraphSource, type Place, type ScopeContent, rootArn } from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import { awsManaged, managedArn } from './aws-managed.ts';
import { choicesOf } from './choices.ts';
import { closeScopes, generatedRun, toSource } from './close.ts';
import { controlPolicies, controlPolicyArn } from './control-policies.ts';
import { type Texts, createTexts } from './document.ts';
import { identitiesOf } from './identities.ts';
import { type OrganizationOptions, profiles } from './options.ts';
import { type Plan, type PlannedAccount, branchesOf, planOrganization } from './plan.ts';
import { resourceParts } from './resource-nodes.ts';

/**
 * An organization made by chance, the same for the same seed: accounts in a tree, people's and machines' identities with AWS's
 * own and other policies, resources with theirs, SCPs and RCPs, tags, and what could not be read, as the collectors yield it.
 */
export function generateOrganization(options: OrganizationOptions): GraphSource {
  const { size, knobs } = profiles[options.profile ?? 'hard'];
  const { seed, accounts = size.accounts, principals = size.principals, buckets = size.buckets } = options;
  const { others = size.others } = options;
  const wanted = { ...knobs, ...options.knobs };
  const plan = planOrganization(seed, { accounts, principals, buckets, others }, wanted);
  return toSource(closeScopes(contentsOf(plan, options.statements ?? false)));
}

function* contentsOf(plan: Plan, statements: boolean): Generator<ScopeContent> {
  const texts = createTexts();
  for (const part of organizationParts(plan, texts)) yield toContent(plan.managementAccount, part, statements);
  yield toContent(
    plan.managementAccount,
    fromAwsManagedPolicies(managedDetails(texts), globalPlace('aws')),
    statements,
  );
  for (const account of plan.collected) {
    const parts = [
      ...fromAuthorizationDetails(identitiesOf(plan, account, texts), globalPlace(account.id)),
      rootUser(account),
      ...resourceParts(plan, account, texts),
    ];
    for (const part of parts) yield toContent(account.id, owned(account, denied(plan, account, part)), statements);
  }
}

/** A whole listing may have been denied: nothing of it is known then. */
function denied({ seed, knobs }: Plan, { id }: PlannedAccount, part: CollectedPart): CollectedPart {
  if (!choicesOf(seed, `scope ${id} ${part.resource}`).chance(knobs.deniedScopes)) return part;
  const message = `not authorized to list ${part.resource}`;
  const gap = { place: globalPlace(id), resource: part.resource, action: 'none', reason: 'denied' as const, message };
  return { ...part, state: 'denied', nodes: [], edges: [], gaps: [gap] };
}

/** Every resource is its account's, as a run has it. */
function owned({ id }: PlannedAccount, part: CollectedPart): CollectedPart {
  const resources = part.nodes.filter(({ labels }) => labels.includes('AwsResource'));
  return { ...part, edges: [...part.edges, ...resources.map((node) => owns(id, node.id))] };
}

function toContent(account: string, part: CollectedPart, statements: boolean): ScopeContent {
  const { resource, state, nodes, edges, gaps } = part;
  return {
    scope: { connection: 'organization', place: globalPlace(account), resource },
    state,
    readAt: generatedRun.startedAt,
    nodes: statements ? nodes : nodes.filter(({ labels }) => labels[0] !== 'PolicyStatement'),
    edges: statements ? edges : edges.filter(({ type }) => type !== 'HAS_STATEMENT'),
    gaps,
  };
}

function globalPlace(account: string): Place {
  return { partition: 'aws', account, region: 'global' };
}

function rootUser({ id }: PlannedAccount): CollectedPart {
  const node: GraphNode = {
    id: rootArn(id),
    labels: ['AwsRootUser', 'AwsResource', 'Principal'],
    properties: { account: id, name: 'root' },
  };
  return complete('AwsRootUser', [node], []);
}

function owns(account: string, to: string): GraphEdge {
  return { type: 'OWNS', from: account, to, properties: {} };
}

function managedDetails(texts: Texts) {
  return Object.entries(awsManaged).map(([name, statements]) => ({
    Arn: managedArn(name),
    PolicyName: name,
    Path: '/',
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: texts.of(statements) }],
  }));
}

/** The tree, its accounts, and the policies that are attached to them. */
function organizationParts(plan: Plan, texts: Texts): readonly CollectedPart[] {
  const branches = [plan.root, ...plan.units];
  const policies = controlPolicies(choicesOf(plan.seed, 'control'), plan);
  const accounts = plan.accounts.map(({ id, name, management }) => ({
    id,
    labels: ['AwsAccount', 'AwsResource'] as const,
    properties: { name, management, organizationId: plan.organization },
  }));
  const containment = [
    ...plan.units.map(({ arn, parent }) => contains(parent?.arn ?? plan.root.arn, arn)),
    ...plan.accounts.map((account) => contains(branchesOf(account).at(-1)?.arn ?? plan.root.arn, account.id)),
  ];
  const ofKind = (kind: 'service' | 'resource', label: string): CollectedPart => {
    const own = policies.filter((policy) => policy.kind === kind);
    const nodes = own.map((policy): GraphNode => ({
      id: controlPolicyArn(plan, policy),
      labels: [label, 'AwsResource'],
      properties: { name: policy.name, document: texts.of(policy.statements) },
    }));
    const edges = own.flatMap((policy) =>
      policy.targets.map((to) => ({ type: 'APPLIES_TO', from: controlPolicyArn(plan, policy), to, properties: {} })),
    );
    return complete(label, nodes, edges);
  };
  return [
    complete('OrganizationRoot', branches.slice(0, 1).map(toBranch('OrganizationRoot')), []),
    complete('OrganizationalUnit', branches.slice(1).map(toBranch('OrganizationalUnit')), []),
    complete('AwsAccount', accounts, containment),
    ofKind('service', 'ServiceControlPolicy'),
    ofKind('resource', 'ResourceControlPolicy'),
  ];
}

function toBranch(label: string): (branch: Plan['root']) => GraphNode {
  return ({ arn, name }) => ({ id: arn, labels: [label, 'AwsResource'], properties: { name } });
}

function contains(from: string, to: string): GraphEdge {
  return { type: 'CONTAINS', from, to, properties: {} };
}

function complete(resource: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): CollectedPart {
  return { resource, state: 'complete', nodes, edges, gaps: [] };
}
