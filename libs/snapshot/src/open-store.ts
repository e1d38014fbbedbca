import path from 'node:path';
import { UserError, compareRuns, exitCode } from '@ag/model';
import { acceptScopes } from './accept-scopes.ts';
import { openAcceptances } from './acceptances.ts';
import { keepContent, recallContent } from './kept-content.ts';
import { type Manifest, objectsOf, readManifest } from './manifest.ts';
import { DamagedObject, openObjects } from './objects.ts';
import { openStorage } from './open-storage.ts';
import { type StoreFolder, openSnapshot } from './snapshot.ts';
import type { ContentStore, Snapshot, SnapshotStore, StoreOptions } from './store.ts';
import { beginRun } from './writer.ts';

/** Opens what keeps the runs: a folder, which is made with the first run, or `s3://bucket/prefix`. */
export function openSnapshotStore(
  location: string,
  { warn = () => undefined, s3 }: StoreOptions = {},
): SnapshotStore & ContentStore {
  const storage = openStorage(location, s3);
  const folder: StoreFolder = {
    storage,
    objects: openObjects(storage),
    acceptances: openAcceptances(storage),
    warn,
  };
  return {
    list,
    latest,
    open,
    begin: (options) => beginRun(folder, options),
    accept: async (scopes) => acceptScopes(folder, await latest(), scopes),
    keep: (content) => keepContent(folder.objects, content),
    recall: (kept) => recallContent(folder.objects, kept),
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
    const read = await readManifest(storage, run);
    if (!read.ok) throw new UserError(`there is no snapshot \`${run}\`: ${read.reason}`, exitCode.usage);
    const damage = await findDamage(read.manifest);
    if (damage) {
      const message = `the snapshot \`${run}\` cannot be used: ${damage.message}`;
      throw new UserError(message, exitCode.unexpected, { cause: damage });
    }
    return openSnapshot(folder, read.manifest);
  }

  async function manifests(): Promise<Manifest[]> {
    const names = await storage.list('runs');
    const found: Manifest[] = [];
    for (const run of names) {
      const read = await readManifest(storage, run);
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
