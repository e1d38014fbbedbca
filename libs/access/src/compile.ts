import type { GraphSource } from '@ag/model';
import type { AccessIndex } from './access-index.ts';

/** Reads the whole graph once and answers from memory. */
export async function compile(source: GraphSource): Promise<AccessIndex> {
  const run = await source.run();
  throw new Error(`not built yet, run ${run.id}`);
}
