import { openGraph } from '@ag/graph';
import { collectionFigures, createMetrics, refresh } from '@ag/refresh';
import { addressOf } from '@ag/tools/neo4j/address-of.ts';
import pino from 'pino';
import { environment } from './environment.ts';
import { measured } from './measured.ts';
import { serveMetrics } from './metrics-server.ts';
import { type World, runProgram } from './program.ts';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort(new Error(signal)));

/** The scheduled app: `--once`, or `--cron <expression>`; everything else from the settings. */
const world: World = {
  environment,
  signal: controller.signal,
  err: (text) => void process.stderr.write(text),
  // Node's own stream: pino's writes a line behind a later one where a full pipe made it wait.
  log: ({ logLevel }) => pino({ level: logLevel }, process.stdout),
  async open(settings, log) {
    const graph = await openGraph(await addressOf(settings));
    const metrics = createMetrics({ collects: true });
    const server = await serveMetrics(metrics, settings);
    if (server) log.info({ url: server.url }, 'serving metrics');
    if (await graph.current()) metrics.observe(await collectionFigures(graph.source()));
    return {
      refresh: (signal) =>
        measured(metrics, graph, log, async () => {
          const { code, run, scopes, gaps, calls, published } = await refresh({ settings, graph, log, signal });
          log.info({ run: run.id, scopes, gaps, published }, 'run published');
          return { code, calls };
        }),
      async close() {
        await server?.close();
        await graph.close();
      },
    };
  },
};

const code = await runProgram(process.argv.slice(2), world);
await new Promise((resolve) => process.stdout.write('', resolve));
// What an abandoned refresh still waits for need not be waited for.
process.exit(code);
