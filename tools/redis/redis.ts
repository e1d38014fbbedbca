import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCode, UserError } from '@ag/model';
import { freePort } from '../process/port.ts';
import { run } from '../process/run.ts';
import { startServer, type RunningServer } from '../process/server.ts';

export interface LocalRedis extends RunningServer {
  readonly url: string;
  readonly port: number;
}

/** The `redis-server` of the path; throws one sentence where there is none. */
export async function findRedis(): Promise<string> {
  const command = 'redis-server';
  if ((await run(command, ['--version'])).code === 0) return command;
  throw new UserError(
    'the tests of several processes need Redis, and there is no `redis-server` on the PATH (on Debian: the package redis-server)',
    exitCode.usage,
  );
}

/** Starts a Redis on the loopback address that keeps nothing. */
export async function startRedis(options: { readonly port?: number } = {}): Promise<LocalRedis> {
  const command = await findRedis();
  const port = await freePort(options.port, 'Redis');
  const directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-redis-'));
  const keepNothing = ['--save', '', '--appendonly', 'no', '--dir', directory];
  const server = await startServer({
    name: 'Redis',
    command,
    args: ['--bind', '127.0.0.1', '--port', String(port), ...keepNothing],
    logFile: path.join(directory, 'redis.log'),
    isReady: () => answers(port),
    readyWithinMs: 15_000,
    endsWithUs: true,
  });
  async function stop(): Promise<void> {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return { url: `redis://127.0.0.1:${port}`, port, pid: server.pid, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    function end(is: boolean): void {
      socket.destroy();
      resolve(is);
    }
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => end(data.toString('latin1').startsWith('+PONG')));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
