import { type AccessIndex, compile } from '@ag/access';
import type { Graph } from '@ag/graph';
import type { ApiLog } from './api-log.ts';

export interface IndexHolder {
  /** The newest index; none before the first run. Whoever holds it keeps it, also when a newer one takes its place. */
  current(): AccessIndex | undefined;
  /** Looks whether the graph is at another run, and then reads it whole. Never throws: the old index goes on answering. */
  update(): Promise<void>;
  stop(): void;
}

interface Options {
  readonly graph: Graph;
  readonly everyMs: number;
  readonly log: Pick<ApiLog, 'info' | 'warn'>;
}

/** Keeps the index of the graph's run, and swaps it whole when another run is published. */
export async function holdIndex({ graph, everyMs, log }: Options): Promise<IndexHolder> {
  let index: AccessIndex | undefined;
  let under: Promise<void> | undefined;
  let isAway = false;
  const timer = setInterval(() => void update(), everyMs);
  timer.unref();
  await update();
  return {
    current: () => index,
    update,
    stop: () => clearInterval(timer),
  };

  function update(): Promise<void> {
    under ??= look().finally(() => (under = undefined));
    return under;
  }

  async function look(): Promise<void> {
    try {
      const current = await graph.current();
      if (isAway) log.info({}, 'the graph can be read again');
      isAway = false;
      // While a large change is written, the graph is neither the old run nor the new one.
      if (!current || current.loading || current.run.id === index?.run.id) return;
      const newer = await compile(graph.source());
      // The graph is read in several statements: where a run was published between them, the next look reads it again.
      const after = await graph.current();
      if (!after || after.loading || after.run.id !== newer.run.id) return;
      index = newer;
      log.info({ run: newer.run.id }, 'answering from this run');
    } catch (error) {
      // Once, however long it lasts.
      if (!isAway)
        log.warn({ error: error instanceof Error ? error.message : String(error) }, 'could not read the graph');
      isAway = true;
    }
  }
}
