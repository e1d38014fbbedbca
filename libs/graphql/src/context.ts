import type { AccessIndex } from '@ag/access';
import type { Graph } from '@ag/graph';
import { type NameLoader, nameLoader } from './decision/load-names.ts';
import { NothingCollected } from './errors.ts';
import { type NodeLoader, nodeLoader } from './inventory/load-nodes.ts';
import { type RelatedLoader, relatedLoader } from './related/load-related.ts';

/** What a request is answered from. */
export interface GraphqlContext {
  /** The index that the request began with. Throws `NothingCollected` before the first run. */
  index(): AccessIndex;
  readonly graph: Graph;
  /** What people call nodes, asked for together. */
  readonly names: NameLoader;
  /** Nodes by id, asked for together. */
  readonly nodes: NodeLoader;
  /** Edges of nodes, asked for together. */
  readonly related: RelatedLoader;
}

/** The context of one request, which keeps its index also when another run is published meanwhile. */
export function createContext(graph: Graph, index: AccessIndex | undefined): GraphqlContext {
  return {
    index: getIndex,
    graph,
    names: nameLoader(getIndex),
    nodes: nodeLoader(graph),
    related: relatedLoader(graph),
  };

  function getIndex(): AccessIndex {
    if (index) return index;
    throw new NothingCollected();
  }
}
