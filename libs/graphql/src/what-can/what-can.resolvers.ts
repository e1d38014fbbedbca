import type { Resolvers } from '../generated/resolvers.ts';
import { pageOf } from '../paging/connection.ts';
import { toContext } from '../who-can/context-keys.ts';

export const whatCanResolvers = {
  Query: {
    async whatCan(_root, { principal, action, resource, context, ...page }, { index }) {
      const answer = await index().whatCan({
        principal,
        action: action ?? undefined,
        resource: resource ?? undefined,
        context: toContext(context),
      });
      const rows = pageOf(answer.rows, page, ({ as, resource: held, service }) => [as.id, held, service]);
      return { ...rows, principal: answer.principal, asOf: answer.asOf, gaps: answer.gaps };
    },
  },
} satisfies Resolvers;
