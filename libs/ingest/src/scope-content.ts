import {
  type Gap,
  type GapReason,
  type GraphEdge,
  type GraphNode,
  type Place,
  type ScopeContent,
  type ScopeState,
  accountOf,
  findArn,
} from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import type { Failure } from './classify-error.ts';

/** Where and when something was read. */
export interface Attempted {
  readonly connection: string;
  readonly place: Place;
  /** When reading began: what was made later may be missing. */
  readonly readAt: string;
}

/**
 * A scope as one attempt left it: each thing once, in one order, with the edges from the accounts that own its resources. Equal
 * answers give equal contents, whatever the order they came in.
 */
export function toScopeContent(part: CollectedPart, { connection, place, readAt }: Attempted): ScopeContent {
  const nodes = unique(part.nodes, (node) => node.id).map((node) => withOwner(node, place));
  const owned = nodes.flatMap((node) => ownerEdge(node, place));
  return {
    scope: { connection, place, resource: part.resource },
    state: part.state,
    readAt,
    nodes,
    edges: unique([...part.edges, ...owned], edgeKey),
    gaps: unique(part.gaps, (gap) => [gap.action, gap.arn ?? '', gap.reason, gap.message].join(' ')),
  };
}

/** A scope of which nothing was read, and why. */
export function toUnreadContent(
  attempted: Attempted,
  { resource, state, gap }: { resource: string; state: ScopeState; gap: Omit<Gap, 'place' | 'resource'> },
): ScopeContent {
  const { place } = attempted;
  const gaps = [{ place, resource, ...gap }];
  return toScopeContent({ resource, state, nodes: [], edges: [], gaps }, attempted);
}

/** The gap that a failure leaves. */
export function toGap(failure: Failure, about: Omit<Gap, 'reason' | 'message'>): Gap {
  return { ...about, reason: reasonOf(failure), message: failure.message };
}

/** Why something is not known, after a failure that is not an answer about the resource. */
export function reasonOf({ kind }: Failure): GapReason {
  switch (kind) {
    case 'interrupted':
      return 'notCollected';
    // A listing that is not there at all: the service answered, and not with a list.
    case 'notFound':
      return 'unexpected';
    case 'denied':
    case 'deniedByScp':
    case 'throttled':
    case 'network':
    case 'timeout':
    case 'expiredCredentials':
    case 'regionDisabled':
    case 'malformed':
    case 'notCollected':
    case 'held':
    case 'unexpected':
      return kind;
  }
}

/** The state of a scope whose listing failed before anything was read. */
export function stateOf(failure: Failure): ScopeState {
  return failure.kind === 'interrupted' ? 'skipped' : reasonOf(failure);
}

function withOwner(node: GraphNode, place: Place): GraphNode {
  const owner = findOwner(node, place);
  if (owner === undefined || node.properties['account'] !== undefined) return node;
  return { ...node, properties: { ...node.properties, account: owner } };
}

function ownerEdge(node: GraphNode, place: Place): GraphEdge[] {
  const owner = findOwner(node, place);
  return owner === undefined ? [] : [{ type: 'OWNS', from: owner, to: node.id, properties: {} }];
}

/** The account in the ARN, since what is listed may be shared by another; else the one that was asked. AWS's own has none. */
function findOwner(node: GraphNode, place: Place): string | undefined {
  if (!node.labels.includes('AwsResource')) return undefined;
  if (findArn(node.id)?.account === 'aws') return undefined;
  return accountOf(node.id) ?? (/^\d{12}$/.test(place.account) ? place.account : undefined);
}

function edgeKey({ type, from, to, key }: GraphEdge): string {
  return [type, from, to, key ?? ''].join(' ');
}

/** Each key once, sorted by it. Of two values with one key the smaller text stays, so that their order does not matter. */
function unique<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const kept = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    const other = kept.get(key);
    if (other === undefined || JSON.stringify(value) < JSON.stringify(other)) kept.set(key, value);
  }
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
