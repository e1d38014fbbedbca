import { parseArgs } from 'node:util';
import { openGraph } from '@ag/graph';
import { UserError, exitCode } from '@ag/model';
import { loadSettings } from '@ag/refresh';
import { addressOf } from '@ag/tools/neo4j/address-of.ts';
import pino from 'pino';
import { environment, isProduction } from './environment.ts';
import { startApi } from './start-api.ts';

/** The GraphQL server: `--host`, `--port`, `--config`; everything else from the settings. */
async function main(): Promise<void> {
  const { values } = readArguments();
  const { settings } = loadSettings({
    flags: { apiHost: values.host, apiPort: values.port, logLevel: values['log-level'] },
    environment,
    file: values.config,
  });
  const log = pino({ level: settings.logLevel });
  const graph = await openGraph(await addressOf(settings));
  const api = await startApi({ graph, host: settings.apiHost, port: settings.apiPort, log, production: isProduction });
  process.stderr.write(`GraphQL answers at ${api.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(
      signal,
      () =>
        void api
          .close()
          .then(() => graph.close())
          .then(() => process.exit(exitCode.ok)),
    );
  }
}

function readArguments() {
  const options = {
    host: { type: 'string' },
    port: { type: 'string' },
    config: { type: 'string' },
    'log-level': { type: 'string' },
  } as const;
  try {
    return parseArgs({ options });
  } catch (cause) {
    throw new UserError('the API knows --host, --port, --config and --log-level', exitCode.usage, { cause });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`accessgraph: ${error.message}\n`);
  process.exit(error.code);
}
