import {
  type Gap,
  type GraphEdge,
  type GraphNode,
  type GraphSource,
  type Held,
  type Properties,
  type PropertyValue,
  type RunInfo,
  type ScopeRecord,
  UserError,
  canonicalEdge,
  canonicalNode,
  compareText,
  edgeKey,
  exitCode,
} from '@ag/model';
import type { Database } from './database.ts';
import type { Current } from './graph.ts';
import { edgeBookkeeping, nodeBookkeeping } from './rows.ts';
import { toScopeRecord } from './scope-record.ts';
import { allEdges, allNodes, allScopes, currentRun, edgesOfType, nodesOfLabel } from './source.queries.ts';

/** The graph in Neo4j, with the same answers as the snapshot that was published. */
export function graphSource(database: Database): GraphSource {
  return { run, nodes, edges, scopes, gaps };

  async function run(): Promise<RunInfo> {
    const current = await findCurrent(database);
    if (current) return current.run;
    throw new UserError(`the graph at \`${database.uri}\` is empty: nothing was collected yet`, exitCode.database);
  }

  async function* nodes(label?: string): AsyncGenerator<Held<GraphNode>> {
    const rows =
      label === undefined
        ? database.stream<NodeAnswer>(allNodes)
        : database.stream<NodeAnswer>(nodesOfLabel, { label });
    for await (const row of rows) yield toNode(row);
  }

  async function* edges(type?: string): AsyncGenerator<Held<GraphEdge>> {
    const rows =
      type === undefined ? database.stream<EdgeAnswer>(allEdges) : database.stream<EdgeAnswer>(edgesOfType, { type });
    let ofOneTail: Held<GraphEdge>[] = [];
    for await (const row of rows) {
      if (ofOneTail[0] && ofOneTail[0].from !== row.from) {
        yield* sortEdges(ofOneTail);
        ofOneTail = [];
      }
      ofOneTail.push(toEdge(row));
    }
    yield* sortEdges(ofOneTail);
  }

  async function* scopes(): AsyncGenerator<ScopeRecord> {
    const asOf = await run();
    const rows = database.stream<{ properties: Properties }>(allScopes);
    for await (const { properties } of rows) yield toScopeRecord(properties, asOf);
  }

  async function* gaps(): AsyncGenerator<Gap> {
    for await (const record of scopes()) yield* record.gaps;
  }
}

/** The run that the graph is as of; `undefined` before the first. */
export async function findCurrent(database: Database): Promise<Current | undefined> {
  const [row] = await database.read<Omit<RunInfo, 'number'> & { number: number | null; loading: boolean }>(currentRun);
  if (!row) return undefined;
  const { id, number, startedAt, finishedAt, loading } = row;
  return { run: { id, ...(number !== null && { number }), startedAt, finishedAt }, loading };
}

interface NodeAnswer {
  readonly labels: readonly string[];
  readonly properties: Properties;
}

interface EdgeAnswer {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

function toNode({ labels, properties }: NodeAnswer): Held<GraphNode> {
  const own = text(properties['label']);
  const aliases = texts(properties['aliases']);
  return canonicalNode({
    id: text(properties['id']),
    labels: [own, ...labels.filter((label) => label !== own && label !== 'Entity')],
    properties: without(properties, nodeBookkeeping),
    ...(aliases.length > 0 && { aliases }),
    scopes: texts(properties['scopes']),
  });
}

function toEdge({ type, from, to, properties }: EdgeAnswer): Held<GraphEdge> {
  const key = text(properties['key']);
  const rest = without(properties, edgeBookkeeping);
  return canonicalEdge({ type, from, to, key, properties: rest, scopes: texts(properties['scopes']) });
}

function sortEdges(edges: readonly Held<GraphEdge>[]): readonly Held<GraphEdge>[] {
  return edges
    .map((edge) => ({ edge, key: edgeKey(edge) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ edge }) => edge);
}

function without(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

function text(value: PropertyValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: PropertyValue | undefined): readonly string[] {
  return value === undefined || typeof value !== 'object' ? [] : value;
}
