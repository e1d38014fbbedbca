import type { GraphNode, Held, ScopeRecord, Unknown } from '@ag/model';
import { compareText } from '@ag/model';
import type { Level, Policy } from '@ag/policy';
import type { GraphData } from './graph-data.ts';
import type { PolicyTable } from './policy-table.ts';
import { flagOf, listOf, textOf } from './properties.ts';

/** What an account's organization puts on it. */
export interface AccountFacts {
  readonly id: string;
  readonly name?: string;
  readonly management: boolean;
  readonly organization?: { readonly id: string; readonly path: string };
  /** Root first, account last; undefined where there is no organization, or none of the kind is in use. */
  readonly scp?: readonly Level[];
  readonly rcp?: readonly Level[];
  /** SCPs and RCPs that nobody could read. */
  readonly unread: readonly Unknown[];
  /** Nothing says whether it is in an organization: nobody looked. */
  readonly organizationNotCollected: boolean;
}

type OrganizationPolicyKind = 'scp' | 'rcp';

export const organizationLabels: readonly string[] = [
  'Organization',
  'OrganizationRoot',
  'OrganizationalUnit',
  'AwsAccount',
  'ServiceControlPolicy',
  'ResourceControlPolicy',
];

const policyLabel = { scp: 'ServiceControlPolicy', rcp: 'ResourceControlPolicy' } as const;

/** What is known of one account's place in an organization. */
export function readAccount(data: GraphData, policies: PolicyTable, id: string): AccountFacts {
  const node = data.nodes.get(id);
  const chain = chainTo(data, id);
  const organization = organizationOf(node, chain);
  const name = textOf(node, 'name');
  const known = {
    id,
    management: flagOf(node, 'management') ?? isManagement(node, id),
    ...(name !== undefined && { name }),
  };

  if (organization === undefined) return { ...known, ...readOutside(data, node, id) };
  const scp = readLevels({ data, policies, node, id, chain, kind: 'scp' });
  const rcp = readLevels({ data, policies, node, id, chain, kind: 'rcp' });
  return {
    ...known,
    organization,
    ...(scp.levels && { scp: scp.levels }),
    ...(rcp.levels && { rcp: withRcpFullAccess(policies, rcp.levels) }),
    unread: [...scp.unread, ...rcp.unread],
    organizationNotCollected: false,
  };
}

/** The root, the OUs and the account: where policies are attached, as nodes' ids. */
function chainTo(data: GraphData, account: string): readonly string[] {
  const chain = [account];
  for (let parent = parentOf(data, account); parent !== undefined; parent = parentOf(data, parent)) {
    if (chain.includes(parent)) break;
    chain.unshift(parent);
  }
  return chain;
}

/** The organization itself is above its root, and carries no policies. */
function parentOf(data: GraphData, id: string): string | undefined {
  const parent = data.edgesTo('CONTAINS', id)[0]?.from;
  return parent !== undefined && data.nodes.get(parent)?.labels.includes('Organization') ? undefined : parent;
}

// A path reads `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`, without the account.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
function organizationOf(node: GraphNode | undefined, chain: readonly string[]): AccountFacts['organization'] {
  const above = chain.slice(0, -1);
  const id = textOf(node, 'organizationId') ?? above.map((arn) => /\/(o-[a-z0-9]+)\//.exec(arn)?.[1]).find(Boolean);
  if (id === undefined) return undefined;
  return { id, path: [id, ...above.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)), ''].join('/') };
}

/** The account in whose name the organization's ARNs are is the management account. */
function isManagement(node: GraphNode | undefined, id: string): boolean {
  return textOf(node, 'arn')?.split(':')[4] === id;
}

function readOutside(data: GraphData, node: Held<GraphNode> | undefined, id: string) {
  const records = recordsFor(
    data,
    node,
    id,
    organizationLabels.filter((label) => label !== 'AwsAccount'),
  );
  const failed = records.find(({ state }) => state !== 'complete');
  const unread: Unknown[] = [];
  if (failed) {
    const reason = `whether account ${id} is in an organization could not be read (${failed.state})`;
    for (const layer of ['scp', 'rcp'] as const) {
      unread.push({ layer, id, action: 'organizations:DescribeOrganization', reason });
    }
  }
  return { unread, organizationNotCollected: records.length === 0 };
}

