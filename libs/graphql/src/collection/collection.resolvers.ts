import type { ScopeState } from '@ag/model';
import type { Resolvers } from '../generated/resolvers.ts';
import { countStates, countUncollected } from './collection.queries.ts';
import { findGaps, pageOfScopes } from './scope-list.ts';

export const collectionResolvers = {
  Query: {
    collection: (_root, _args, { graph }) => graph.current(),
  },
  Collection: {
    asOf: ({ run }) => run,
    states: (_collection, _args, { graph }) => graph.read<{ state: ScopeState; count: number }>(countStates),
    uncollected: (_collection, _args, { graph }) => graph.read<{ reason: string; count: number }>(countUncollected),
    scopes: (current, args, { graph }) => pageOfScopes(graph, current, args),
    gaps: (_collection, { account, label }, { graph }) =>
      findGaps(graph, { account: account ?? null, labels: label ? [label] : null }),
  },
  ScopeConnection: {
    totalCount: (list) => list.count(),
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
