import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { Graph } from '@ag/graph';
import { createContext, createSchema } from '@ag/graphql';
import { UserError, exitCode } from '@ag/model';
import { createYoga } from 'graphql-yoga';
import { type ApiLog, yogaLog } from './api-log.ts';
import { type MetricsText, graphMetrics } from './graph-metrics.ts';
import { type IndexHolder, holdIndex } from './index-holder.ts';
import { refusal } from './refusal.ts';

export interface ApiOptions {
  readonly graph: Graph;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: ApiLog;
  /** GraphiQL is for development. */
  readonly production: boolean;
  /** How often it is looked whether another run was published; 2 seconds unless told. */
  readonly everyMs?: number;
}

export interface Api {
  readonly url: string;
  /** Looks at once whether another run was published. */
  update(): Promise<void>;
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Serves GraphQL on loopback. Any other address has to wait for authentication, and is refused. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { graph, host, port, log, production, everyMs = 2_000 } = options;
  if (!loopback.has(host)) {
    throw new UserError(
      `the API serves loopback only, since nobody is asked who they are: \`${host}\` is refused`,
      exitCode.usage,
    );
  }
  let answerFrom: Handler = async ({ url }, response) =>
    url === '/healthz' ? answer(response, 200, 'ok') : answer(response, 503, 'the graph is still being read');
  const server = createServer((request, response) => {
    answerFrom(request, response).catch((error: unknown) => {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a request failed');
      response.destroy();
    });
  });
  // First, since reading a large graph takes long: whoever chose a taken port need not wait for it.
  const bound = await listen(server, host, port);
  const holder = await holdIndex({ graph, everyMs, log });
  answerFrom = createHandler({ graph, holder, log, production });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/graphql`,
    update: () => holder.update(),
    close: () =>
      new Promise((resolve) => {
        holder.stop();
        // Requests in flight are answered, but not waited for without end.
        const impatience = setTimeout(() => server.closeAllConnections(), 5_000);
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Parts {
  readonly graph: Graph;
  readonly holder: IndexHolder;
  readonly log: ApiLog;
  readonly production: boolean;
}

function createHandler(parts: Parts): Handler {
  const { holder, production } = parts;
  const yoga = createGraphqlServer(parts);
  const metrics = graphMetrics(parts.graph);
  return async (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const isReady = holder.current() !== undefined;
    if (path === '/healthz') return answer(response, 200, 'ok');
    if (path === '/readyz') return answer(response, isReady ? 200 : 503, isReady ? 'ready' : 'nothing collected yet');
    const refused = refusal(request, path, production);
    if (refused) return answer(response, refused.status, refused.sentence);
    if (path === '/metrics') return answerMetrics(response, await metrics.text());
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    await yoga(request, response);
  };
}

function createGraphqlServer({ graph, holder, log, production }: Parts) {
  return createYoga({
    schema: createSchema(),
    graphqlEndpoint: '/graphql',
    graphiql: !production,
    landingPage: false,
    cors: false,
    batching: false,
    maskedErrors: { isDev: false },
    logging: yogaLog(log),
    context: () => createContext(graph, holder.current()),
  });
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(`${text}\n`);
}

function answerMetrics(response: ServerResponse, { contentType, text }: MetricsText): void {
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
}

/** Listens, and says on which port. */
function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') {
        reject(new UserError(`port ${port} is taken: choose another one with --port`, exitCode.usage, { cause }));
      } else if (cause.code === 'EACCES') {
        reject(
          new UserError(`port ${port} may not be used: choose one above 1023 with --port`, exitCode.usage, { cause }),
        );
      } else reject(cause);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
