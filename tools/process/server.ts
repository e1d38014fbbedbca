import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCode, UserError } from '@ag/model';
import { environmentWith } from '../environment.ts';
import { lastLines } from './run.ts';

export interface ServerCommand {
  /** What it is called in a sentence. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder it runs in; ours unless told. */
  readonly directory?: string;
  /** Where its output goes. */
  readonly logFile: string;
  /** True once it answers; asked again and again until then. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** Whether it ends when this process ends, however this process ends; otherwise it is left running. */
  readonly endsWithUs: boolean;
}

export interface RunningServer {
  readonly pid: number;
  /** Ends it politely, then by force, and returns when it is gone. */
  stop(): Promise<void>;
}

/** Starts a server and returns when it answers; throws one sentence when it ends or stays silent. */
export async function startServer(server: ServerCommand): Promise<RunningServer> {
  const log = await open(server.logFile, 'w', 0o600);
  // In a group of its own, so that a Ctrl-C in the terminal reaches only us, and we end it in order.
  const child = spawn(server.command, server.args, {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: environmentWith(server.env ?? {}),
    ...(server.directory === undefined ? {} : { cwd: server.directory }),
  });
  let gone = false;
  child.once('exit', () => (gone = true));
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new UserError(`cannot start ${server.name}: \`${server.command}\` does not run`, exitCode.usage, { cause });
  } finally {
    await log.close();
  }
  const { pid } = child;
  if (pid === undefined) throw new Error(`${server.name} was spawned without a process id`);
  child.unref();
  const keeper = server.endsWithUs ? endWithUs(pid) : undefined;

  async function stop(): Promise<void> {
    await endProcess(pid ?? 0, () => gone);
    keeper?.end();
  }

  const deadline = Date.now() + server.readyWithinMs;
  while (!(await server.isReady())) {
    if (!gone && Date.now() < deadline) {
      await sleep(100);
      continue;
    }
    const how = gone ? 'ended while starting' : `did not answer within ${server.readyWithinMs / 1000} s`;
    await stop();
    const said = lastLines(await readFile(server.logFile, 'utf8'), 4);
    throw new UserError(`${server.name} ${how}; its log \`${server.logFile}\` ends with: ${said}`, exitCode.unexpected);
  }
  return { pid, stop };
}

/** Ends a process: SIGTERM, and SIGKILL where it is still there after five seconds. */
export async function endProcess(pid: number, isGone: () => boolean = () => !isAlive(pid)): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isGone() || !sendSignal(pid, signal)) return;
    const deadline = Date.now() + 5_000;
    while (!isGone() && Date.now() < deadline) await sleep(50);
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  return sendSignal(pid, 0);
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// A small process of its own waits for our end of a pipe to close, which happens even when we are killed outright.
function endWithUs(pid: number): { end(): void } {
  const script = `process.stdin.resume().on('end', () => {
    try { process.kill(${pid}, 'SIGTERM'); setTimeout(() => process.kill(${pid}, 'SIGKILL'), 5000); } catch { process.exit(); }
    setInterval(() => { try { process.kill(${pid}, 0); } catch { process.exit(); } }, 100);
  });`;
  const keeper = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  keeper.unref();
  const { stdin } = keeper;
  if (stdin instanceof Socket) stdin.unref();
  return { end: () => void keeper.kill('SIGKILL') };
}
