import type { GraphSource, RunInfo } from '@ag/model';
import { type ManagedTransaction, Neo4jError } from 'neo4j-driver';
import type { Database } from './database.ts';
import { type Delta, findDelta } from './delta.ts';
import type { Lease, PublishOptions, PublishSummary } from './graph.ts';
import { inFence } from './lease.ts';
import {
  markLoading,
  pointToRun,
  removeEdges,
  removeNodes,
  removeScopes,
  writeEdges,
  writeNodes,
  writeScopes,
} from './publish.queries.ts';
import type { EdgeRow } from './rows.ts';

/** The rows of one statement. */
interface Step {
  readonly rows: readonly unknown[];
  readonly write: (transaction: ManagedTransaction, rows: readonly unknown[]) => Promise<void>;
}

/** The change was too much for the memory that one transaction may take. */
class TooLarge extends Error {}

const rowsOfStatement = 5_000;

/**
 * Makes the graph equal to the snapshot. Readers see the old graph or the new one; where the change is too large for
 * one transaction, `(:Current {loading: true})` says so until it is done. A publication that was interrupted needs no
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
    nodes: delta.nodes.changes,
    edges: delta.edges.changes,
    scopes: delta.scopes.changes,
    transactions,
    unchanged: delta.size === 0,
  };

  async function writeSteps(): Promise<number> {
    if (delta.size <= limit) {
      try {
        await inFence(database, lease, async (transaction) => {
          for (const step of steps) await writeStep(transaction, step);
          await point(transaction, run);
        });
        return 1;
      } catch (error) {
        if (!(error instanceof TooLarge) && !isTooLarge(error)) throw error;
      }
    }
    await inFence(database, lease, (transaction) => transaction.run(markLoading));
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
  const plain = (query: string) => async (transaction: ManagedTransaction, rows: readonly unknown[]) => {
    await transaction.run(query, { rows, at });
  };
  return [
    { rows: nodes.rows, write: plain(writeNodes) },
    ...[...byType(edges.rows)].map(([type, rows]): Step => ({
      rows,
      write: async (transaction, some) => {
        const { records } = await transaction.run<{ written: number }>(writeEdges, { rows: some, type, at });
        const written = records[0]?.get('written') ?? 0;
        if (written !== some.length) throw new Error(`${some.length - written} edges \`${type}\` lead to no node`);
      },
    })),
    { rows: edges.removals, write: plain(removeEdges) },
    { rows: nodes.removals, write: plain(removeNodes) },
    { rows: scopes.rows, write: plain(writeScopes) },
    { rows: scopes.removals, write: plain(removeScopes) },
  ];
}

async function writeStep(transaction: ManagedTransaction, { rows, write }: Step): Promise<void> {
  for (const some of split(rows, rowsOfStatement)) {
    try {
      await write(transaction, some);
    } catch (error) {
      // The driver takes it for passing and would try the same again for a minute.
      if (isTooLarge(error)) throw new TooLarge('too much for one transaction', { cause: error });
      throw error;
    }
  }
}

async function point(transaction: ManagedTransaction, { id, startedAt, finishedAt }: RunInfo): Promise<void> {
  await transaction.run(pointToRun, { id, startedAt, finishedAt });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Neo4jError && error.code === 'Neo.TransientError.General.MemoryPoolOutOfMemoryError';
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
