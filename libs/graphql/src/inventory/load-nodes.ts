import type { Graph } from '@ag/graph';
import DataLoader from 'dataloader';
import { nodesById } from './inventory.queries.ts';
import { type NodeProperties, type ResourceRow, toResource } from './resource-row.ts';

export type NodeLoader = DataLoader<string, ResourceRow | undefined>;

/** Nodes by id, all that one request asks for together in one statement. */
export function nodeLoader(graph: Graph): NodeLoader {
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = await graph.read<{ node: NodeProperties }>(nodesById, { ids });
    const found = new Map(rows.map(({ node }) => [String(node['id']), toResource(node)]));
    return ids.map((id) => found.get(id));
  });
}
