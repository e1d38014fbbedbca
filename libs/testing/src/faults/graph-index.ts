import { type GraphEdge, type GraphNode, type GraphSource, type Held, edgeKey, scopeKey } from '@ag/model';
import { type Kept, type Snapshot, keptScopes } from '@ag/snapshot';

/** A snapshot by what one asks it for. */
export interface GraphIndex {
  readonly hash: string;
  readonly nodes: ReadonlyMap<string, Held<GraphNode>>;
  readonly edges: ReadonlyMap<string, Held<GraphEdge>>;
  readonly scopes: ReadonlyMap<string, Kept>;
}

export async function indexGraph(snapshot: Snapshot): Promise<GraphIndex> {
  return { ...(await indexSource(snapshot)), hash: snapshot.hash };
}

/** The same of any source of a graph: of one that keeps no scopes' contents, what its records say is all. */
export async function indexSource(snapshot: GraphSource): Promise<Omit<GraphIndex, 'hash'>> {
  const nodes = new Map<string, Held<GraphNode>>();
  const edges = new Map<string, Held<GraphEdge>>();
  for await (const node of snapshot.nodes()) nodes.set(node.id, node);
  for await (const edge of snapshot.edges()) edges.set(edgeKey(edge), edge);
  const scopes = new Map(keptScopes(snapshot).map((kept) => [scopeKey(kept.record.scope), kept]));
  return { nodes, edges, scopes };
}

export function isMissing(node: GraphNode | undefined): boolean {
  return node?.properties['missingSince'] !== undefined;
}

/** The actions that a node says are unread of it. */
export function unreadOf(node: GraphNode | undefined): readonly string[] {
  const unread = node?.properties['unread'];
  return Array.isArray(unread) ? unread.map(String) : [];
}

/** The node that an id is a part of: a statement is part of its policy, an inline policy of its holder. */
export function rootOf(id: string): string {
  return id.split('#')[0] ?? id;
}
