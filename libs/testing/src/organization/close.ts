import {
  type Gap,
  type GraphEdge,
  type GraphNode,
  type GraphSource,
  type Held,
  type RunInfo,
  type ScopeContent,
  type ScopeRecord,
  accountOf,
  compareText,
  findArn,
  scopeKey,
  uncollectedLabel,
} from '@ag/model';

/** The run that every generated organization is as of. */
export const generatedRun: RunInfo = {
  id: '20261124T080000Z-0001',
  number: 1,
  startedAt: '2026-11-24T08:00:00.000Z',
  finishedAt: '2026-11-24T08:05:00.000Z',
};

/** A closed graph in memory: nodes in order of their ids, edges between nodes. */
export interface MemoryGraph {
  readonly nodes: readonly Held<GraphNode>[];
  readonly edges: readonly Held<GraphEdge>[];
  readonly scopes: readonly ScopeRecord[];
}

/** Joins scopes to one graph without loose ends, as a snapshot does when it is closed: aliases resolved, what is not there named. */
export function closeScopes(contents: Iterable<ScopeContent>): MemoryGraph {
  const nodes = new Map<string, Held<GraphNode>>();
  const drafted: Held<GraphEdge>[] = [];
  const scopes: ScopeRecord[] = [];
  const names = new Map<string, string[]>();
  for (const { scope, state, readAt, gaps, nodes: found, edges } of contents) {
    const held = [scopeKey(scope)];
    scopes.push({ scope, state, readInRun: generatedRun.id, readInNumber: 1, readAt, gaps });
    for (const node of found) {
      // A service that many roles trust is in the scope of each account.
      const known = nodes.get(node.id);
      nodes.set(node.id, known ? { ...known, scopes: [...known.scopes, ...held] } : { ...node, scopes: held });
      if (!known) for (const alias of node.aliases ?? []) names.set(alias, [...(names.get(alias) ?? []), node.id]);
    }
    for (const edge of edges) drafted.push({ ...edge, scopes: held });
  }

  const idsOf = (end: string): readonly string[] => (nodes.has(end) ? [end] : (names.get(end) ?? [end]));
  const edges = drafted.flatMap((edge): readonly Held<GraphEdge>[] => {
    const tails = idsOf(edge.from).filter((from) => nodes.get(from)?.properties['missingSince'] === undefined);
    const heads = idsOf(edge.to);
    if (tails.length === 1 && tails[0] === edge.from && heads.length === 1 && heads[0] === edge.to) return [edge];
    return tails.flatMap((from) => heads.map((to) => ({ ...edge, from, to })));
  });
  const accounts = new Set(scopes.map(({ scope }) => scope.place.account));
  for (const { from, to } of edges) {
    for (const id of [from, to]) {
      if (!nodes.has(id)) nodes.set(id, { id, labels: [uncollectedLabel], properties: { reason: reasonFor(id, accounts) }, scopes: [] });
    }
  } // prettier-ignore
  return { nodes: [...nodes.values()].sort((a, b) => compareText(a.id, b.id)), edges, scopes };
}

/** The graph as the engine reads it. */
export function toSource({ nodes, edges, scopes }: MemoryGraph): GraphSource {
  const gaps: readonly Gap[] = scopes.flatMap((record) => record.gaps);
  return {
    run: () => Promise.resolve(generatedRun),
    nodes: (label) => each(nodes, (node) => label === undefined || node.labels.includes(label)),
    edges: (type) => each(edges, (edge) => type === undefined || edge.type === type),
    scopes: () => each(scopes),
    gaps: () => each(gaps),
  };
}

function reasonFor(id: string, accounts: ReadonlySet<string>): string {
  if (/^A(IDA|ROA)[A-Z0-9]{12,}$/.test(id)) return 'deleted principal';
  if (findArn(id)?.account === 'aws') return 'owned by AWS';
  const account = /^\d{12}$/.test(id) ? id : accountOf(id);
  if (account !== undefined && !accounts.has(account)) return 'other account';
  return id.includes(':policy/') ? 'missing policy' : 'could not be read';
}

async function* each<Value>(
  values: readonly Value[],
  wanted: (value: Value) => boolean = () => true,
): AsyncIterable<Value> {
  for (const value of values) if (wanted(value)) yield value;
}
