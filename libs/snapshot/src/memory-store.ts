import { createHash } from 'node:crypto';
import { type Manifest } from './manifest.ts';
import { DamagedObject, type ObjectRef, type Objects } from './objects.ts';
import { type StoreFolder, manifestOf } from './snapshot.ts';
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
  const folder: StoreFolder = { objects, directoryOf: (run) => run, keep: () => undefined };
  return { objects, begin: (options) => beginRun(folder, options), branch: () => openMemoryStore(objects) };
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
    write: (lines) => {
      const all = [...lines];
      const hash = createHash('sha256');
      for (const line of all) hash.update(line).update('\n');
      const sha256 = hash.digest('hex');
      held.set(sha256, all);
      return Promise.resolve({ sha256, lines: all.length });
    },
    read,
    verify: async (ref) => {
      for await (const line of read(ref)) void line;
    },
  };
}
