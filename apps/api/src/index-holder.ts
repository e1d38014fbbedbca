import { type AccessIndex, compile } from '@ag/access';
import type { Graph } from '@ag/graph';
import { NothingCollected } from '@ag/graphql';

export interface IndexHolder {
  /** The newest index. Whoever holds it keeps it, also when a newer one takes its place. */
  current(): AccessIndex;
  readonly ready: boolean;
  /** Looks whether the graph is at another run, and then reads it whole. Never throws: the old index goes on answering. */
  update(): Promise<void>;
  stop(): void;
}

interface Options {
  readonly graph: Graph;
  readonly everyMs: number;
  readonly warn: (data: object, message: string) => void;
}

/** Keeps the index of the graph's run, and swaps it whole when another run is published. */
export async function holdIndex({ graph, everyMs, warn }: Options): Promise<IndexHolder> {
  let index: AccessIndex | undefined;
  let under: Promise<void> | undefined;
  const timer = setInterval(() => void update(), everyMs);
  timer.unref();
  await update();
  return {
    current() {
      if (index) return index;
      throw new NothingCollected();
    },
    get ready() {
      return index !== undefined;
    },
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
      // While a large change is written, the graph is neither the old run nor the new one.
      if (!current || current.loading || current.run.id === index?.run.id) return;
      const newer = await compile(graph.source());
      // The graph is read in several statements: where a run was published between them, the next look reads it again.
      const after = await graph.current();
      if (!after || after.loading || after.run.id !== newer.run.id) return;
      index = newer;
    } catch (error) {
      warn({ error: error instanceof Error ? error.message : String(error) }, 'could not read the graph');
    }
  }
}
