import type { Graph } from '@ag/graph';
import DataLoader from 'dataloader';
import { type NodeProperties, type ResourceRow, toResource } from '../inventory/resource-row.ts';
import { type PageArgs, type PageInfo, keyOf, pageSize, toPage } from '../paging/connection.ts';
import { relatedOf } from './related.queries.ts';

/** One edge, as GraphQL's fields read it. */
export interface RelatedEdgeValue {
  readonly cursor: string;
  readonly node: ResourceRow;
  readonly properties: NodeProperties;
}

export interface RelatedList {
  readonly edges: readonly RelatedEdgeValue[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** Which edges of which node. */
export interface Related extends PageArgs {
  readonly id: string;
  readonly type: string;
}

export type RelatedLoader = DataLoader<Related, RelatedList, string>;

interface EdgeRow {
  readonly place: string;
  readonly edge: NodeProperties;
  readonly head: NodeProperties;
}

/** Edges of many nodes: those of a whole list take one statement for each type of edge, not one for each node. */
export function relatedLoader(graph: Graph): RelatedLoader {
  return new DataLoader(async (all: readonly Related[]) => Promise.all(load(graph, all)), {
    cacheKeyFn: (related) => JSON.stringify([groupOf(related), related.id]),
  });
}

function load(graph: Graph, all: readonly Related[]): readonly Promise<RelatedList>[] {
  const groups = new Map<string, Set<string>>();
  for (const related of all) {
    const ids = groups.get(groupOf(related));
    if (ids) ids.add(related.id);
    else groups.set(groupOf(related), new Set([related.id]));
  }
  const answers = new Map<string, Promise<ReadonlyMap<string, RelatedList>>>();
  return all.map(async (related) => {
    const group = groupOf(related);
    const answer = answers.get(group) ?? readGroup(graph, related, [...(groups.get(group) ?? [])]);
    answers.set(group, answer);
    return (await answer).get(related.id) ?? emptyList;
  });
}

function groupOf({ type, first, after }: Related): string {
  return JSON.stringify([type, first, after ?? '']);
}

const emptyList: RelatedList = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: undefined, endCursor: undefined },
  totalCount: 0,
};

async function readGroup(
  graph: Graph,
  { type, first, after }: Related,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RelatedList>> {
  const rows = await graph.read<{ tail: string; edges: readonly EdgeRow[]; total: number }>(relatedOf, {
    ids,
    type,
    after: keyOf(after),
    limit: pageSize(first) + 1,
  });
  return new Map(rows.map(({ tail, edges, total }) => [tail, toList(edges, { first, after }, total)]));
}

function toList(rows: readonly EdgeRow[], args: PageArgs, totalCount: number): RelatedList {
  const { edges, pageInfo } = toPage(rows, args, ({ place }) => place);
  return {
    edges: edges.map(({ cursor, node: { edge, head } }) => ({ cursor, node: toResource(head), properties: edge })),
    pageInfo,
    totalCount,
  };
}
