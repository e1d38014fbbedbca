import { type Decision, type NameOf, statementText } from '@ag/model';

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
