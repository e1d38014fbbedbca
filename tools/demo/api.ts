import path from 'node:path';
import { startServer } from '../process/server.ts';

/** Starts the API of this checkout and returns when it answers. */
export async function startApi(options: {
  readonly checkout: string;
  readonly folder: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { checkout, folder, port, env } = options;
  const url = `http://127.0.0.1:${port}/graphql`;
  const server = await startServer({
    name: 'the API',
    command: process.execPath,
    args: [
      '--import',
      import.meta.resolve('tsx'),
      path.join(checkout, 'apps', 'api', 'src', 'main.ts'),
      '--port',
      String(port),
    ],
    // The libraries' names are in the checkout's tsconfig, and we run it where the demo's data is.
    env: { ...env, TSX_TSCONFIG_PATH: path.join(checkout, 'tsconfig.json') },
    directory: folder,
    logFile: path.join(folder, 'api.log'),
    isReady: () => answers(url),
    readyWithinMs: 60_000,
    endsWithUs: true,
  });
  return { url, stop: server.stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
