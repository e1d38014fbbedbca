import type { Gap, GraphEdge, GraphNode, GraphSource, Held, RunInfo, ScopeRecord } from '@ag/model';

/** The whole graph in memory, without the flattened statements: the engine reads documents. */
export interface GraphData {
  readonly run: RunInfo;
  readonly nodes: ReadonlyMap<string, Held<GraphNode>>;
  readonly scopes: readonly ScopeRecord[];
  readonly gaps: readonly Gap[];
  /** Nodes that carry the label, by id. */
  labelled(label: string): readonly Held<GraphNode>[];
  edgesFrom(type: string, id: string): readonly GraphEdge[];
  edgesTo(type: string, id: string): readonly GraphEdge[];
}

/** Reads a graph once. */
export async function readGraph(source: GraphSource): Promise<GraphData> {
  const nodes = new Map<string, Held<GraphNode>>();
  const byLabel = new Map<string, Held<GraphNode>[]>();
  for await (const node of source.nodes()) {
    if (node.labels.includes('PolicyStatement')) continue;
    nodes.set(node.id, node);
    for (const label of node.labels) addTo(byLabel, label, node);
  }

  const from = new Map<string, GraphEdge[]>();
  const to = new Map<string, GraphEdge[]>();
  for await (const edge of source.edges()) {
    if (edge.type === 'HAS_STATEMENT') continue;
    addTo(from, `${edge.type} ${edge.from}`, edge);
    addTo(to, `${edge.type} ${edge.to}`, edge);
  }

  const scopes: ScopeRecord[] = [];
  for await (const record of source.scopes()) scopes.push(record);
  const gaps: Gap[] = [];
  for await (const gap of source.gaps()) gaps.push(gap);

  return {
    run: await source.run(),
    nodes,
    scopes,
    gaps,
    labelled: (label) => byLabel.get(label) ?? [],
    edgesFrom: (type, id) => from.get(`${type} ${id}`) ?? [],
    edgesTo: (type, id) => to.get(`${type} ${id}`) ?? [],
  };
}

/** Adds to the list under a key. */
export function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
