import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { openAcceptances } from './acceptances.ts';
import { type Manifest } from './manifest.ts';
import { DamagedObject, type ObjectRef, type Objects } from './objects.ts';
import { type StoreFolder, manifestOf } from './snapshot.ts';
import type { Storage } from './storage.ts';
import type { BeginOptions, SnapshotWriter } from './store.ts';
import { beginRun } from './writer.ts';

/** A store that keeps nothing beyond this process, for runs by the thousand. */
export interface MemoryStore {
  begin(options: BeginOptions): Promise<SnapshotWriter>;
  /** A store on top of this one: what it keeps goes with it. */
  branch(): MemoryStore;
  readonly objects: Objects;
}

/** What a run keeps of one scope. */
export type Kept = Manifest['scopes'][number];

/** The scopes of a snapshot with what each holds; none of any other source. */
export function keptScopes(snapshot: object): readonly Kept[] {
  return manifestOf(snapshot)?.scopes ?? [];
}

export function openMemoryStore(below?: Objects): MemoryStore {
  const objects = memoryObjects(below);
  const storage = memoryStorage();
  const folder: StoreFolder = { storage, objects, acceptances: openAcceptances(storage), warn: () => undefined };
  return { objects, begin: (options) => beginRun(folder, options), branch: () => openMemoryStore(objects) };
}

/** Keeps what is small; the objects are kept apart, as their lines. */
function memoryStorage(): Storage {
  const texts = new Map<string, string>();
  const noFiles = () => Promise.reject(new Error('a store in memory has no files'));
  return {
    list: (below) => {
      const names = [...texts.keys()].filter((name) => name.startsWith(`${below}/`));
      return Promise.resolve(
        [...new Set(names.map((name) => name.slice(below.length + 1).split('/')[0] ?? ''))].sort(),
      );
    },
    readText: (name) => Promise.resolve(texts.get(name)),
    writeText: (name, text) => Promise.resolve(void texts.set(name, text)),
    read: () => Readable.from([]),
    temporaryFile: noFiles,
    keep: noFiles,
    remove: (below) => {
      for (const name of texts.keys()) if (name.startsWith(`${below}/`)) texts.delete(name);
      return Promise.resolve();
    },
  };
}

function memoryObjects(below: Objects | undefined): Objects {
  const held = new Map<string, readonly string[]>();

  async function* read(ref: ObjectRef): AsyncGenerator<string> {
    const lines = held.get(ref.sha256);
    if (lines) yield* lines;
    else if (below) yield* below.read(ref);
    else throw new DamagedObject(ref.sha256);
  }

  return {
    write: async (lines) => {
      const all: string[] = [];
      for await (const line of lines) all.push(line);
      const hash = createHash('sha256');
      for (const line of all) hash.update(line).update('\n');
      const sha256 = hash.digest('hex');
      held.set(sha256, all);
      return { sha256, lines: all.length };
    },
    read,
    verify: async (ref) => {
      for await (const line of read(ref)) void line;
    },
  };
}
