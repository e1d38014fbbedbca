import type { Graph } from '@ag/graph';
import type { ExitCode } from '@ag/model';
import { Interrupted, type Metrics, type RefreshSummary, collectionFigures, outcomeOf } from '@ag/refresh';
import type { CollectorLog } from './collector.ts';

/** One refresh, counted: how it ended, what it called, and what the graph then holds. */
export async function measured(
  metrics: Pick<Metrics, 'observe' | 'runEnded'>,
  graph: Pick<Graph, 'source'>,
  log: Pick<CollectorLog, 'warn'>,
  work: () => Promise<Pick<RefreshSummary, 'code' | 'calls'>>,
): Promise<ExitCode> {
  let ended: Pick<RefreshSummary, 'code' | 'calls'>;
  try {
    ended = await work();
  } catch (error) {
    metrics.runEnded(error instanceof Interrupted ? 'interrupted' : 'failed');
    throw error;
  }
  metrics.runEnded(outcomeOf(ended.code), ended.calls);
  try {
    metrics.observe(await collectionFigures(graph.source()));
  } catch (error) {
    // The run itself was published.
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'could not count what the graph holds');
  }
  return ended.code;
}
