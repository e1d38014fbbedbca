import type { GraphSettings } from '@ag/graph';
import { readFiles } from '@ag/ingest';
import type { Logger } from 'pino';
import type { Progress } from './progress.ts';
import { publishRun } from './publish-run.ts';
import type { RefreshSummary } from './summary.ts';

export interface ImportOptions {
  /** A file, or a folder of files. */
  readonly path: string;
  readonly snapshots: string;
  readonly graph: GraphSettings;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly now?: () => Date;
}

/** Reads files instead of AWS, and publishes what they hold and who can do what. */
export async function importFiles(options: ImportOptions): Promise<RefreshSummary> {
  return publishRun(options, async ({ onContent }) => {
    for await (const content of readFiles(options.path, {
      log: options.log,
      ...(options.now && { now: options.now }),
    })) {
      await onContent(content);
    }
    return { calls: {} };
  });
}
