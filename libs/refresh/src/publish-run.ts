import { compile } from '@ag/access';
import type { Graph, Lease, PublishSummary } from '@ag/graph';
import { type GraphSource, type RunInfo, type ScopeContent, type ScopeState, compareRuns, scopeKey } from '@ag/model';
import { type Snapshot, type SnapshotStore, type SnapshotWriter } from '@ag/snapshot';
import { count } from './collection-figures.ts';
import { createDetachedScopes } from './detached-scopes.ts';
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
  const { graph, store, holder } = options;
  const newest = (await store.list()).at(-1);
  const lease = await graph.lease(holder, { after: newest?.number ?? 0 });
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
  // Whoever writes next has a greater token: the order of runs is that of their leases, not of anybody's clock.
  const number = lease.token;
  const run = { id: newRunId(startedAt, number), number, startedAt: startedAt.toISOString() };
  const previous = await previousOf(store, graph);
  const writer = await store.begin({ run, previous });
  const detached = createDetachedScopes(run.startedAt);
  const states = new Map<string, ScopeState>();
  let gaps = 0;

  const snapshot = await closing(writer, signal, async () => {
    await read(keep, previous);
    if (previous) for await (const content of detached.find(previous)) await keep(content);
    if (signal?.aborted) throw new Interrupted();
    lease.lost.throwIfAborted();
    // Whoever slept through the end of its lease finds out here, and leaves nothing in the folder either.
    await lease.renew();
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
  return { run: await computed.run(), scopes: count(states.values()), gaps, published };

  async function keep(content: ScopeContent): Promise<void> {
    lease.lost.throwIfAborted();
    detached.see(content);
    states.set(scopeKey(content.scope), content.state);
    gaps += content.gaps.length;
    await writer.write(content);
  }
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
  return snapshot.withComputed('access', { nodes: [], edges: await index.canAssume() });
}

/**
 * What was known before: the newest snapshot that is whole, or the graph where the folder lost, or never had, what the
 * graph holds. Otherwise a damaged file would take from the graph all that this run does not read again.
 */
async function previousOf(store: SnapshotStore, graph: Graph): Promise<Snapshot | GraphSource | undefined> {
  const current = await graph.current();
  const latest = await store.latest();
  if (!current) return latest;
  // An older snapshot knows less than the graph.
  if (!latest || compareRuns(await latest.run(), current.run) < 0) return graph.source();
  const known = await store.list();
  return known.some(({ id }) => id === current.run.id) ? latest : graph.source();
}
