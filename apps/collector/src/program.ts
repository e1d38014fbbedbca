import { parseArgs } from 'node:util';
import { type ExitCode, UserError, exitCode } from '@ag/model';
import { Interrupted, type Settings, loadSettings } from '@ag/refresh';
import { type CollectorLog, runCollector } from './collector.ts';

/** What the collector works with; tests give their own. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Sentences for people. */
  err(text: string): void;
  log(settings: Settings): CollectorLog;
  /** Opens the graph, and gives what refreshes it. */
  open(settings: Settings, log: CollectorLog): Promise<Refresher>;
}

export interface Refresher {
  /** One refresh; its exit code. */
  refresh(signal: AbortSignal): Promise<ExitCode>;
  close(): Promise<void>;
}

/** Runs the collector, and says how it ended. Throws only what nobody expected. */
export async function runProgram(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    const { settings, cron } = readSettings(args, world);
    const log = world.log(settings);
    const refresher = await world.open(settings, log);
    try {
      return await runCollector({ refresh: refresher.refresh, cron, signal: world.signal, log });
    } finally {
      await refresher.close();
    }
  } catch (error) {
    return report(error, world);
  }
}

interface CollectorSettings {
  readonly settings: Settings;
  readonly cron: string | undefined;
}

function readSettings(args: readonly string[], { environment }: World): CollectorSettings {
  const flags = readArguments(args);
  if (flags.once === true && flags.cron !== undefined) {
    throw new UserError('say --once or --cron, not both', exitCode.usage);
  }
  const { settings, described } = loadSettings({
    flags: {
      cron: flags.cron,
      logLevel: flags['log-level'],
      metricsHost: flags['metrics-host'],
      metricsPort: flags['metrics-port'],
    },
    environment,
    file: flags.config,
  });
  if (flags.once !== true && settings.cron === undefined) {
    throw new UserError('say --once, or give a schedule with --cron', exitCode.usage);
  }
  // Its log is all that an app without a terminal shows of itself.
  const isDefault = described.some(({ name, origin }) => name === 'logLevel' && origin === 'default');
  return {
    settings: isDefault ? { ...settings, logLevel: 'info' } : settings,
    cron: flags.once === true ? undefined : settings.cron,
  };
}

function readArguments(args: readonly string[]) {
  const options = {
    once: { type: 'boolean' },
    cron: { type: 'string' },
    config: { type: 'string' },
    'log-level': { type: 'string' },
    'metrics-host': { type: 'string' },
    'metrics-port': { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const known = '--once, --cron, --config, --log-level, --metrics-host and --metrics-port';
    throw new UserError(`the collector knows ${known}`, exitCode.usage, { cause });
  }
}

function report(error: unknown, { signal, err }: World): ExitCode {
  if (error instanceof Interrupted || signal.aborted) {
    err(`accessgraph: ${error instanceof Interrupted ? error.message : 'interrupted'}\n`);
    return exitCode.interrupted;
  }
  if (!(error instanceof UserError)) throw error;
  err(`accessgraph: ${error.message}\n`);
  return error.code;
}
