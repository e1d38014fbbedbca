import { type ScopeContent, canonicalScope, compareScopes, scopeKey } from '@ag/model';
import { type Accepted, DamagedAcceptances } from './acceptances.ts';
import { closeGraph } from './close-graph.ts';
import { writeContent } from './content-file.ts';
import { findKept } from './kept-content.ts';
import { type KeptScope, type Manifest, writeManifest } from './manifest.ts';
import { rebuildScopes } from './rebuild-scopes.ts';
import { toContent } from './scope-content.ts';
import { type Attempt, acceptHeld, settle } from './settle.ts';
import { type StoreFolder, manifestOf, openSnapshot } from './snapshot.ts';
import type { BeginOptions, Snapshot, SnapshotWriter } from './store.ts';

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
      ...(run.number !== undefined && { readInNumber: run.number }),
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
      run: { ...run, finishedAt },
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
  if (manifest) return takeAccepted(folder, manifest.scopes);
  return rebuildScopes(previous, (content) => writeContent(folder.objects, content));
}

/** The scopes with what a person accepted since as their content. */
async function takeAccepted(folder: StoreFolder, scopes: readonly KeptScope[]): Promise<readonly KeptScope[]> {
  if (scopes.every(({ held }) => !held)) return scopes;
  const accepted = await readAccepted(folder);
  return Promise.all(
    scopes.map(async (kept) => {
      const run = kept.held?.readInRun;
      if (run === undefined || accepted.get(scopeKey(kept.record.scope)) !== run) return kept;
      return acceptHeld(folder.objects, kept);
    }),
  );
}

// Whoever accepted can do so again; a run is not lost for it.
async function readAccepted({ acceptances, warn }: StoreFolder): Promise<Accepted> {
  try {
    return await acceptances.read();
  } catch (error) {
    if (!(error instanceof DamagedAcceptances)) throw error;
    warn({ run: 'accepted', reason: error.message }, 'left out what was accepted');
    return new Map();
  }
}
