import {
  type GraphEdge,
  type GraphNode,
  type Held,
  type ScopeRecord,
  compareText,
  edgeKey,
  uncollectedLabel,
} from '@ag/model';
import { type Copy, mergeEdges, mergeNodes } from './merge.ts';
import { uncollectedReasons } from './uncollected.ts';

/** Everything that all scopes say, as one graph without loose ends, in canonical order. */
export interface ClosedGraph {
  readonly nodes: readonly Held<GraphNode>[];
  readonly edges: readonly Held<GraphEdge>[];
}

/** Collects what scopes say and joins it to one graph; the order of adding does not matter. */
export interface GraphBuilder {
  add(value: Held<GraphNode> | Held<GraphEdge>, read: Copy<unknown>['read']): void;
  close(scopes: Iterable<ScopeRecord>): ClosedGraph;
}

export function graphBuilder(): GraphBuilder {
  const nodes = new Map<string, Copy<GraphNode>[]>();
  const edges: Copy<GraphEdge>[] = [];
  return {
    add(value, read) {
      if ('id' in value) push(nodes, value.id, { value, read });
      else edges.push({ value, read });
    },
    close: (scopes) => closeGraph(new Map([...nodes].map(([id, copies]) => [id, mergeNodes(copies)])), edges, scopes),
  };
}

function closeGraph(
  nodes: Map<string, Held<GraphNode>>,
  edges: readonly Copy<GraphEdge>[],
  scopes: Iterable<ScopeRecord>,
): ClosedGraph {
  const idsOf = aliasResolver(nodes);
  const groups = new Map<string, Copy<GraphEdge>[]>();
  for (const { value, read } of edges) {
    const tails = idsOf(value.from);
    const heads = idsOf(value.to);
    const ambiguous = tails.length > 1 || heads.length > 1;
    for (const from of tails) {
      // INVARIANT: a node that is missing grants and receives nothing of its own.
      if (nodes.get(from)?.properties['missingSince'] !== undefined) continue;
      for (const to of heads) {
        const properties = ambiguous ? { ...value.properties, ambiguous: true } : value.properties;
        const edge = { ...value, from, to, properties };
        push(groups, edgeKey(edge), { value: edge, read });
      }
    }
  }
  const joined = [...groups].map(([key, copies]): [string, Held<GraphEdge>] => [key, mergeEdges(copies)]);
  addUncollected(nodes, joined, scopes);
  return {
    nodes: [...nodes.values()].sort((a, b) => compareText(a.id, b.id)),
    edges: joined.sort(([a], [b]) => compareText(a, b)).map(([, edge]) => edge),
  };
}

/** From an edge's end to the ids it means. An id means itself, and a node that is there comes before one that is missing. */
function aliasResolver(nodes: ReadonlyMap<string, Held<GraphNode>>): (end: string) => readonly string[] {
  const present = new Map<string, string[]>();
  const missing = new Map<string, string[]>();
  for (const { id, aliases = [], properties } of nodes.values()) {
    const table = properties['missingSince'] === undefined ? present : missing;
    for (const alias of new Set(aliases)) push(table, alias, id);
  }
  return (end) => (nodes.has(end) ? [end] : (present.get(end) ?? missing.get(end) ?? [end]));
}

function addUncollected(
  nodes: Map<string, Held<GraphNode>>,
  edges: readonly (readonly [string, Held<GraphEdge>])[],
  scopes: Iterable<ScopeRecord>,
): void {
  const reasonFor = uncollectedReasons(scopes);
  for (const [, { from, to }] of edges) {
    for (const id of [from, to]) {
      if (nodes.has(id)) continue;
      nodes.set(id, { id, labels: [uncollectedLabel], properties: { reason: reasonFor(id) }, scopes: [] });
    }
  }
}

function push<Value>(table: Map<string, Value[]>, key: string, value: Value): void {
  const list = table.get(key);
  if (list) list.push(value);
  else table.set(key, [value]);
}
