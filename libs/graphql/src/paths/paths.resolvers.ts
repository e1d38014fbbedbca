import type { Resolvers } from '../generated/resolvers.ts';
import { toContext } from '../who-can/context-keys.ts';

export const pathsResolvers = {
  Query: {
    paths: async (_root, { action, depth, withoutKeys, context, ...asked }, { index }) =>
      await index().paths({
        ...asked,
        action: action ?? undefined,
        depth: depth ?? undefined,
        withoutKeys: withoutKeys ?? undefined,
        context: toContext(context),
      }),
  },
} satisfies Resolvers;
