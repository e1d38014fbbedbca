import type { AccessIndex } from '@ag/access';
import type { Graph } from '@ag/graph';
import type { IngestOptions } from '@ag/ingest';
import type { ExitCode } from '@ag/model';
import type { Flags, LoadedSettings, Settings } from '@ag/refresh';
import type { Io } from './io.ts';

type Log = IngestOptions['log'];

/** What commands work with; tests put a fake graph behind it. */
export interface Tool {
  readonly io: Io;
  load(flags?: Flags): LoadedSettings;
  log(settings: Settings): Log;
  /** Gives the graph to `use`, and closes it after. */
  withGraph<Result>(settings: Settings, use: (graph: Graph) => Promise<Result>): Promise<Result>;
  /** The index over what the graph holds; a `UserError` where nothing was collected yet. */
  index(graph: Graph): Promise<AccessIndex>;
}

/** Says how a command ended, where it ended well enough to go on. */
export type SetExitCode = (code: ExitCode) => void;
