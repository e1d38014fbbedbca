import { parseArgs } from 'node:util';
import { openGraph } from '@ag/graph';
import { UserError, exitCode } from '@ag/model';
import { Interrupted, loadSettings, refresh } from '@ag/refresh';
import { addressOf } from '@ag/tools/neo4j/address-of.ts';
import pino from 'pino';
import { runCollector } from './collector.ts';
import { environment } from './environment.ts';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort(new Error(signal)));

/** The scheduled app: `--once`, or `--cron <expression>`; everything else from the settings. */
async function main() {
  const { values } = readArguments();
  const { settings } = loadSettings({
    flags: { cron: values.cron, logLevel: values['log-level'] ?? 'info' },
    environment,
    file: values.config,
  });
  if (values.once !== true && settings.cron === undefined) {
    throw new UserError('say --once, or give a schedule with --cron', exitCode.usage);
  }
  const log = pino({ level: settings.logLevel });
  const graph = await openGraph(await addressOf(settings));
  try {
    return await runCollector({
      refresh: async (signal) => {
        const { code, run, scopes, gaps, published } = await refresh({ settings, graph, log, signal });
        log.info({ run: run.id, scopes, gaps, published }, 'run published');
        return code;
      },
      cron: values.once === true ? undefined : settings.cron,
      signal: controller.signal,
      log,
    });
  } finally {
    await graph.close();
  }
}

function readArguments() {
  const options = {
    once: { type: 'boolean' },
    cron: { type: 'string' },
    config: { type: 'string' },
    'log-level': { type: 'string' },
  } as const;
  try {
    return parseArgs({ options });
  } catch (cause) {
    throw new UserError('the collector knows --once, --cron, --config and --log-level', exitCode.usage, { cause });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isInterrupted = error instanceof Interrupted || controller.signal.aborted;
  if (!isInterrupted && !(error instanceof UserError)) throw error;
  process.stderr.write(`accessgraph: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isInterrupted
    ? exitCode.interrupted
    : error instanceof UserError
      ? error.code
      : exitCode.unexpected;
}
