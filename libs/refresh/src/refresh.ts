import { type ConnectionSettings, openConnection } from '@ag/connect';
import type { GraphSettings } from '@ag/graph';
import { ingest } from '@ag/ingest';
import type { Logger } from 'pino';
import type { Progress } from './progress.ts';
import { publishRun } from './publish-run.ts';
import type { RefreshSummary } from './summary.ts';

export interface RefreshOptions {
  readonly connection: ConnectionSettings;
  /** The folder that keeps the runs. */
  readonly snapshots: string;
  readonly graph: GraphSettings;
  readonly log: Logger;
  /** Ends the run: before publishing it is abandoned, from then on it is finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly now?: () => Date;
}

/** Reads AWS once, and publishes what is there and who can do what. */
export async function refresh(options: RefreshOptions): Promise<RefreshSummary> {
  const connection = await openConnection(options.connection, { log: options.log });
  return publishRun(options, ({ onContent }) =>
    ingest({
      connection,
      onContent,
      log: options.log,
      ...(options.signal && { signal: options.signal }),
      ...(options.now && { now: options.now }),
    }),
  );
}
