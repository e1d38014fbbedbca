import type { Graph, Lease } from '@ag/graph';

// A third of the time after which a lease lapses, so that one lost renewal does no harm.
const renewEveryMs = 10_000;

/** Runs with the lease to write the graph, renewed while it runs and released at its end. */
export async function withLease<Result>(
  graph: Graph,
  holder: string,
  run: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const lease = await graph.lease(holder);
  // A renewal that fails shows when publishing: every write checks the lease's token.
  const timer = setInterval(() => void lease.renew().catch(() => undefined), renewEveryMs);
  timer.unref();
  try {
    return await run(lease);
  } finally {
    clearInterval(timer);
    await lease.release();
  }
}
