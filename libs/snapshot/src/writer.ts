import { rm } from 'node:fs/promises';
import {
  type ScopeContent,
  type ScopeRecord,
  canonicalScope,
  compareScopes,
  compareText,
  edgeKey,
  scopeKey,
} from '@ag/model';
import { graphBuilder } from './close-graph.ts';
import { edgeLine, findEdge, findNode, nodeLine } from './lines.ts';
import type { KeptScope, Manifest } from './manifest.ts';
import type { ObjectRef, Objects } from './objects.ts';
import { rebuildScopes } from './rebuild-scopes.ts';
import { type Content, addPartial, confirmAbsence, keepOthers, toContent } from './scope-content.ts';
import { type StoreFolder, keepManifest, manifestOf, openSnapshot } from './snapshot.ts';
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
    const kept = await writeContent(folder.objects, toContent(key, content.nodes, content.edges));
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
      ...(await closeScopes(folder.objects, scopes)),
      computed: {},
    };
    await keepManifest(folder, manifest);
    return openSnapshot(folder, manifest);
  }

  async function abandon(): Promise<void> {
    over = true;
    attempts.clear();
    if (!folder.keep) await rm(folder.directoryOf(run.id), { recursive: true, force: true });
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

async function closeScopes(objects: Objects, scopes: readonly KeptScope[]): Promise<Pick<Manifest, 'nodes' | 'edges'>> {
  const graph = graphBuilder();
  for (const { record, content } of scopes) {
    if (!content) continue;
    for await (const line of objects.read(content)) {
      const value = findNode(line) ?? findEdge(line);
      if (value) graph.add(value, record.readAt);
    }
  }
  const { nodes, edges } = graph.close(scopes.map(({ record }) => record));
  return { nodes: await objects.write(nodes.map(nodeLine)), edges: await objects.write(edges.map(edgeLine)) };
}

async function writeContent(objects: Objects, { nodes, edges }: Content): Promise<ObjectRef | undefined> {
  if (nodes.size === 0 && edges.size === 0) return undefined;
  return objects.write([
    ...[...nodes.values()].sort((a, b) => compareText(a.id, b.id)).map(nodeLine),
    ...[...edges].sort(([a], [b]) => compareText(a, b)).map(([, edge]) => edgeLine(edge)),
  ]);
}

async function readContent(objects: Objects, { content }: KeptScope): Promise<Content> {
  const read = { nodes: new Map(), edges: new Map() } satisfies Content;
  if (!content) return read;
  for await (const line of objects.read(content)) {
    const node = findNode(line);
    if (node) read.nodes.set(node.id, node);
    const edge = node ? undefined : findEdge(line);
    if (edge) read.edges.set(edgeKey(edge), edge);
  }
  return read;
}
