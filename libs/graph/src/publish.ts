import type { GraphSource, RunInfo } from '@ag/model';
import { type Database, type Writing, isTooLarge } from './database.ts';
import { type Delta, type PartDelta, countChanges, countNodeChanges, findDelta } from './delta.ts';
import type { Lease, PublishOptions, PublishSummary } from './graph.ts';
import { inFence } from './lease.ts';
import {
  createEdges,
  markLoading,
  pointToRun,
  removeEdges,
  removeNodes,
  removeScopes,
  updateEdges,
  writeNodes,
  writeScopes,
} from './publish.queries.ts';
import type { EdgeRow } from './rows.ts';

/** The rows of one statement. */
interface Step {
  readonly rows: readonly unknown[];
  readonly write: (transaction: Writing, rows: readonly unknown[]) => Promise<void>;
}

const rowsOfStatement = 5_000;

/**
 * Makes the graph equal to the snapshot. Readers see the old graph or the new one, or `(:Current {loading: true})`, which
 * is short where the change fits into one transaction. A publication that was interrupted needs no
 * repair: the next one finds what still differs.
 */
export async function publishSnapshot(
  database: Database,
  snapshot: GraphSource,
  lease: Lease,
  { limit = 100_000, batch = 20_000, onBatch = () => undefined }: PublishOptions = {},
): Promise<PublishSummary> {
  const run = await snapshot.run();
  const delta = await findDelta(database, snapshot);
  const steps = toSteps(delta, run);
  const transactions = await writeSteps();
  return {
    run: run.id,
    nodes: countNodeChanges(delta.nodes),
    edges: countChanges(delta.edges),
    scopes: countChanges(delta.scopes),
    transactions,
    unchanged: delta.size === 0,
  };

  async function writeSteps(): Promise<number> {
    if (delta.size === 0) {
      await inFence(database, lease, (transaction) => point(transaction, run));
      return 1;
    }
    // Not in the transaction of the change: Neo4j shows a commit part by part while it is applied, the pointer perhaps first.
    await inFence(database, lease, (transaction) => transaction.run(markLoading));
    if (delta.size <= limit) {
      try {
        await inFence(database, lease, async (transaction) => {
          for (const step of steps) await writeStep(transaction, step);
        });
        await inFence(database, lease, (transaction) => point(transaction, run));
        return 3;
      } catch (error) {
        if (!isTooLarge(error)) throw error;
      }
    }
    const batches = steps.flatMap((step) => split(step.rows, batch).map((rows) => ({ ...step, rows })));
    let done = 0;
    for (const step of batches) {
      await inFence(database, lease, (transaction) => writeStep(transaction, step));
      done += step.rows.length;
      onBatch({ rows: done, of: delta.size });
    }
    await inFence(database, lease, (transaction) => point(transaction, run));
    return batches.length + 2;
  }
}

// Nodes first, edges after; what goes, goes last, so that a reader of a half-loaded graph misses little.
function toSteps({ nodes, edges, scopes }: Delta, run: RunInfo): readonly Step[] {
  const at = run.startedAt;
  const plain = (query: string) => async (transaction: Writing, rows: readonly unknown[]) => {
    await transaction.run(query, { rows, at });
  };
  return [
    { rows: allRows(nodes), write: plain(writeNodes) },
    ...[...byType(edges.creations)].map(([type, rows]): Step => ({
      rows,
      write: async (transaction, some) => {
        const { records } = await transaction.run<{ written: number }>(createEdges, { rows: some, type, at });
        const written = records[0]?.get('written') ?? 0;
        if (written !== some.length) throw new Error(`${some.length - written} edges \`${type}\` lead to no node`);
      },
    })),
    {
      rows: edges.updates.map(({ row, before }) => ({
        ...row,
        element: before.element,
        formerHash: before.hash ?? '',
      })),
      write: plain(updateEdges),
    },
    {
      rows: edges.removals.map(({ element, hash }) => ({ element, formerHash: hash ?? '' })),
      write: plain(removeEdges),
    },
    { rows: nodes.removals, write: plain(removeNodes) },
    { rows: allRows(scopes), write: plain(writeScopes) },
    { rows: scopes.removals, write: plain(removeScopes) },
  ];
}

function allRows<Row>({ creations, updates }: PartDelta<Row, unknown>): readonly Row[] {
  return [...creations, ...updates.map(({ row }) => row)];
}

async function writeStep(transaction: Writing, { rows, write }: Step): Promise<void> {
  for (const some of split(rows, rowsOfStatement)) {
    await write(transaction, some);
  }
}

async function point(transaction: Writing, { id, number, startedAt, finishedAt }: RunInfo): Promise<void> {
  await transaction.run(pointToRun, { id, number: number ?? null, startedAt, finishedAt });
}

function byType(rows: readonly EdgeRow[]): ReadonlyMap<string, readonly EdgeRow[]> {
  const groups = new Map<string, EdgeRow[]>();
  for (const row of rows) {
    const group = groups.get(row.type);
    if (group) group.push(row);
    else groups.set(row.type, [row]);
  }
  return groups;
}

function split<Row>(rows: readonly Row[], size: number): readonly (readonly Row[])[] {
  const parts: (readonly Row[])[] = [];
  for (let at = 0; at < rows.length; at += size) parts.push(rows.slice(at, at + size));
  return parts;
}
