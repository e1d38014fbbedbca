import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from '../process/lock.ts';

const abandonedAfterMs = 24 * 60 * 60_000;

export interface Install {
  readonly cache: string;
  readonly name: string;
  /** Whether the folder under the name is there and still works. */
  readonly isWhole: (folder: string) => boolean;
  /** Fills an empty folder, which is then moved into its place. */
  readonly fill: (folder: string) => Promise<void>;
}

/**
 * The folder `name` of the cache, filled the first time. It is filled under a temporary name and then renamed, so a
 * half-made one is never used; a second installer waits for the first.
 */
export async function installOnce(install: Install): Promise<string> {
  const folder = path.join(install.cache, install.name);
  if (install.isWhole(folder)) return folder;
  await mkdir(install.cache, { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (install.isWhole(folder)) return;
    await removeAbandoned(install.cache);
    const temporary = await mkdtemp(`${folder}.part-`);
    try {
      await install.fill(temporary);
      await rm(folder, { recursive: true, force: true });
      await rename(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
  return folder;
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.includes('.part-')) continue;
    const part = path.join(cache, name);
    const { mtimeMs } = await stat(part);
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(part, { recursive: true, force: true });
  }
}
