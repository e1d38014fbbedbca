import {
  type Gap,
  type GraphEdge,
  type GraphNode,
  type Held,
  type RunInfo,
  type ScopeRecord,
  compareText,
  edgeKey,
} from '@ag/model';
import { edgeLine, findEdge, findNode, nodeLine } from './lines.ts';
import { type Manifest, hashOf, writeManifest } from './manifest.ts';
import type { ObjectRef, Objects } from './objects.ts';
import type { Computed, Snapshot } from './store.ts';

/** Where a store keeps what. */
export interface StoreFolder {
  readonly objects: Objects;
  directoryOf(run: string): string;
  /** Makes a run visible in another way than by a file. */
  readonly keep?: (manifest: Manifest) => void;
}

const manifests = new WeakMap<object, Manifest>();

/** The manifest of a snapshot that this program opened; `undefined` for any other source. */
export function manifestOf(source: object): Manifest | undefined {
  return manifests.get(source);
}

/** A finished run as a source of its graph. */
export function openSnapshot(folder: StoreFolder, manifest: Manifest): Snapshot {
  const computed = Object.values(manifest.computed);
  const nodeRefs = [manifest.nodes, ...computed.map(({ nodes }) => nodes)];
  const edgeRefs = [manifest.edges, ...computed.map(({ edges }) => edges)];
  const snapshot: Snapshot = {
    id: manifest.run.id,
    hash: hashOf(manifest),
    run: (): Promise<RunInfo> => Promise.resolve(manifest.run),
    nodes: (label) =>
      mergeSorted(
        nodeRefs.map((ref) => readNodes(folder.objects, ref, label)),
        ({ id }) => id,
      ),
    edges: (type) =>
      mergeSorted(
        edgeRefs.map((ref) => readEdges(folder.objects, ref, type)),
        edgeKey,
      ),
    scopes,
    gaps,
    withComputed: (name, content) => withComputed(folder, manifest, name, content),
  };
  manifests.set(snapshot, manifest);
  return snapshot;

  async function* scopes(): AsyncGenerator<ScopeRecord> {
    for (const { record } of manifest.scopes) yield record;
  }

  async function* gaps(): AsyncGenerator<Gap> {
    for (const { record } of manifest.scopes) yield* record.gaps;
  }
}

/** Makes a run, or what became of it, visible. */
export async function keepManifest({ keep, directoryOf }: StoreFolder, manifest: Manifest): Promise<void> {
  if (keep) keep(manifest);
  else await writeManifest(directoryOf(manifest.run.id), manifest);
}

async function withComputed(
  folder: StoreFolder,
  manifest: Manifest,
  name: string,
  content: Computed,
): Promise<Snapshot> {
  const others = Object.entries(manifest.computed).filter(([other]) => other !== name);
  const base = openSnapshot(folder, { ...manifest, computed: Object.fromEntries(others) });
  const nodes = hold(content.nodes, ({ id }) => id);
  const edges = hold(content.edges, edgeKey);
  await refuseCollisions(base, nodes, edges);

  const computed = {
    nodes: await folder.objects.write(sortedLines(nodes, nodeLine)),
    edges: await folder.objects.write(sortedLines(edges, edgeLine)),
  };
  const next: Manifest = { ...manifest, computed: { ...Object.fromEntries(others), [name]: computed } };
  await keepManifest(folder, next);
  return openSnapshot(folder, next);
}

// What is computed stands beside what was read and never changes it.
async function refuseCollisions(
  base: Snapshot,
  nodes: ReadonlyMap<string, Held<GraphNode>>,
  edges: ReadonlyMap<string, Held<GraphEdge>>,
): Promise<void> {
  const loose = new Set([...edges.values()].flatMap(({ from, to }) => [from, to]).filter((id) => !nodes.has(id)));
  for await (const { id } of base.nodes()) {
    if (nodes.has(id)) throw new Error(`the computed node \`${id}\` is there already`);
    loose.delete(id);
  }
  const [end] = loose;
  if (end !== undefined) throw new Error(`a computed edge leads to \`${end}\`, which is not there`);
  for await (const edge of base.edges()) {
    if (!edges.has(edgeKey(edge))) continue;
    throw new Error(`the computed edge \`${edge.type}\` from \`${edge.from}\` to \`${edge.to}\` is there already`);
  }
}

function hold<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Held<Value>> {
  return new Map(values.map((value) => [keyOf(value), { ...value, scopes: [] }]));
}

function sortedLines<Value>(values: ReadonlyMap<string, Value>, toLine: (value: Value) => string): string[] {
  return [...values].sort(([a], [b]) => compareText(a, b)).map(([, value]) => toLine(value));
}

async function* readNodes(objects: Objects, ref: ObjectRef, label?: string): AsyncGenerator<Held<GraphNode>> {
  const wanted = label === undefined ? '' : JSON.stringify(label);
  for await (const line of objects.read(ref)) {
    if (!line.includes(wanted)) continue;
    const node = findNode(line);
    if (node && (label === undefined || node.labels.includes(label))) yield node;
  }
}

async function* readEdges(objects: Objects, ref: ObjectRef, type?: string): AsyncGenerator<Held<GraphEdge>> {
  const wanted = type === undefined ? '' : JSON.stringify(type);
  for await (const line of objects.read(ref)) {
    if (!line.includes(wanted)) continue;
    const edge = findEdge(line);
    if (edge && (type === undefined || edge.type === type)) yield edge;
  }
}

async function* mergeSorted<Value>(
  sources: readonly AsyncGenerator<Value>[],
  keyOf: (value: Value) => string,
): AsyncGenerator<Value> {
  const [only] = sources;
  if (only && sources.length === 1) {
    yield* only;
    return;
  }
  try {
    const heads = await Promise.all(sources.map(async (source) => ({ source, next: await source.next() })));
    for (;;) {
      let least: { head: (typeof heads)[number]; key: string; value: Value } | undefined;
      for (const head of heads) {
        if (head.next.done === true) continue;
        const key = keyOf(head.next.value);
        if (!least || compareText(key, least.key) < 0) least = { head, key, value: head.next.value };
      }
      if (!least) return;
      yield least.value;
      least.head.next = await least.head.source.next();
    }
  } finally {
    for (const source of sources) await source.return(undefined);
  }
}
