import { findArn, type GraphNode, uncollectedLabel, type Unknown } from '@ag/model';
import { matchesAction, type Policy, type Statement } from '@ag/policy';
import type { GraphData } from './graph-data.ts';
import type { PolicyReading, PolicyTable } from './policy-table.ts';
import { listOf, textOf } from './properties.ts';

// What a resource stands in, whose policy decides about the resource as well, by the edge that leads there.
const containers: ReadonlyMap<string, string> = new Map([
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
  ['EcrRepository', 'IN_REGISTRY'],
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
  ['EventBridgeRule', 'ON_BUS'],
  // https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html
  ['GlueDatabase', 'IN_CATALOG'],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html
  ['S3TablesTable', 'IN_TABLE_BUCKET'],
]);

/** The kind of the policy that a resource carries. */
export function attachedKind(node: GraphNode | undefined): 'resource' | 'trust' | 'accessPoint' {
  if (node?.labels.includes('IamRole')) return 'trust';
  const isPoint = node?.labels.includes('S3AccessPoint') || node?.labels.includes('S3MultiRegionAccessPoint');
  return isPoint ? 'accessPoint' : 'resource';
}

/** The text of the policy that a resource carries. */
export function attachedText(node: GraphNode | undefined): string | undefined {
  return textOf(node, `${attachedKind(node)}Policy`);
}

/** The policies that decide about a resource, as one: its own, and that of what it stands in. */
export interface AttachedPolicies {
  readonly policy?: Policy;
  readonly unread: readonly Unknown[];
  /** The documents, as AWS stores them. */
  readonly texts: readonly string[];
}

export function readAttachedPolicies(data: GraphData, policies: PolicyTable, node: GraphNode): AttachedPolicies {
  const own = policies.readAttached(node);
  const around = containersOf(data, node).map((id) => readContainer(data, policies, id));
  const readings = [own, ...around.map(({ reading }) => reading)];
  const read = readings.flatMap(({ policy }) => policy ?? []);
  const joined = join(node.id, read);
  return {
    ...(joined.policy && { policy: joined.policy }),
    unread: [...readings.flatMap(({ unread }) => unread ?? []), ...(joined.unread ? [joined.unread] : [])],
    texts: [attachedText(node), ...around.map(({ text }) => text)].flatMap((text) => text ?? []),
  };
}

function containersOf(data: GraphData, node: GraphNode): readonly string[] {
  const edge = containers.get(node.labels[0]);
  return edge === undefined ? [] : data.edgesFrom(edge, node.id).map(({ to }) => to);
}

function readContainer(
  data: GraphData,
  policies: PolicyTable,
  id: string,
): { readonly reading: PolicyReading; readonly text?: string | undefined } {
  const node = data.nodes.get(id);
  if (!node || node.labels.includes(uncollectedLabel)) {
    const reason = `\`${id}\`, whose policy has a say as well, was not read`;
    return { reading: { unread: { layer: 'resource', id, reason } } };
  }
  const reading = policies.readAttached(node);
  return {
    reading: node.labels.includes('EcrRegistry') ? ofRegistry(node, reading) : reading,
    text: attachedText(node),
  };
}

const firstScope = ['ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'];

/**
 * The first version of a registry's policy speaks of three actions only, whatever it says.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
 */
function ofRegistry(node: GraphNode, reading: PolicyReading): PolicyReading {
  const { policy } = reading;
  if (!policy) return reading;
  const action = 'ecr:GetAccountSetting';
  if (listOf(node, 'unread').includes(action)) {
    const reason = `which actions the policy of \`${node.id}\` speaks of could not be read`;
    return { unread: { layer: 'resource', id: node.id, action, reason } };
  }
  if (textOf(node, 'policyScope') !== 'V1') return reading;
  const statements = policy.document.statements.flatMap(({ actions, notActions, ...rest }): readonly Statement[] => {
    const named = (patterns: readonly string[] | undefined, name: string) =>
      (patterns ?? []).some((pattern) => matchesAction(pattern, name));
    const left = firstScope.filter((name) => (actions ? named(actions, name) : !named(notActions, name)));
    return left.length === 0 ? [] : [{ ...rest, actions: left }];
  });
  return { policy: { ...policy, document: { ...policy.document, statements } } };
}

/** Policies that decide together are one whose statements each know where they stand. */
function join(id: string, policies: readonly Policy[]): PolicyReading {
  const [first, ...others] = policies;
  if (!first) return {};
  if (others.length === 0) return { policy: first };
  // Only in the newer version is `${…}` a variable (VA1).
  const older = policies.filter(({ document }) => document.version !== '2012-10-17');
  const differ = older.length > 0 && older.length < policies.length;
  if (differ && older.some(({ document }) => JSON.stringify(document).includes('${'))) {
    const reason = `the policies that decide about \`${id}\` have different versions, and one of them holds \`\${\``;
    return { unread: { layer: 'resource', id, reason } };
  }
  const version = older.length === policies.length ? '2008-10-17' : '2012-10-17';
  const statements = policies.flatMap((policy) =>
    policy.document.statements.map((statement) => ({ ...statement, holder: policy.id })),
  );
  return { policy: { id, kind: first.kind, document: { version, statements } } };
}

/** The service whose actions a resource's policy has a say in. */
export function serviceOfPolicy(node: GraphNode): string | undefined {
  if (node.labels.includes('IamRole')) return 'sts';
  // The API is managed by one service and called through another.
  if (node.labels.includes('ApiGatewayRestApi') || node.labels.includes('ApiGatewayHttpApi')) return 'execute-api';
  return findArn(node.id)?.service;
}
