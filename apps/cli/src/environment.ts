import type { Io } from './io.ts';

/** The real streams and environment of this process. */
export function processIo(): Io {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort(new Error(signal)));
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that closes early, such as `head`, is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
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
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
