import type { Gap } from './gap.ts';
import type { GraphEdge, GraphNode, Held } from './graph.ts';
import { scopeKey, type ScopeRecord } from './scope.ts';

/**
 * Orders text by code point, as Neo4j does; `<` compares UTF-16 units, which differ beyond the basic plane.
 * Everything that promises an order uses this one.
 */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

// Surrogates stand for code points above all others.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** What makes two edges the same, as one word that sorts as edges do: by tail, type, head and key. */
export function edgeKey(edge: Pick<GraphEdge, 'type' | 'from' | 'to' | 'key'>): string {
  return [edge.from, edge.type, edge.to, edge.key ?? ''].join('\u0000');
}

/** Equal nodes as equal values: labels, properties, aliases and scopes in one order. */
export function canonicalNode(node: Held<GraphNode>): Held<GraphNode> {
  const [own, ...roles] = node.labels;
  const aliases = distinct(node.aliases ?? []);
  return {
    id: node.id,
    labels: [own, ...distinct(roles).filter((role) => role !== own)],
    properties: sortKeys(node.properties),
    ...(aliases.length > 0 && { aliases }),
    scopes: distinct(node.scopes),
  };
}

/** Equal edges as equal values. */
export function canonicalEdge(edge: Held<GraphEdge>): Held<GraphEdge> {
  return {
    type: edge.type,
    from: edge.from,
    to: edge.to,
    ...(edge.key !== undefined && edge.key !== '' && { key: edge.key }),
    properties: sortKeys(edge.properties),
    scopes: distinct(edge.scopes),
  };
}

/** Equal gaps as equal values. */
export function canonicalGap(gap: Gap): Gap {
  return {
    place: { partition: gap.place.partition, account: gap.place.account, region: gap.place.region },
    resource: gap.resource,
    action: gap.action,
    ...(gap.arn !== undefined && { arn: gap.arn }),
    reason: gap.reason,
    message: gap.message,
  };
}

/** Equal records as equal values: gaps in one order, each once. */
export function canonicalScope(record: ScopeRecord): ScopeRecord {
  const { connection, place, resource } = record.scope;
  const gaps = new Map(record.gaps.map((gap) => [JSON.stringify(canonicalGap(gap)), canonicalGap(gap)]));
  return {
    scope: {
      connection,
      place: { partition: place.partition, account: place.account, region: place.region },
      resource,
    },
    state: record.state,
    readInRun: record.readInRun,
    ...(record.readInNumber !== undefined && { readInNumber: record.readInNumber }),
    readAt: record.readAt,
    gaps: [...gaps].sort(([a], [b]) => compareText(a, b)).map(([, gap]) => gap),
  };
}

/** Compares two records by their scope. */
export function compareScopes(a: ScopeRecord, b: ScopeRecord): number {
  return compareText(scopeKey(a.scope), scopeKey(b.scope));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

function sortKeys<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}
