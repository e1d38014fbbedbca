import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
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

/** Where specs keep their runs, and how they harm what is there. */
export interface TestPlace {
  /** Gives a place that is gone after `use`. */
  within<Result>(use: (location: string) => Promise<Result>): Promise<Result>;
  /** The names of files below a name. */
  list(location: string, below: string): Promise<readonly string[]>;
  /** Cuts a file after some bytes. */
  truncate(location: string, name: string, bytes: number): Promise<void>;
  /** Puts nothing but zeros into a file, as many as it has bytes. */
  blank(location: string, name: string): Promise<void>;
  readText(location: string, name: string): Promise<string>;
}

const folders: TestPlace = {
  async within(use) {
    const directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-snapshot-'));
    try {
      return await use(directory);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
  list: (location, below) => readdir(path.join(location, below)),
  truncate: (location, name, bytes) => truncate(path.join(location, name), bytes),
  async blank(location, name) {
    const file = path.join(location, name);
    await writeFile(file, Buffer.alloc((await readFile(file)).length));
  },
  readText: (location, name) => readFile(path.join(location, name), 'utf8'),
};

let place = folders;

/** Lets the specs that are imported from here on keep their runs elsewhere. */
export function useTestPlace(other: TestPlace): void {
  place = other;
}

/** The place that specs keep their runs in. */
export function testPlace(): TestPlace {
  return place;
}

/** A place that is gone after `use`. */
export function inFolder<Result>(use: (location: string) => Promise<Result>): Promise<Result> {
  return place.within(use);
}
