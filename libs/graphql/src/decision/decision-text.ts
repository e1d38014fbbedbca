import type { Decision, Grant, StatementRef } from '@ag/model';

/** What people call a node. */
export type NameOf = (id: string) => string;

/** One line for people: on what a decision depends, who denies, what does not allow, or what is unknown. */
export function decisionText(decision: Decision, nameOf: NameOf): string {
  switch (decision.outcome) {
    case 'allowed':
      return 'allowed in every context';
    case 'conditional':
      return decision.text;
    case 'explicitlyDenied':
      return `denied by ${decision.by.map((statement) => statementText(statement, nameOf)).join(', ')}`;
    case 'implicitlyDenied':
      return `no allow in: ${decision.at.join(', ')}`;
    case 'unknown':
      return [...new Set(decision.because.map(({ reason }) => reason))].join('; ');
  }
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

function statementText({ policy, index, sid }: StatementRef, nameOf: NameOf): string {
  return `${nameOf(policy)} #${index}${sid === undefined ? '' : ` (${sid})`}`;
}
