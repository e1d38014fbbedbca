import type { Decision } from '@ag/model';

/** One line for people: on what a decision depends, who denies, what does not allow, or what is unknown. */
export function decisionText(decision: Decision, nameOf: (id: string) => string): string {
  switch (decision.outcome) {
    case 'allowed':
      return 'allowed in every context';
    case 'conditional':
      return decision.text;
    case 'explicitlyDenied':
      return `denied by ${decision.by.map(({ policy, index }) => `${nameOf(policy)} #${index}`).join(', ')}`;
    case 'implicitlyDenied':
      return `no allow in: ${decision.at.join(', ')}`;
    case 'unknown':
      return [...new Set(decision.because.map(({ reason }) => reason))].join('; ');
  }
}
