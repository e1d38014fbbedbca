import type { ContextKey, Resolvers } from '../generated/resolvers.ts';
import { pageOf } from '../paging/connection.ts';
import { decisionText } from './decision-text.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

export const accessResolvers = {
  Query: {
    whoCan(_root, { action, resource, through, context, first, after }, { index }) {
      const answer = index().whoCan({
        action,
        resource,
        through: through === 'DIRECT' ? 'direct' : 'anyPath',
        context: toContext(context),
      });
      const page = pageOf(answer.rows, { first: first ?? 50, after }, ({ principal }) => principal.id);
      return { ...page, asOf: answer.asOf, gaps: answer.gaps };
    },
    whatCan: (_root, { principal, action, resource, context }, { index }) =>
      index().whatCan({
        principal,
        action: action ?? undefined,
        resource: resource ?? undefined,
        context: toContext(context),
      }),
    explain: (_root, { principal, action, resource, context }, { index }) =>
      index().explain({ principal, action, resource, context: toContext(context) }),
  },
  Decision: {
    text: (decision, _args, { index }) => decisionText(decision, index().nameOf),
    condition: (decision) => (decision.outcome === 'conditional' ? JSON.stringify(decision.when) : undefined),
    checked: (decision) => (decision.outcome === 'conditional' ? decision.checked : undefined),
    deniedBy: (decision) => (decision.outcome === 'explicitlyDenied' ? decision.by : []),
    allowedBy: (decision) =>
      decision.outcome === 'allowed' || decision.outcome === 'conditional'
        ? decision.grants.flatMap((grant) => (grant.by === 'statement' ? [grant.statement] : []))
        : [],
    blockedAt: (decision) => (decision.outcome === 'implicitlyDenied' ? decision.at : []),
  },
  StatementRef: {
    policyName: ({ policy }, _args, { index }) => index().nameOf(policy),
  },
} satisfies Resolvers;

function toContext(keys: readonly ContextKey[] | null | undefined): Context | undefined {
  if (!keys) return undefined;
  return Object.fromEntries(keys.map(({ key, values }) => [key, values.length === 1 ? (values[0] ?? '') : values]));
}
