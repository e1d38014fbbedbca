import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Storage } from './storage.ts';

/** Keeps files in a folder, which is made with the first of them. */
export function openFolder(directory: string): Storage {
  const fileOf = (name: string): string => path.join(directory, ...name.split('/'));
  return {
    list: async (below) => (await readdir(fileOf(below)).catch(() => [])).sort(),
    readText: (name) => readFile(fileOf(name), 'utf8').catch(() => undefined),
    read: (name) => createReadStream(fileOf(name)),
    remove: (below) => rm(fileOf(below), { recursive: true, force: true }),

    async writeText(name, text) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true });
      const temporary = path.join(path.dirname(file), '.manifest.tmp');
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
      if (await sameSize(temporary, file)) return;
      await syncFile(temporary);
      await rename(temporary, file);
    },
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

async function sameSize(written: string, existing: string): Promise<boolean> {
  const there = await stat(existing).catch(() => undefined);
  return there !== undefined && there.size === (await stat(written)).size;
}
