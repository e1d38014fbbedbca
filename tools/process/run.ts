import { spawn } from 'node:child_process';

/** How a command ended: its exit code and all it printed; `undefined` code where there is no such program. */
export interface Finished {
  readonly code: number | undefined;
  readonly output: string;
}

/** Runs a command to its end and returns what it printed, without throwing when it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly directory?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.directory === undefined ? {} : { cwd: options.directory }),
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ code: undefined, output: '' });
      else reject(error);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The last lines of a text that say something, joined for use inside a sentence. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(-count)
    .join(' | ');
}
