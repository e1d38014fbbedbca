import { parseArgs } from 'node:util';
import { openGraph } from '@ag/graph';
import { UserError, exitCode } from '@ag/model';
import { loadSettings } from '@ag/refresh';
import { useLocalNeo4j } from '@ag/tools/neo4j/neo4j.ts';
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
  const { neo4jUri: uri, neo4jUser: user, neo4jPassword: password, neo4jDatabase: database } = settings;
  const address =
    uri === undefined ? await useLocalNeo4j({ directory: settings.neo4jDirectory }) : { uri, user, password };
  const graph = await openGraph({ ...address, database });
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
