import { type Decision, type Grant, grantText, namedByDecision, namedByGrant } from '@ag/model';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { decisionText } from './decision-text.ts';

const text = async (decision: Decision, _args: object, { names }: GraphqlContext) =>
  decisionText(decision, await names.of(namedByDecision(decision)));
const words = async (grant: Grant, _args: object, { names }: GraphqlContext) =>
  grantText(grant, await names.of(namedByGrant(grant)));

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
    policyName: ({ policy }, _args, { names }) => names.load(policy),
  },
} satisfies Resolvers;
