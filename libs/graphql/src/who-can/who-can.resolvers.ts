import type { Resolvers } from '../generated/resolvers.ts';
import { pageOf } from '../paging/connection.ts';
import { toContext } from './context-keys.ts';

export const whoCanResolvers = {
  Query: {
    async whoCan(_root, { action, resource, through, context, ...page }, { index }) {
      const answer = await index().whoCan({
        action,
        resource,
        through: through === 'DIRECT' ? 'direct' : 'anyPath',
        context: toContext(context),
      });
      const rows = pageOf(answer.rows, page, ({ principal }) => [principal.id]);
      return { ...rows, asOf: answer.asOf, gaps: answer.gaps };
    },
  },
  PrincipalRef: {
    resource: ({ id }, _args, { nodes }) => nodes.load(id),
  },
  Hop: {
    fromName: ({ from }, _args, { names }) => names.load(from),
    toName: ({ to }, _args, { names }) => names.load(to),
  },
} satisfies Resolvers;
