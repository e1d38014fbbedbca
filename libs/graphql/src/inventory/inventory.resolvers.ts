import type { Graph } from '@ag/graph';
import type { GraphqlContext } from '../context.ts';
import { edgeFields, resourceTypeDefs } from '../generated/resource-types.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { type Connection, type PageArgs, keyOf, pageSize, toConnection } from '../paging/connection.ts';
import { countNodes, listNodes } from './inventory.queries.ts';
import { loadHeads } from './load.ts';
import { type NodeRow, type ResourceRow, toResource } from './resource-row.ts';

interface ListArgs extends Omit<PageArgs, 'first'> {
  readonly first?: number | null | undefined;
  readonly label?: string | null | undefined;
  readonly account?: string | null | undefined;
  readonly name?: string | null | undefined;
}

const kinds = new Set([...resourceTypeDefs.matchAll(/type (\w+) implements Resource/g)].map((match) => match[1] ?? ''));

export const inventoryResolvers = {
  Query: {
    node: async (_root, { id }, { nodes }) => nodes.load(id),
    resources: (_root, args, { graph }) => list(graph, ['AwsResource'], args),
    principals: (_root, args, { graph }) => list(graph, ['Principal', 'Person'], args),
    accounts: (_root, args, { graph }) => list(graph, ['AwsAccount'], args),
  },
} satisfies Resolvers;

/** What every kind of resource has alike: how its type is found, and its edges by the field that the registry made for each. */
export const kindResolvers = {
  Resource: {
    // A kind that this schema does not know was written by a newer collector.
    __resolveType: ({ label }: ResourceRow) => (kinds.has(label) ? label : 'Uncollected'),
  },
  ...Object.fromEntries(Object.entries(edgeFields).map(([label, fields]) => [label, edgesOf(fields)])),
};

function edgesOf(fields: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([field, type]) => [
      field,
      (row: ResourceRow, { first }: { readonly first: number }, context: GraphqlContext) =>
        loadHeads(context, context.graph, { type, first: pageSize(first), id: row.id }),
    ]),
  );
}

async function list(graph: Graph, roles: readonly string[], args: ListArgs): Promise<Connection<ResourceRow>> {
  const first = pageSize(args.first ?? 50);
  const filter = { roles, label: args.label ?? null, account: args.account ?? null, name: args.name ?? null };
  const parameters = { ...filter, after: keyOf(args.after), limit: first + 1 };
  const rows = await graph.read<NodeRow & { readonly total: number } & Record<string, unknown>>(listNodes, parameters);
  const totalCount = rows[0]?.total ?? (await countOf(graph, filter));
  return toConnection(rows.map(toResource), { first, after: args.after }, { totalCount, key: ({ id }) => id });
}

async function countOf(graph: Graph, filter: Readonly<Record<string, unknown>>): Promise<number> {
  const [row] = await graph.read<{ total: number }>(countNodes, filter);
  return row?.total ?? 0;
}