/** The scopes of some labels in the connections through which an account is known. */
function recordsFor(
  data: GraphData,
  node: { readonly scopes?: readonly string[] } | undefined,
  account: string,
  labels: readonly string[],
): readonly ScopeRecord[] {
  const connections = new Set((node?.scopes ?? []).map((key) => key.slice(0, key.indexOf('/'))));
  for (const { scope } of data.scopes) if (scope.place.account === account) connections.add(scope.connection);
  return data.scopes.filter(({ scope }) => labels.includes(scope.resource) && connections.has(scope.connection));
}

function readLevels(options: {
  readonly data: GraphData;
  readonly policies: PolicyTable;
  readonly node: Held<GraphNode> | undefined;
  readonly id: string;
  readonly chain: readonly string[];
  readonly kind: OrganizationPolicyKind;
}): { readonly levels?: readonly Level[]; readonly unread: readonly Unknown[] } {
  const { data, policies, node, id, chain, kind } = options;
  const label = policyLabel[kind];
  if (isDisabled(data, chain, kind)) return { unread: [] };
  const unread: Unknown[] = [];
  const levels = chain.map((target): Level => ({ target, policies: readTarget(target) }));
  const records = recordsFor(data, node, id, [label]);
  const complete = records.length > 0 && records.every(({ state }) => state === 'complete');
  const attached = levels.some((level) => level.policies.length > 0) || unread.length > 0;

  if (!attached && !complete) {
    const state = records.find((record) => record.state !== 'complete')?.state ?? 'not collected';
    const kindName = kind === 'scp' ? 'service control' : 'resource control';
    const reason = `the ${kindName} policies of account ${id} could not be read (${state})`;
    return { unread: [{ layer: kind, id, action: 'organizations:ListPolicies', reason }] };
  }
  // Once the policy type is enabled, every target has at least one; where no target of the tree has any, it is not enabled.
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_attach.html
  if (!attached && data.labelled(label).every((policy) => data.edgesFrom('APPLIES_TO', policy.id).length === 0)) {
    return { unread };
  }
  return { levels, unread };

  function readTarget(target: string): readonly Policy[] {
    return data
      .edgesTo('APPLIES_TO', target)
      .map((edge) => edge.from)
      .filter((policy) => isOfKind(data.nodes.get(policy), policy, label))
      .sort(compareText)
      .flatMap((policy) => {
        const reading = policies.readDocument(data.nodes.get(policy), policy, kind);
        if (reading.unread) unread.push(reading.unread);
        return reading.policy ? [reading.policy] : [];
      });
  }
}

/** Policies of a type that the root does not name as enabled are not in force, attached or not. */
function isDisabled(data: GraphData, chain: readonly string[], kind: OrganizationPolicyKind): boolean {
  const root = data.nodes.get(chain[0] ?? '');
  if (root?.properties['enabledPolicyTypes'] === undefined) return false;
  const type = kind === 'scp' ? 'SERVICE_CONTROL_POLICY' : 'RESOURCE_CONTROL_POLICY';
  return !listOf(root, 'enabledPolicyTypes').includes(type);
}

/** A policy that nobody read has only its ARN to tell its kind. */
function isOfKind(node: GraphNode | undefined, id: string, label: string): boolean {
  if (node && !node.labels.includes('Uncollected')) return node.labels.includes(label);
  return id.includes(label === 'ServiceControlPolicy' ? 'service_control_policy' : 'resource_control_policy');
}

/**
 * `RCPFullAWSAccess` is attached at every level and cannot be detached (OR10), so it stands where a listing leaves it out.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function withRcpFullAccess(policies: PolicyTable, levels: readonly Level[]): readonly Level[] {
  const id = 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess';
  const full = policies.readDocument(
    { id, labels: [policyLabel.rcp], properties: { document: rcpFullAccess } },
    id,
    'rcp',
  );
  return levels.map((level) => {
    if (!full.policy || level.policies.some((policy) => policy.id.endsWith('p-RCPFullAWSAccess'))) return level;
    return { target: level.target, policies: [...level.policies, full.policy] };
  });
}

const rcpFullAccess = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});
