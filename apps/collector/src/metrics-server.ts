import { type Server, createServer } from 'node:http';
import { UserError, exitCode } from '@ag/model';
import type { Metrics, Settings } from '@ag/refresh';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the metrics where a port was given; on loopback unless another address was. */
export async function serveMetrics(
  metrics: Pick<Metrics, 'contentType' | 'text'>,
  { metricsHost: host, metricsPort: port }: Pick<Settings, 'metricsHost' | 'metricsPort'>,
): Promise<MetricsServer | undefined> {
  if (port === undefined) return undefined;
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '/').split('?');
    if (request.method !== 'GET' || path !== '/metrics') {
      response.writeHead(path === '/metrics' ? 405 : 404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('ask for /metrics by GET\n');
      return;
    }
    metrics.text().then(
      (text) => {
        response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
        response.end(text);
      },
      () => response.destroy(),
    );
  });
  const bound = await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `cannot serve metrics at ${host}:${port}: choose another port with --metrics-port`;
      reject(new UserError(message, exitCode.usage, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
