import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  Gap,
  GraphEdge,
  GraphNode,
  GraphSource,
  Held,
  Properties,
  RunInfo,
  ScopeContent,
  ScopeRecord,
  ScopeState,
} from '@ag/model';

/** Small graphs for this library's specs. */
export function node(id: string, properties: Properties = {}, rest: Partial<GraphNode> = {}): GraphNode {
  return { id, labels: ['SqsQueue', 'AwsResource'], properties, ...rest };
}

export function edge(from: string, to: string, rest: Partial<GraphEdge> = {}): GraphEdge {
  return { type: 'OWNS', from, to, properties: {}, ...rest };
}

export function content(
  resource: string,
  nodes: readonly GraphNode[],
  { edges = [], state = 'complete', account = '111122223333', gaps = [] }: Partial<ContentOptions> = {},
): ScopeContent {
  const place = { partition: 'aws', account, region: 'eu-west-1' };
  const scope = { connection: 'default', place, resource };
  return { scope, state, readAt: '2026-11-24T09:00:00.000Z', nodes, edges, gaps };
}

interface ContentOptions {
  readonly edges: readonly GraphEdge[];
  readonly state: ScopeState;
  readonly account: string;
  readonly gaps: readonly Gap[];
}

export interface WholeGraph {
  readonly run: RunInfo;
  readonly nodes: readonly Held<GraphNode>[];
  readonly edges: readonly Held<GraphEdge>[];
  readonly scopes: readonly ScopeRecord[];
  readonly gaps: readonly Gap[];
}

/** Everything that a source says. */
export async function readAll(source: GraphSource): Promise<WholeGraph> {
  return {
    run: await source.run(),
    nodes: await toList(source.nodes()),
    edges: await toList(source.edges()),
    scopes: await toList(source.scopes()),
    gaps: await toList(source.gaps()),
  };
}

async function toList<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** A folder that is gone after `use`. */
export async function inFolder<Result>(use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-snapshot-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
