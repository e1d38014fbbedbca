import type { GraphqlContext } from '../context.ts';
import { edgeFields } from '../generated/resource-types.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import type { ResourceRow } from '../inventory/resource-row.ts';
import type { PageArgs } from '../paging/connection.ts';

// Of the graph's own keeping, not of the edge.
const bookkeeping = new Set(['key', 'scopes', 'contentHash', 'firstSeenAt']);

export const relatedResolvers = {
  RelatedEdge: {
    properties: ({ properties }) =>
      JSON.stringify(Object.fromEntries(Object.entries(properties).filter(([name]) => !bookkeeping.has(name)))),
  },
} satisfies Resolvers;

/** The edges of every kind of resource, by the fields that the registry made for each. */
export const edgeResolvers = Object.fromEntries(
  Object.entries(edgeFields).map(([label, fields]) => [
    label,
    Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, follow(type)])),
  ]),
);

function follow(type: string) {
  return ({ id }: ResourceRow, { first, after }: PageArgs, { related }: GraphqlContext) =>
    related.load({ id, type, first, after });
}
