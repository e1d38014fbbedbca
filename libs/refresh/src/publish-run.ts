import { compile } from '@ag/access';
import { type Graph, type GraphSettings, type Lease, openGraph } from '@ag/graph';
import { type ScopeContent, UserError, exitCode } from '@ag/model';
import { type SnapshotStore, type SnapshotWriter, openSnapshotStore } from '@ag/snapshot';
import { hostname } from 'node:os';
import type { Progress } from './progress.ts';
import { newRunId } from './run-id.ts';
import { type RefreshSummary, startTally } from './summary.ts';
import { withLease } from './with-lease.ts';

interface RunOptions {
  readonly snapshots: string;
  readonly graph: GraphSettings;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly now?: () => Date;
}

/** Where a run's content comes from. It hands each scope over as soon as it is read. */
type ReadContent = (to: {
  readonly onContent: (content: ScopeContent) => Promise<void>;
}) => Promise<Pick<RefreshSummary, 'calls'>>;

/** One run as a sentence: take the lease, read, keep a snapshot, compute access, publish all of it at once. */
export async function publishRun(options: RunOptions, read: ReadContent): Promise<RefreshSummary> {
  const graph = await openGraph(options.graph);
  try {
    await graph.migrate();
    return await withLease(graph, `${hostname()}:${process.pid}`, (lease) =>
      runOnce({ ...options, graph, lease, read }),
    );
  } finally {
    await graph.close();
  }
}

interface Run extends Omit<RunOptions, 'graph'> {
  readonly graph: Graph;
  readonly lease: Lease;
  readonly read: ReadContent;
}

async function runOnce(run: Run): Promise<RefreshSummary> {
  const { graph, lease, signal, onProgress = () => undefined, now = () => new Date() } = run;
  const startedAt = now();
  const store = openSnapshotStore(run.snapshots);
  const previous = await findPrevious(store, graph);
  const writer = await store.begin({
    run: { id: newRunId(startedAt), startedAt: startedAt.toISOString() },
    ...(previous && { previous }),
  });
  const tally = startTally();

  const { snapshot, calls } = await orAbandon(writer, async () => {
    onProgress({ phase: 'collect' });
    const { calls } = await run.read({
      onContent: async (content) => {
        await writer.write(content);
        tally.add(content);
        onProgress(toProgress(content));
      },
    });
    refuseIfInterrupted(signal);
    onProgress({ phase: 'snapshot' });
    return { snapshot: await writer.finish(now().toISOString()), calls };
  });

  onProgress({ phase: 'access' });
  const index = await compile(snapshot);
  const computed = await snapshot.withComputed('access', { nodes: [], edges: index.canAssume() });
  refuseIfInterrupted(signal);

  onProgress({ phase: 'publish' });
  const published = await graph.publish(computed, lease);
  return { run: await snapshot.run(), ...tally.counts(), calls, published };
}

// The folder's latest run, unless Neo4j holds a run that the folder has never seen: then Neo4j is the record.
async function findPrevious(store: SnapshotStore, graph: Graph) {
  const current = await graph.current();
  if (!current) return store.latest();
  const known = await store.list();
  return known.some((run) => run.id === current.run.id) ? store.latest() : graph.source();
}

async function orAbandon<Result>(writer: SnapshotWriter, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

function refuseIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new UserError('interrupted: nothing of this run was published', exitCode.interrupted);
}

function toProgress({ scope, state, nodes, edges, gaps }: ScopeContent): Progress {
  return { phase: 'scope', scope, state, nodes: nodes.length, edges: edges.length, gaps };
}
