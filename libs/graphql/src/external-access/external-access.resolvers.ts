import type { Resolvers } from '../generated/resolvers.ts';
import { pageOf } from '../paging/connection.ts';

export const externalAccessResolvers = {
  Query: {
    async externalAccess(_root, { service, account, level, certainty, trusted, ...page }, { index }) {
      const answer = await index().externalAccess({
        service: service ?? undefined,
        account: account ?? undefined,
        level: level ?? undefined,
        certainty,
        trusted: trusted ?? undefined,
      });
      const rows = pageOf(answer.rows, page, ({ resource, from }) => [resource, from.id]);
      return { ...rows, asOf: answer.asOf, gaps: answer.gaps };
    },
  },
  ExternalAccessRow: {
    resourceName: ({ resource }, _args, { names }) => names.load(resource),
  },
} satisfies Resolvers;
