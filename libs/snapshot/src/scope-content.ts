import { type GraphEdge, type GraphNode, type Held, type PropertyValue, edgeKey } from '@ag/model';
import { mergeEdges, mergeNodes } from './merge.ts';
import { isPolicyPart } from './policy-part.ts';

/** The nodes and edges of one scope, each once. */
export interface Content {
  readonly nodes: ReadonlyMap<string, Held<GraphNode>>;
  readonly edges: ReadonlyMap<string, Held<GraphEdge>>;
}

/** What one attempt brought; the same thing yielded twice is merged, in whatever order. */
export function toContent(key: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Content {
  const scopes = [key];
  return {
    nodes: collect<Held<GraphNode>>(
      nodes.map((node) => ({ ...node, scopes })),
      ({ id }) => id,
      (copies) => mergeNodes(copies.map((value) => ({ value, read: { readAt: '' } }))),
    ),
    edges: collect<Held<GraphEdge>>(
      edges.map((edge) => ({ ...edge, scopes })),
      edgeKey,
      (copies) => mergeEdges(copies.map((value) => ({ value, read: { readAt: '' } }))),
    ),
  };
}

/**
 * What a complete attempt makes of what was known. Edges, policies and properties follow it at once. A node that it
 * does not see is kept once more, without edges and policies, since IAM's lists lag behind: gone is what two complete
 * attempts in a row do not see.
 */
export function confirmAbsence(before: Content, now: Content, at: string): Content {
  const nodes = new Map(now.nodes);
  for (const [id, node] of before.nodes) {
    if (nodes.has(id) || node.properties['missingSince'] !== undefined || isPolicyPart(id)) continue;
    nodes.set(id, toMissing(node, at));
  }
  return { nodes, edges: now.edges };
}

/** What a broken attempt adds to an earlier broken one: only a complete attempt may remove anything. */
export function addPartial(before: Content, now: Content): Content {
  return {
    nodes: new Map([...before.nodes, ...now.nodes]),
    edges: new Map([...before.edges, ...now.edges]),
  };
}

/**
 * What a complete attempt makes of what AWS owns, such as its managed policies: a run asks only for what its own accounts
 * use, and what other accounts use may not go for that. What was read now takes the place of all that was known of it.
 */
export function keepOthers(before: Content, now: Content): Content {
  const isNew = (id: string) => now.nodes.has(id) || now.nodes.has(id.split('#')[0] ?? id);
  return {
    nodes: new Map([...[...before.nodes].filter(([id]) => !isNew(id)), ...now.nodes]),
    edges: new Map([...[...before.edges].filter(([, { from }]) => !isNew(from)), ...now.edges]),
  };
}

/** What lets anyone do anything: a missing node loses it. The names are those that definitions use. */
const granting = new Set([
  'document',
  'resourcePolicy',
  'trustPolicy',
  'endpointPolicy',
  'accessPointPolicy',
  'grants',
  'acl',
]);

function toMissing(node: Held<GraphNode>, at: string): Held<GraphNode> {
  const kept = Object.entries(node.properties).filter(([name]) => !granting.has(name));
  const properties: Record<string, PropertyValue> = { ...Object.fromEntries(kept), missingSince: at };
  return { ...node, properties };
}

function collect<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
  merge: (copies: readonly Value[]) => Value,
): ReadonlyMap<string, Value> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return new Map([...groups].map(([key, copies]) => [key, merge(copies)]));
}
