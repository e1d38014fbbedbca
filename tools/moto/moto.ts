import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../process/port.ts';
import { startServer, type RunningServer } from '../process/server.ts';
import { installMoto } from './install.ts';

export { installMoto } from './install.ts';

export interface LocalMoto extends RunningServer {
  readonly endpoint: string;
}

/** Starts moto, an AWS emulator that keeps everything in memory, on the loopback address. */
export async function startMoto(options: { readonly port?: number } = {}): Promise<LocalMoto> {
  const python = await installMoto();
  const port = await freePort(options.port, 'the AWS emulator');
  const endpoint = `http://127.0.0.1:${port}`;
  const directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-moto-'));
  // Not by the environment's `moto_server` script: that one names the folder the environment was first made in.
  const server = await startServer({
    name: 'the AWS emulator',
    command: python,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    // Without the flag it has no policy of AWS's own, and attaching one fails.
    env: { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    logFile: path.join(directory, 'moto.log'),
    isReady: () => answers(`${endpoint}/moto-api/`),
    readyWithinMs: 60_000,
    endsWithUs: true,
  });
  async function stop(): Promise<void> {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return { endpoint, pid: server.pid, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    return false;
  }
}
