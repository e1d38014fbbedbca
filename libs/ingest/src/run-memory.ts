import type { GraphEdge, GraphNode, ScopeContent, ScopeState } from '@ag/model';
import { policyProperty } from '@ag/resource';

/** What later phases of a run may ask of earlier ones. */
export interface RunMemory {
  add(content: ScopeContent): void;
  nodes(label: string): readonly GraphNode[];
  edges(type: string): readonly GraphEdge[];
  /** Scopes that were read of a label, with how it ended. */
  states(label: string): readonly { readonly account: string; readonly region: string; readonly state: ScopeState }[];
  isComplete(account: string, label: string): boolean;
}

const documents = new Set((['identity', 'resource', 'trust', 'endpoint', 'accessPoint'] as const).map(policyProperty));
/** What is large and asked for by nobody before the snapshot is closed. */
const forgottenLabel = 'PolicyStatement';
const forgottenEdges = new Set(['HAS_STATEMENT', 'OWNS']);

/** Remembers nodes without their documents, and edges. A hundred thousand roles fit; their policies would not. */
export function createRunMemory(): RunMemory {
  const nodes = new Map<string, GraphNode[]>();
  const edges = new Map<string, GraphEdge[]>();
  const states = new Map<string, { account: string; region: string; state: ScopeState }[]>();

  return {
    add({ scope, state, nodes: newNodes, edges: newEdges }) {
      const { account, region } = scope.place;
      pushTo(states, scope.resource, { account, region, state });
      for (const node of newNodes) {
        const [label] = node.labels;
        if (label !== forgottenLabel) pushTo(nodes, label, withoutDocuments(node));
      }
      for (const edge of newEdges) if (!forgottenEdges.has(edge.type)) pushTo(edges, edge.type, edge);
    },
    nodes: (label) => (nodes.get(label) ?? []).toSorted((a, b) => compare(a.id, b.id)),
    edges: (type) => (edges.get(type) ?? []).toSorted((a, b) => compare(edgeKey(a), edgeKey(b))),
    states: (label) => states.get(label) ?? [],
    isComplete: (account, label) => {
      const of = (states.get(label) ?? []).filter((state) => state.account === account);
      return of.length > 0 && of.every(({ state }) => state === 'complete');
    },
  };
}

function pushTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function withoutDocuments(node: GraphNode): GraphNode {
  const kept = Object.entries(node.properties).filter(([name]) => !documents.has(name));
  return { ...node, properties: Object.fromEntries(kept) };
}

function edgeKey({ from, to, key }: GraphEdge): string {
  return `${from} ${to} ${key ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
