import { compile } from '@ag/access';
import type { Graph, Lease, PublishSummary } from '@ag/graph';
import { type GraphSource, type RunInfo, type ScopeContent, type ScopeState } from '@ag/model';
import { type Snapshot, type SnapshotStore, type SnapshotWriter } from '@ag/snapshot';
import { newRunId } from './run-id.ts';

/** What one run came to. */
export interface RunSummary {
  readonly run: RunInfo;
  /** How many scopes ended in which state. */
  readonly scopes: Readonly<Partial<Record<ScopeState, number>>>;
  readonly gaps: number;
  readonly published: PublishSummary;
}

export interface PublishRun {
  readonly graph: Graph;
  readonly store: SnapshotStore;
  readonly holder: string;
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => Date;
  /** Reads, and hands each scope to `write`; `previous` is what was known before. */
  read(write: (content: ScopeContent) => Promise<void>, previous: Snapshot | GraphSource | undefined): Promise<void>;
}

/** The run was told to stop before it had read everything; nothing of it is visible. */
export class Interrupted extends Error {
  constructor(options?: ErrorOptions) {
    super('interrupted: nothing of this run was published', options);
    this.name = 'Interrupted';
  }
}

/**
 * One run, under the lease: read → snapshot → access → publish. A run that fails or is interrupted before its snapshot is
 * closed leaves nothing; after that, the next run publishes what this one could not.
 */
export async function publishRun(options: PublishRun): Promise<RunSummary> {
  const { graph, holder } = options;
  const lease = await graph.lease(holder);
  try {
    return await runUnder(lease, options);
  } finally {
    await lease.release();
  }
}

async function runUnder(
  lease: Lease,
  { graph, store, read, signal, now = () => new Date() }: PublishRun,
): Promise<RunSummary> {
  const startedAt = now();
  const id = newRunId(startedAt);
  const run = { id, startedAt: startedAt.toISOString() };
  const previous = await previousOf(store, graph);
  const writer = await store.begin({ run, previous });
  const scopes: Partial<Record<ScopeState, number>> = {};
  let gaps = 0;

  const snapshot = await closing(writer, signal, async () => {
    await read(async (content) => {
      scopes[content.state] = (scopes[content.state] ?? 0) + 1;
      gaps += content.gaps.length;
      await writer.write(content);
    }, previous);
    lease.lost.throwIfAborted();
    if (signal?.aborted) throw new Interrupted();
    return writer.finish(now().toISOString());
  });
  const computed = await withAccess(snapshot);
  const published = await graph.publish(computed, lease);
  return { run: await computed.run(), scopes, gaps, published };
}

async function closing(
  writer: SnapshotWriter,
  signal: AbortSignal | undefined,
  work: () => Promise<Snapshot>,
): Promise<Snapshot> {
  try {
    return await work();
  } catch (error) {
    await writer.abandon();
    // Whatever reading threw then, it was told to stop.
    if (signal?.aborted && !(error instanceof Interrupted)) throw new Interrupted({ cause: error });
    throw error;
  }
}

async function withAccess(snapshot: Snapshot): Promise<Snapshot> {
  const index = await compile(snapshot);
  return snapshot.withComputed('access', { nodes: [], edges: index.canAssume() });
}

/**
 * What was known before: the newest snapshot that is whole, or the graph where the folder lost, or never had, what the
 * graph holds. Otherwise a damaged file would take from the graph all that this run does not read again.
 */
async function previousOf(store: SnapshotStore, graph: Graph): Promise<Snapshot | GraphSource | undefined> {
  const current = await graph.current();
  const latest = await store.latest();
  if (!current) return latest;
  const { id } = current.run;
  // Ids sort by time: an older snapshot knows less than the graph.
  if (!latest || latest.id < id) return graph.source();
  const known = await store.list();
  return known.some((run) => run.id === id) ? latest : graph.source();
}
