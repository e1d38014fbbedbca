import { type GraphSource, edgeKey } from '@ag/model';
import type { Database } from './database.ts';
import type { Changes } from './graph.ts';
import { heldEdges, heldNodes, heldScopes } from './publish.queries.ts';
import { type EdgeRow, type NodeRow, type ScopeRow, toEdgeRow, toNodeRow, toScopeRow } from './rows.ts';

/** What has to be written so that Neo4j equals a snapshot. */
export interface Delta {
  readonly nodes: PartDelta<NodeRow, { readonly id: string }>;
  readonly edges: PartDelta<EdgeRow, { readonly element: string; readonly hash: string }>;
  readonly scopes: PartDelta<ScopeRow, { readonly id: string }>;
  /** Rows in all. */
  readonly size: number;
}

export interface PartDelta<Row, Removal> {
  readonly rows: readonly Row[];
  readonly removals: readonly Removal[];
  readonly changes: Changes;
}

/** Compares by content hash; both sides are streamed, and only keys and differences are held. */
export async function findDelta(database: Database, snapshot: GraphSource): Promise<Delta> {
  const run = await snapshot.run();
  const nodes = await compare(
    await readHeld(database.stream<{ id: string; hash: string | null }>(heldNodes), ({ id }) => id),
    snapshot.nodes(),
    toNodeRow,
    ({ id }) => id,
  );
  const edges = await compare(
    await readHeld(database.stream<HeldEdge>(heldEdges), ({ type, from, to, key }) =>
      edgeKey({ type, from, to, key: key ?? '' }),
    ),
    snapshot.edges(),
    toEdgeRow,
    edgeKey,
  );
  const scopes = await compare(
    await readHeld(database.stream<{ id: string; hash: string | null }>(heldScopes), ({ id }) => id),
    snapshot.scopes(),
    (record) => toScopeRow(record, run.id),
    ({ id }) => id,
  );
  const removedEdges = edges.removals.map(({ element, hash }) => ({ element, hash: hash ?? '' }));
  const size = [nodes, edges, scopes].reduce((sum, part) => sum + part.rows.length + part.removals.length, 0);
  return { nodes, edges: { ...edges, removals: removedEdges }, scopes, size };
}

interface HeldEdge {
  readonly [name: string]: string | null;
  readonly element: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly key: string | null;
  readonly hash: string | null;
}

async function readHeld<Row>(rows: AsyncIterable<Row>, keyOf: (row: Row) => string): Promise<Map<string, Row>> {
  const held = new Map<string, Row>();
  for await (const row of rows) held.set(keyOf(row), row);
  return held;
}

async function compare<Value, Row extends { readonly hash: string }, Held extends { readonly hash: string | null }>(
  held: Map<string, Held>,
  wanted: AsyncIterable<Value>,
  toRow: (value: Value) => Row,
  keyOf: (row: Row) => string,
): Promise<PartDelta<Row, Held>> {
  const rows: Row[] = [];
  let created = 0;
  for await (const value of wanted) {
    const row = toRow(value);
    const key = keyOf(row);
    const before = held.get(key);
    held.delete(key);
    if (before?.hash === row.hash) continue;
    rows.push(row);
    if (!before) created += 1;
  }
  const removals = [...held.values()];
  return { rows, removals, changes: { created, updated: rows.length - created, removed: removals.length } };
}
