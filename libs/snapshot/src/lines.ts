import { type GraphEdge, type GraphNode, type Held, canonicalEdge, canonicalNode } from '@ag/model';

/** One node as one line; equal nodes have equal lines. */
export function nodeLine(node: Held<GraphNode>): string {
  return JSON.stringify(canonicalNode(node));
}

/** One edge as one line; equal edges have equal lines. */
export function edgeLine(edge: Held<GraphEdge>): string {
  return JSON.stringify(canonicalEdge(edge));
}

/** The node that a line of ours holds, or `undefined` where it holds something else. */
export function findNode(line: string): Held<GraphNode> | undefined {
  const value: unknown = JSON.parse(line);
  return isNode(value) ? value : undefined;
}

/** The edge that a line of ours holds, or `undefined` where it holds something else. */
export function findEdge(line: string): Held<GraphEdge> | undefined {
  const value: unknown = JSON.parse(line);
  return isEdge(value) ? value : undefined;
}

// An object's checksum has proven that we wrote the line: telling nodes from edges is enough.
function isNode(value: unknown): value is Held<GraphNode> {
  return typeof value === 'object' && value !== null && 'labels' in value && 'id' in value && 'scopes' in value;
}

function isEdge(value: unknown): value is Held<GraphEdge> {
  return typeof value === 'object' && value !== null && 'type' in value && 'from' in value && 'to' in value;
}
