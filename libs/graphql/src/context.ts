import type { AccessIndex } from '@ag/access';
import type { Graph } from '@ag/graph';
import { type NodeLoader, nodeLoader } from './inventory/load-nodes.ts';
import { type RelatedLoader, relatedLoader } from './related/load-related.ts';

/** What a request is answered from. */
export interface GraphqlContext {
  /** The index of this moment: one request keeps the one it began with. Throws `NothingCollected` before the first run. */
  index(): AccessIndex;
  readonly graph: Graph;
  /** Nodes by id, asked for together. */
  readonly nodes: NodeLoader;
  /** Edges of nodes, asked for together. */
  readonly related: RelatedLoader;
}

/** The context of one request. */
export function createContext(graph: Graph, newest: () => AccessIndex): GraphqlContext {
  let index: AccessIndex | undefined;
  return {
    index: () => (index ??= newest()),
    graph,
    nodes: nodeLoader(graph),
    related: relatedLoader(graph),
  };
}
