import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCode, UserError } from '@ag/model';
import { installOnce } from '../cache/install-once.ts';
import { cacheFolder } from '../environment.ts';
import { lastLines, run } from '../process/run.ts';
import { findPython, type Python } from './python.ts';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** The Python program that has moto beside it, in a virtual environment made the first time. */
export async function installMoto(cache = cacheFolder()): Promise<string> {
  const python = await findPython();
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .update(python.version)
    .digest('hex');
  const folder = await installOnce({
    cache,
    name: `moto-${hash.slice(0, 12)}`,
    // The environment's python links to the one it was made with, which may have been removed since.
    isWhole: (made) => existsSync(pythonIn(made)),
    fill: (empty) => makeEnvironment(python, empty),
  });
  return pythonIn(folder);
}

async function makeEnvironment(python: Python, folder: string): Promise<void> {
  const made = await run(python.command, ['-m', 'venv', folder]);
  if (made.code !== 0) {
    const said = lastLines(made.output, 1);
    throw new UserError(`cannot make a Python environment for the AWS emulator: ${said}`, exitCode.usage);
  }
  const pip = await run(pythonIn(folder), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  if (pip.code !== 0) {
    throw new UserError(`pip cannot install the AWS emulator: ${lastLines(pip.output, 1)}`, exitCode.usage);
  }
}

function pythonIn(folder: string): string {
  return process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
}
