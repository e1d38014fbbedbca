import type { Graph } from '@ag/graph';
import { collectionFigures, createMetrics } from '@ag/refresh';

export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** The figures of whatever run the graph is at; counted once for each run, however often they are asked for. */
export function graphMetrics(graph: Graph): { text(): Promise<MetricsText> } {
  const metrics = createMetrics({ collects: false });
  let counted: string | undefined;
  let under: Promise<void> | undefined;
  return {
    async text() {
      under ??= update().finally(() => (under = undefined));
      await under;
      return { contentType: metrics.contentType, text: await metrics.text() };
    },
  };

  async function update(): Promise<void> {
    const current = await graph.current();
    // A graph that is being written is neither the old run nor the new one.
    if (!current || current.loading || current.run.id === counted) return;
    const figures = await collectionFigures(graph.source());
    metrics.observe(figures);
    counted = figures.run.id;
  }
}
