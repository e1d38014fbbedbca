import {
  type Gap,
  type GraphEdge,
  type GraphNode,
  type GraphSource,
  type Held,
  type Properties,
  type RunInfo,
  type ScopeRecord,
  canonicalEdge,
  canonicalNode,
  canonicalScope,
  compareScopes,
  compareText,
  edgeKey,
} from '@ag/model';
import neo4j from 'neo4j-driver';
import type { GraphSettings } from './graph.ts';

/** Everything that a source says; also what a source is made of. */
export interface WholeGraph {
  readonly run: RunInfo;
  readonly nodes: readonly Held<GraphNode>[];
  readonly edges: readonly Held<GraphEdge>[];
  readonly scopes: readonly ScopeRecord[];
}

export function runOf(number: number): RunInfo {
  const day = `2026-11-${String(number + 10)}`;
  return { id: `run-${number}`, startedAt: `${day}T08:00:00.000Z`, finishedAt: `${day}T09:00:00.000Z` };
}

export function queue(id: string, properties: Properties = {}): Held<GraphNode> {
  return { id, labels: ['SqsQueue', 'AwsResource'], properties, scopes: [] };
}

export function owns(from: string, to: string, properties: Properties = {}): Held<GraphEdge> {
  return { type: 'OWNS', from, to, properties, scopes: [] };
}

export function scope(resource: string, rest: Partial<ScopeRecord> = {}): ScopeRecord {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
  const { id, startedAt } = runOf(1);
  return {
    scope: { connection: 'default', place, resource },
    state: 'complete',
    readInRun: id,
    readAt: startedAt,
    gaps: [],
    ...rest,
  };
}

/** A source in memory, in canonical order as a snapshot is. */
export function sourceOf({ run, nodes, edges, scopes }: WholeGraph): GraphSource {
  const sortedNodes = nodes.map(canonicalNode).sort((a, b) => compareText(a.id, b.id));
  const sortedEdges = edges.map(canonicalEdge).sort((a, b) => compareText(edgeKey(a), edgeKey(b)));
  const sortedScopes = scopes.map(canonicalScope).sort(compareScopes);
  return {
    run: () => Promise.resolve(run),
    nodes: (label) => stream(sortedNodes.filter(({ labels }) => label === undefined || labels.includes(label))),
    edges: (wanted) => stream(sortedEdges.filter(({ type }) => wanted === undefined || type === wanted)),
    scopes: () => stream(sortedScopes),
    gaps: () => stream(sortedScopes.flatMap(({ gaps }) => gaps)),
  };
}

async function* stream<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

export async function readAll(source: GraphSource): Promise<WholeGraph & { readonly gaps: readonly Gap[] }> {
  return {
    run: await source.run(),
    nodes: await toList(source.nodes()),
    edges: await toList(source.edges()),
    scopes: await toList(source.scopes()),
    gaps: await toList(source.gaps()),
  };
}

export async function toList<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** Takes everything out of the test's own database, constraints and indexes too. */
export async function emptyDatabase({ uri, user, password }: GraphSettings): Promise<void> {
  const driver = neo4j.driver(uri, password === undefined ? undefined : neo4j.auth.basic(user ?? 'neo4j', password));
  const session = driver.session();
  try {
    await session.run('MATCH (node) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS');
    for (const [kind, list] of [
      ['CONSTRAINT', 'SHOW CONSTRAINTS YIELD name'],
      ['INDEX', "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"],
    ]) {
      const { records } = await session.run<{ name: string }>(`${list ?? ''} RETURN name`);
      for (const record of records) await session.run(`DROP ${kind ?? ''} ${record.get('name')}`);
    }
  } finally {
    await session.close();
    await driver.close();
  }
}
