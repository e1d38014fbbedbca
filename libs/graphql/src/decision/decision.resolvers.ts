import { type Decision, type Grant, grantText } from '@ag/model';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { decisionText } from './decision-text.ts';

const text = (decision: Decision, _args: object, { index }: GraphqlContext) => decisionText(decision, index().nameOf);
const words = (grant: Grant, _args: object, { index }: GraphqlContext) => grantText(grant, index().nameOf);

export const decisionResolvers = {
  Decision: {
    __resolveType({ outcome }) {
      switch (outcome) {
        case 'allowed':
          return 'AllowedDecision';
        case 'conditional':
          return 'ConditionalDecision';
        case 'explicitlyDenied':
          return 'ExplicitlyDeniedDecision';
        case 'implicitlyDenied':
          return 'ImplicitlyDeniedDecision';
        case 'unknown':
          return 'UnknownDecision';
      }
    },
  },
  AllowedDecision: { text },
  ConditionalDecision: { text, condition: ({ when }) => JSON.stringify(when) },
  ExplicitlyDeniedDecision: { text, deniedBy: ({ by }) => by },
  ImplicitlyDeniedDecision: { text, blockedAt: ({ at }) => at },
  UnknownDecision: { text },
  Grant: {
    __resolveType({ by }) {
      switch (by) {
        case 'statement':
          return 'StatementGrant';
        case 'kmsGrant':
          return 'KmsKeyGrant';
        case 'acl':
          return 'AclGrant';
        case 'rootUser':
          return 'RootUserGrant';
      }
    },
  },
  StatementGrant: { text: words },
  KmsKeyGrant: { text: words },
  AclGrant: { text: words },
  RootUserGrant: { text: words },
  StatementRef: {
    policyName: ({ policy }, _args, { index }) => index().nameOf(policy),
  },
} satisfies Resolvers;
