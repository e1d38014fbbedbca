import type { Decision, Grant, StatementRef } from './decision.ts';

/** What people call a node. */
export type NameOf = (id: string) => string;

/** A statement by the policy's name, its position, and its own id where it has one. */
export function statementText({ policy, index, sid }: StatementRef, nameOf: NameOf): string {
  return `${nameOf(policy)} #${index}${sid === undefined ? '' : ` (${sid})`}`;
}

/** One line on what allowed. */
export function grantText(grant: Grant, nameOf: NameOf): string {
  switch (grant.by) {
    case 'statement':
      return statementText(grant.statement, nameOf);
    case 'kmsGrant':
      return `a grant of the key to ${nameOf(grant.grantee)}`;
    case 'acl':
      return `the access control list, for ${grant.grantee}`;
    case 'rootUser':
      return 'the root user’s own power over its account';
  }
}

/** The nodes that a text about the decision names. */
export function namedByDecision(decision: Decision): readonly string[] {
  return decision.outcome === 'explicitlyDenied' ? decision.by.map(({ policy }) => policy) : [];
}

/** The nodes that a text about the grant names. */
export function namedByGrant(grant: Grant): readonly string[] {
  switch (grant.by) {
    case 'statement':
      return [grant.statement.policy];
    case 'kmsGrant':
      return [grant.grantee];
    case 'acl':
    case 'rootUser':
      return [];
  }
}
