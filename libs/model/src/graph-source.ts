import type { Gap } from './gap.ts';
import type { GraphEdge, GraphNode, Held } from './graph.ts';
import type { RunInfo } from './run.ts';
import type { ScopeRecord } from './scope.ts';

/**
 * Where the access engine reads the graph from: a snapshot on disk or Neo4j, with the same answers.
 * Nodes come with all their labels; the order is by id, so that equal graphs read equally.
 */
export interface GraphSource {
  /** The run that the whole graph is as of. */
  run(): Promise<RunInfo>;
  /** Nodes that carry the label; every node without one. */
  nodes(label?: string): AsyncIterable<Held<GraphNode>>;
  /** Edges of the type; every edge without one. */
  edges(type?: string): AsyncIterable<Held<GraphEdge>>;
  /** Every scope of the graph with its state. */
  scopes(): AsyncIterable<ScopeRecord>;
  /** What could not be read, over all scopes. */
  gaps(): AsyncIterable<Gap>;
}
