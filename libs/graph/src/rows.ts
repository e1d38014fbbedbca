import { createHash } from 'node:crypto';
import {
  type GraphEdge,
  type GraphNode,
  type Held,
  type Properties,
  type ScopeRecord,
  canonicalEdge,
  canonicalNode,
  canonicalScope,
  scopeKey,
} from '@ag/model';
import neo4j from 'neo4j-driver';

/** Properties of ours on every node; a definition's own may not be called so. */
export const nodeBookkeeping = ['id', 'label', 'aliases', 'scopes', 'contentHash', 'firstSeenAt'] as const;
export const edgeBookkeeping = ['key', 'scopes', 'contentHash', 'firstSeenAt'] as const;

/** What a node is written as. */
export interface NodeRow {
  readonly id: string;
  readonly hash: string;
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface EdgeRow {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly hash: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface ScopeRow {
  readonly id: string;
  readonly hash: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export function toNodeRow(held: Held<GraphNode>): NodeRow {
  const node = canonicalNode(held);
  const hash = hashOf(node);
  refuseReserved(node.id, node.properties, nodeBookkeeping);
  const bookkeeping = {
    id: node.id,
    label: node.labels[0],
    scopes: node.scopes,
    contentHash: hash,
    ...(node.aliases && { aliases: node.aliases }),
  };
  return { id: node.id, hash, labels: node.labels, properties: { ...toNeo4j(node.properties), ...bookkeeping } };
}

export function toEdgeRow(held: Held<GraphEdge>): EdgeRow {
  const edge = canonicalEdge(held);
  const hash = hashOf(edge);
  refuseReserved(edge.type, edge.properties, edgeBookkeeping);
  const { type, from, to, key = '' } = edge;
  const bookkeeping = { key, scopes: edge.scopes, contentHash: hash };
  return { type, from, to, key, hash, properties: { ...toNeo4j(edge.properties), ...bookkeeping } };
}

/** A scope that was read in the run itself says no run and no time, so that it stays as it is from run to run. */
export function toScopeRow(record: ScopeRecord, run: string): ScopeRow {
  const { scope, state, readInRun, readInNumber, readAt, gaps } = canonicalScope(record);
  const id = scopeKey(scope);
  const properties = {
    id,
    connection: scope.connection,
    ...scope.place,
    resource: scope.resource,
    state,
    gaps: gaps.map((gap) => JSON.stringify(gap)),
    ...(readInRun !== run && { readInRun, readAt, ...(readInNumber !== undefined && { readInNumber }) }),
  };
  const hash = hashOf(properties);
  return { id, hash, properties: { ...toNeo4j(properties), contentHash: hash } };
}

// The driver writes every JavaScript number as a float; what is whole shall be whole for people who write Cypher.
function toNeo4j(properties: Properties): Record<string, unknown> {
  const values: Record<string, unknown> = { ...properties };
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) values[name] = neo4j.int(value);
  }
  return values;
}

function refuseReserved(of: string, properties: Properties, reserved: readonly string[]): void {
  const taken = reserved.find((name) => name in properties);
  if (taken !== undefined) throw new Error(`\`${of}\` has a property \`${taken}\`, a name that the graph itself uses`);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
