import { type GraphSource, edgeKey } from '@ag/model';
import type { Database } from './database.ts';
import type { Changes } from './graph.ts';
import { heldEdges, heldNodes, heldScopes } from './publish.queries.ts';
import { type EdgeRow, type NodeRow, type ScopeRow, toEdgeRow, toNodeRow, toScopeRow } from './rows.ts';

/** What has to be written so that Neo4j equals a snapshot. */
export interface Delta {
  readonly nodes: PartDelta<NodeRow, HeldNode>;
  readonly edges: PartDelta<EdgeRow, HeldEdge>;
  readonly scopes: PartDelta<ScopeRow, HeldById>;
  /** Rows in all. */
  readonly size: number;
}

export interface PartDelta<Row, Held> {
  readonly creations: readonly Row[];
  readonly updates: readonly { readonly row: Row; readonly before: Held }[];
  readonly removals: readonly Held[];
}

/** How many of what. */
export function countChanges({ creations, updates, removals }: PartDelta<unknown, unknown>): Changes {
  return { created: creations.length, updated: updates.length, removed: removals.length };
}

/** The same of nodes: one that took the name of another is made, and the other is gone (I11). */
export function countNodeChanges(nodes: Delta['nodes']): Changes {
  const { created, updated, removed } = countChanges(nodes);
  const successors = nodes.updates.filter(({ row, before }) =>
    isSuccessor(before.uniqueId, row.properties['uniqueId']),
  );
  const { length } = successors;
  return { created: created + length, updated: updated - length, removed: removed + length };
}

function isSuccessor(before: string | null, after: unknown): boolean {
  return before !== null && after !== undefined && before !== after;
}

/** Compares by content hash; both sides are streamed, and only keys and differences are held. */
export async function findDelta(database: Database, snapshot: GraphSource): Promise<Delta> {
  const run = await snapshot.run();
  const nodes = await compare(
    await readHeld(database.stream<HeldNode>(heldNodes), ({ id }) => id),
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
    await readHeld(database.stream<HeldById>(heldScopes), ({ id }) => id),
    snapshot.scopes(),
    (record) => toScopeRow(record, run.id),
    ({ id }) => id,
  );
  const size = [nodes, edges, scopes]
    .map(countChanges)
    .reduce((sum, { created, updated, removed }) => sum + created + updated + removed, 0);
  return { nodes, edges, scopes, size };
}

interface HeldById {
  readonly [name: string]: string | null;
  readonly id: string;
  readonly hash: string | null;
}

interface HeldNode extends HeldById {
  readonly uniqueId: string | null;
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
  const creations: Row[] = [];
  const updates: { row: Row; before: Held }[] = [];
  for await (const value of wanted) {
    const row = toRow(value);
    const key = keyOf(row);
    const before = held.get(key);
    held.delete(key);
    if (!before) creations.push(row);
    else if (before.hash !== row.hash) updates.push({ row, before });
  }
  return { creations, updates, removals: [...held.values()] };
}
