import { compile } from '@ag/access';
import type { Graph, Lease, PublishSummary } from '@ag/graph';
import { type GraphSource, type RunInfo, type ScopeContent, type ScopeState, scopeKey } from '@ag/model';
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
  /** Reads, and hands each scope to `write`. */
  read(write: (content: ScopeContent) => Promise<void>): Promise<void>;
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
  const writer = await store.begin({ run, previous: await previousOf(store, graph) });
  const states = new Map<string, ScopeState>();
  let gaps = 0;

  const snapshot = await closing(writer, signal, async () => {
    await read(async (content) => {
      states.set(scopeKey(content.scope), content.state);
      gaps += content.gaps.length;
      await writer.write(content);
    });
    lease.lost.throwIfAborted();
    if (signal?.aborted) throw new Interrupted();
    return writer.finish(now().toISOString());
  });
  // Whether a reading is held is known only beside what was known before.
  for await (const { scope, state } of snapshot.scopes()) {
    const key = scopeKey(scope);
    if (state !== 'held' || states.get(key) !== 'complete') continue;
    states.set(key, state);
    gaps += 1;
  }
  const computed = await withAccess(snapshot);
  const published = await graph.publish(computed, lease);
  return { run: await computed.run(), scopes: countStates(states.values()), gaps, published };
}

function countStates(states: Iterable<ScopeState>): RunSummary['scopes'] {
  const counts: Partial<Record<ScopeState, number>> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
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
