import type { Graph } from '@ag/graph';
import DataLoader from 'dataloader';
import { headsOf, nodesById } from './inventory.queries.ts';
import { type NodeRow, type ResourceRow, toResource } from './resource-row.ts';

/** Nodes by id, all that one request asks for together in one statement. */
export function nodeLoader(graph: Graph): DataLoader<string, ResourceRow | undefined> {
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = await graph.read<NodeRow & Record<string, unknown>>(nodesById, { ids });
    const found = new Map(rows.map((row) => [row.id, toResource(row)]));
    return ids.map((id) => found.get(id));
  });
}

interface Heads {
  readonly type: string;
  readonly first: number;
  readonly id: string;
}

const loaders = new WeakMap<object, DataLoader<Heads, readonly ResourceRow[], string>>();

/** What edges of a type lead to. Lists of many tails take one statement for each type of edge, not one for each tail. */
export function loadHeads(key: object, graph: Graph, wanted: Heads): Promise<readonly ResourceRow[]> {
  let loader = loaders.get(key);
  if (!loader) {
    loader = new DataLoader(async (all: readonly Heads[]) => batch(graph, all), {
      cacheKeyFn: ({ type, first, id }) => `${type}/${first}/${id}`,
    });
    loaders.set(key, loader);
  }
  return loader.load(wanted);
}

async function batch(graph: Graph, all: readonly Heads[]): Promise<readonly (readonly ResourceRow[])[]> {
  const groups = groupBy(all, ({ type, first }) => `${type}/${first}`);
  const found = new Map<string, ResourceRow[]>();
  for (const [group, members] of groups) {
    const [{ type, first } = { type: '', first: 0 }] = members;
    const ids = [...new Set(members.map(({ id }) => id))];
    const rows = await graph.read<NodeRow & { tail: string } & Record<string, unknown>>(headsOf, { ids, type, first });
    for (const row of rows) {
      const key = `${group}/${row.tail}`;
      const list = found.get(key);
      if (list) list.push(toResource(row));
      else found.set(key, [toResource(row)]);
    }
  }
  return all.map(({ type, first, id }) => found.get(`${type}/${first}/${id}`) ?? []);
}

function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const list = groups.get(key(value));
    if (list) list.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
