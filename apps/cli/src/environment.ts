import { exitCode } from '@ag/model';
import type { Io } from './io.ts';

/** The real streams and environment of this process. */
export function processIo(): Io {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort(new Error(signal)));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', exitUnwritten);
  return {
    environment: process.env,
    isTerminal: process.stderr.isTTY && process.env['CI'] === undefined,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    signal: controller.signal,
  };
}

/** Ends the process when all is written, whatever else may still hold it: a connection that nobody answers, say. */
export function endProcess(code: number): void {
  process.stdout.write('', (error) => {
    if (error) exitUnwritten(error);
    process.stderr.write('', () => process.exit(code));
  });
}

function exitUnwritten(error: NodeJS.ErrnoException): never {
  // A reader that closes early, such as `head`, is no error.
  if (error.code === 'EPIPE') process.exit(exitCode.ok);
  process.stderr.write(`accessgraph: cannot write the answer: ${error.message}\n`);
  process.exit(exitCode.unexpected);
}
