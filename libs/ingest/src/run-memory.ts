import { type GraphEdge, type GraphNode, type ScopeContent, type ScopeState, compareText, edgeKey } from '@ag/model';
import type { Needs } from '@ag/resource';

/** What later phases of a run may ask of earlier ones. */
export interface RunMemory {
  add(content: ScopeContent): void;
  nodes(label: string): readonly GraphNode[];
  edges(type: string): readonly GraphEdge[];
  /** Scopes that were read of a label, with how it ended. */
  states(label: string): readonly { readonly account: string; readonly region: string; readonly state: ScopeState }[];
  isComplete(account: string, label: string): boolean;
}

/**
 * Remembers what the needs ask for, each thing once, and of everything else only how it was read: an organization's principals would
 * not fit. What nobody said to need cannot be asked for.
 */
export function createRunMemory(needs: readonly Needs[]): RunMemory {
  const nodes = new Map<string, Map<string, GraphNode>>();
  const edges = new Map<string, Map<string, GraphEdge>>();
  const states = new Map<string, { account: string; region: string; state: ScopeState }[]>();
  const nodeNeeds = needs.flatMap((need) => Object.entries(need.nodes ?? {}));
  const edgeNeeds = needs.flatMap((need) => Object.entries(need.edges ?? {}));
  for (const [label] of nodeNeeds) nodes.set(label, new Map());
  for (const [type] of edgeNeeds) edges.set(type, new Map());

  return {
    add({ scope, state, nodes: newNodes, edges: newEdges }) {
      const { account, region } = scope.place;
      pushTo(states, scope.resource, { account, region, state });
      for (const [label, keep] of nodeNeeds) {
        for (const node of newNodes) {
          const kept = node.labels[0] === label ? keep(node) : undefined;
          if (kept) putNode(nodes.get(label), kept);
        }
      }
      for (const [type, keep] of edgeNeeds) {
        for (const edge of newEdges) {
          const kept = edge.type === type ? keep(edge) : undefined;
          if (kept) edges.get(type)?.set(edgeKey(kept), kept);
        }
      }
    },
    nodes: (label) => sorted(nodes.get(label), label),
    edges: (type) => sorted(edges.get(type), type),
    states: (label) => states.get(label) ?? [],
    isComplete: (account, label) => {
      const of = (states.get(label) ?? []).filter((state) => state.account === account);
      return of.length > 0 && of.every(({ state }) => state === 'complete');
    },
  };
}

/** Of two that tell of one node each fills what the other leaves out: an account is told of by its organization and by itself. */
function putNode(nodes: Map<string, GraphNode> | undefined, node: GraphNode): void {
  const known = nodes?.get(node.id);
  const properties = { ...node.properties, ...known?.properties };
  const aliases = [...new Set([...(known?.aliases ?? []), ...(node.aliases ?? [])])];
  nodes?.set(node.id, known ? { ...known, properties, ...(aliases.length > 0 && { aliases }) } : node);
}

function sorted<Value>(kept: ReadonlyMap<string, Value> | undefined, what: string): readonly Value[] {
  if (!kept) throw new Error(`nobody said to need \`${what}\` of what was read before`);
  return [...kept].sort(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}

function pushTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
