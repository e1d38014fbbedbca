import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GraphEdge, type GraphNode, type Held, compareText, edgeKey, scopeKey, uncollectedLabel } from '@ag/model';
import { openFolder } from './folder-storage.ts';
import { edgeLine, findEdge, findNode, nodeLine } from './lines.ts';
import type { KeptScope } from './manifest.ts';
import { type Copy, mergeEdges, mergeNodes } from './merge.ts';
import { type Names, createNames } from './names.ts';
import { type ObjectRef, type Objects, openObjects } from './objects.ts';
import { createSorter } from './sorter.ts';
import { uncollectedReasons } from './uncollected.ts';

/** Everything that all scopes say, as one graph without loose ends, in canonical order. */
export interface ClosedGraph {
  readonly nodes: ObjectRef;
  readonly edges: ObjectRef;
}

/**
 * Joins what scopes say to one graph; their order does not matter. Only names are held in memory, so that an organization may
 * be larger than it: nodes and edges are sorted in parts and merged as they are read.
 */
export async function closeGraph(objects: Objects, scopes: readonly KeptScope[]): Promise<ClosedGraph> {
  const folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-close-'));
  try {
    return await closeIn(openObjects(openFolder(folder)), objects, scopes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function closeIn(parts: Objects, objects: Objects, scopes: readonly KeptScope[]): Promise<ClosedGraph> {
  const reads = new Map(scopes.map(({ record }) => [scopeKey(record.scope), record]));
  const toCopy = <Value>(value: Held<Value>): Copy<Value> => ({
    value,
    read: reads.get(value.scopes[0] ?? '') ?? unknownRead,
  });
  const merged = {
    nodes: createSorter({ objects: parts, keyOf: ({ id }: Held<GraphNode>) => id, toLine: nodeLine, parse: findNode }),
    edges: createSorter({ objects: parts, keyOf: edgeKey, toLine: edgeLine, parse: findEdge }),
  };

  for await (const line of linesOf(objects, scopes)) {
    const node = findNode(line);
    if (node) await merged.nodes.add(node);
  }
  const names = createNames();
  for await (const node of nodes()) names.add(node);

  const loose = new Set<string>();
  for await (const line of linesOf(objects, scopes)) {
    const edge = findEdge(line);
    for (const resolved of edge ? resolveEnds(edge, names) : []) {
      await merged.edges.add(resolved);
      for (const end of [resolved.from, resolved.to]) if (!names.has(end)) loose.add(end);
    }
  }
  const reasonFor = uncollectedReasons(scopes.map(({ record }) => record));
  const uncollected = [...loose].sort(compareText).map((id): Held<GraphNode> => ({
    id,
    labels: [uncollectedLabel],
    properties: { reason: reasonFor(id) },
    scopes: [],
  }));
  return {
    nodes: await objects.write(toLines(withOthers(nodes(), uncollected), nodeLine)),
    edges: await objects.write(toLines(edges(), edgeLine)),
  };

  async function* nodes(): AsyncGenerator<Held<GraphNode>> {
    for await (const group of merged.nodes.groups()) yield mergeNodes(group.map(toCopy));
  }

  async function* edges(): AsyncGenerator<Held<GraphEdge>> {
    for await (const group of merged.edges.groups()) yield mergeEdges(group.map(toCopy));
  }
}

// INVARIANT: what a scope's content holds names that scope.
const unknownRead = { readInNumber: 0, readAt: '' };

/** The edge between all that its ends may mean. */
function resolveEnds(edge: Held<GraphEdge>, names: Names): readonly Held<GraphEdge>[] {
  const tails = names.idsOf(edge.from);
  const heads = names.idsOf(edge.to);
  const isAmbiguous = tails.length > 1 || heads.length > 1;
  const properties = isAmbiguous ? { ...edge.properties, ambiguous: true } : edge.properties;
  return (
    tails
      // INVARIANT: a node that is missing grants and receives nothing of its own.
      .filter((from) => !names.isMissing(from))
      .flatMap((from) => heads.map((to) => ({ ...edge, from, to, properties })))
  );
}

async function* linesOf(objects: Objects, scopes: readonly KeptScope[]): AsyncGenerator<string> {
  for (const { content } of scopes) if (content) yield* objects.read(content);
}

async function* toLines<Value>(values: AsyncIterable<Value>, toLine: (value: Value) => string): AsyncGenerator<string> {
  for await (const value of values) yield toLine(value);
}

/** Both, by id; both come in that order. */
async function* withOthers(
  nodes: AsyncIterable<Held<GraphNode>>,
  others: readonly Held<GraphNode>[],
): AsyncGenerator<Held<GraphNode>> {
  let at = 0;
  for await (const node of nodes) {
    for (let other = others[at]; other && compareText(other.id, node.id) < 0; other = others[at]) {
      yield other;
      at += 1;
    }
    yield node;
  }
  yield* others.slice(at);
}
