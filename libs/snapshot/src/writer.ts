import { type ScopeContent, type ScopeRecord, canonicalScope, compareScopes, scopeKey } from '@ag/model';
import { closeGraph } from './close-graph.ts';
import { readContent, writeContent } from './content-file.ts';
import { findKept } from './kept-content.ts';
import { type KeptScope, type Manifest, writeManifest } from './manifest.ts';
import type { ObjectRef, Objects } from './objects.ts';
import { rebuildScopes } from './rebuild-scopes.ts';
import { addPartial, confirmAbsence, keepOthers, toContent } from './scope-content.ts';
import { type StoreFolder, manifestOf, openSnapshot } from './snapshot.ts';
import type { BeginOptions, Snapshot, SnapshotWriter } from './store.ts';

/** What one attempt left on disk. */
interface Attempt {
  readonly record: ScopeRecord;
  readonly content?: ObjectRef;
}

/** Writes a run: contents at once as they come, the manifest last. */
export async function beginRun(folder: StoreFolder, { run, previous }: BeginOptions): Promise<SnapshotWriter> {
  const before = new Map((await keptBefore(folder, previous)).map((kept) => [scopeKey(kept.record.scope), kept]));
  const attempts = new Map<string, Attempt>();
  let over = false;
  return { write, finish, abandon };

  async function write(content: ScopeContent): Promise<void> {
    if (over) throw new Error(`the run \`${run.id}\` is over`);
    const key = scopeKey(content.scope);
    const record = canonicalScope({
      scope: content.scope,
      state: content.state,
      readInRun: run.id,
      // A run is as of its start: what was read in it is at least that new, and equal runs stay equal.
      readAt: run.startedAt,
      gaps: content.gaps,
    });
    const known = findKept(content);
    const kept = known
      ? known.content
      : await writeContent(folder.objects, toContent(key, content.nodes, content.edges));
    attempts.set(key, { record, ...(kept && { content: kept }) });
  }

  async function finish(finishedAt: string): Promise<Snapshot> {
    over = true;
    const scopes: KeptScope[] = [];
    for (const [key, kept] of before) if (!attempts.has(key)) scopes.push(kept);
    for (const [key, attempt] of attempts) {
      scopes.push(await settle(folder.objects, attempt, before.get(key), run.startedAt));
    }
    scopes.sort((a, b) => compareScopes(a.record, b.record));

    const manifest: Manifest = {
      format: 1,
      run: { id: run.id, startedAt: run.startedAt, finishedAt },
      scopes,
      ...(await closeGraph(folder.objects, scopes)),
      computed: {},
    };
    await writeManifest(folder.storage, manifest);
    return openSnapshot(folder, manifest);
  }

  async function abandon(): Promise<void> {
    over = true;
    attempts.clear();
    await folder.storage.remove(`runs/${run.id}`);
  }
}

async function keptBefore(folder: StoreFolder, previous: BeginOptions['previous']): Promise<readonly KeptScope[]> {
  if (!previous) return [];
  const manifest = manifestOf(previous);
  if (manifest) return manifest.scopes;
  return rebuildScopes(previous, (content) => writeContent(folder.objects, content));
}

/**
 * Decides what a scope holds after an attempt. A complete one replaces what was known, absences being confirmed. Any
 * other leaves the last complete content as it was, marked with the run it was read in, and tells how it failed.
 */
async function settle(
  objects: Objects,
  { record, content }: Attempt,
  before: KeptScope | undefined,
  at: string,
): Promise<KeptScope> {
  const whole = record.state === 'complete';
  const asRead: KeptScope = { record, whole, ...(content && { content }) };
  if (!before) return asRead;
  if (whole) {
    if (!before.content || before.content.sha256 === content?.sha256) return asRead;
    const [known, now] = [await readContent(objects, before), await readContent(objects, asRead)];
    const isOfAws = record.scope.place.account === 'aws';
    const kept = await writeContent(objects, isOfAws ? keepOthers(known, now) : confirmAbsence(known, now, at));
    return { record, whole, ...(kept && { content: kept }) };
  }
  if (before.whole || !content) {
    const { readInRun, readAt } = before.record;
    return { ...before, record: { ...record, readInRun, readAt } };
  }
  const joined = addPartial(await readContent(objects, before), await readContent(objects, asRead));
  const kept = await writeContent(objects, joined);
  return { record, whole, ...(kept && { content: kept }) };
}
