import type { Resolvers } from '../generated/resolvers.ts';
import { toContext } from '../who-can/context-keys.ts';

export const explainResolvers = {
  Query: {
    explain: (_root, { principal, action, resource, context }, { index }) =>
      index().explain({ principal, action, resource, context: toContext(context) }),
  },
  Explanation: {
    suggestions: ({ suggestions }) => suggestions ?? [],
  },
  LayerExplanation: {
    targetName: ({ target }, _args, { names }) => (target ? names.load(target) : undefined),
  },
  Suggestion: {
    statement: ({ statement }) => JSON.stringify(statement),
  },
} satisfies Resolvers;
