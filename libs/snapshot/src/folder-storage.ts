import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Storage } from './storage.ts';

/** Keeps files in a folder, which is made with the first of them. */
export function openFolder(directory: string): Storage {
  const fileOf = (name: string): string => path.join(directory, ...name.split('/'));
  return {
    list: async (below) => (await readdir(fileOf(below)).catch(ifMissing([]))).sort(),
    readText: (name) => readFile(fileOf(name), 'utf8').catch(ifMissing(undefined)),
    read: (name) => createReadStream(fileOf(name)),
    remove: (below) => rm(fileOf(below), { recursive: true, force: true }),

    async writeText(name, text) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true });
      const temporary = path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
      await writeFile(temporary, text);
      await syncFile(temporary);
      await rename(temporary, file);
    },

    async temporaryFile() {
      // Beside the objects, since a file is renamed only within its disk.
      await mkdir(fileOf('objects'), { recursive: true });
      return path.join(fileOf('objects'), `.${randomUUID()}.tmp`);
    },

    async keep(temporary, name) {
      const file = fileOf(name);
      if (await sameBytes(temporary, file)) return;
      await syncFile(temporary);
      await rename(temporary, file);
    },
  };
}

/** What stands for a file that is not there; one that may not be read is another matter. */
function ifMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return value;
    throw error;
  };
}

/** Makes what was written survive a power cut before anything points to it. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// A file that is there already is kept, unless it is damaged: then every later run that holds the same would be too.
async function sameBytes(written: string, existing: string): Promise<boolean> {
  const there = await stat(existing).catch(() => undefined);
  if (there?.size !== (await stat(written)).size) return false;
  const [one, other] = [await open(written), await open(existing)];
  try {
    const [left, right] = [Buffer.alloc(65_536), Buffer.alloc(65_536)];
    for (let at = 0; at < there.size; at += left.length) {
      const { bytesRead } = await one.read(left, 0, left.length, at);
      await other.read(right, 0, bytesRead, at);
      if (left.compare(right, 0, bytesRead, 0, bytesRead) !== 0) return false;
    }
    return true;
  } finally {
    await one.close();
    await other.close();
  }
}
