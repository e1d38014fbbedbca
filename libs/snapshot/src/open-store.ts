import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError, compareRuns, exitCode } from '@ag/model';
import { acceptScopes } from './accept-scopes.ts';
import { openAcceptances } from './acceptances.ts';
import { type Manifest, objectsOf, readManifest } from './manifest.ts';
import { DamagedObject, openObjects } from './objects.ts';
import { type StoreFolder, openSnapshot } from './snapshot.ts';
import type { Snapshot, SnapshotStore, StoreOptions } from './store.ts';
import { beginRun } from './writer.ts';

/** Opens the folder that keeps the runs; it is made with the first run. */
export function openSnapshotStore(directory: string, { warn = () => undefined }: StoreOptions = {}): SnapshotStore {
  const runs = path.join(directory, 'runs');
  const folder: StoreFolder = {
    objects: openObjects(path.join(directory, 'objects')),
    acceptances: openAcceptances(directory),
    warn,
    directoryOf: (run) => path.join(runs, run),
  };
  return {
    list,
    latest,
    open,
    begin: (options) => beginRun(folder, options),
    accept: async (scopes) => acceptScopes(folder, await latest(), scopes),
  };

  async function list(): Promise<readonly Manifest['run'][]> {
    return (await manifests()).map(({ run }) => run);
  }

  async function latest(): Promise<Snapshot | undefined> {
    for (const manifest of (await manifests()).reverse()) {
      const damage = await findDamage(manifest);
      if (!damage) return openSnapshot(folder, manifest);
      warn({ run: manifest.run.id, reason: damage.message }, 'left out a damaged snapshot');
    }
    return undefined;
  }

  async function open(run: string): Promise<Snapshot> {
    if (path.basename(run) !== run) throw new UserError(`\`${run}\` is not the id of a run`, exitCode.usage);
    const read = await readManifest(folder.directoryOf(run));
    if (!read.ok) throw new UserError(`there is no snapshot \`${run}\`: ${read.reason}`, exitCode.usage);
    const damage = await findDamage(read.manifest);
    if (damage) {
      const message = `the snapshot \`${run}\` cannot be used: ${damage.message}`;
      throw new UserError(message, exitCode.unexpected, { cause: damage });
    }
    return openSnapshot(folder, read.manifest);
  }

  async function manifests(): Promise<Manifest[]> {
    const names = await readdir(runs).catch(() => []);
    const found: Manifest[] = [];
    for (const run of names.sort()) {
      const read = await readManifest(folder.directoryOf(run));
      if (read.ok) found.push(read.manifest);
      else warn({ run, reason: read.reason }, 'left out a snapshot that is not whole');
    }
    return found.sort((a, b) => compareRuns(a.run, b.run));
  }

  async function findDamage(manifest: Manifest): Promise<DamagedObject | undefined> {
    try {
      for (const ref of objectsOf(manifest)) await folder.objects.verify(ref);
      return undefined;
    } catch (error) {
      if (error instanceof DamagedObject) return error;
      throw error;
    }
  }
}
