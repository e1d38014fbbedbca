import type { Gap } from '@ag/model';
import type { Resolvers } from '../generated/resolvers.ts';

export const collectionResolvers = {
  Query: {
    collection: (_root, _args, { graph }) => graph.current(),
  },
  Collection: {
    asOf: ({ run }) => run,
    async scopes(_collection, { all }, { graph }) {
      const scopes = [];
      for await (const record of graph.source().scopes()) {
        if (all === true || record.state !== 'complete') scopes.push(record);
      }
      return scopes;
    },
    async gaps(_collection, _args, { graph }) {
      const gaps: Gap[] = [];
      for await (const gap of graph.source().gaps()) gaps.push(gap);
      return gaps;
    },
  },
  Scope: {
    connection: ({ scope }) => scope.connection,
    account: ({ scope }) => scope.place.account,
    region: ({ scope }) => scope.place.region,
    resource: ({ scope }) => scope.resource,
  },
  Gap: {
    account: ({ place }) => place.account,
    region: ({ place }) => place.region,
  },
} satisfies Resolvers;
