import type { Hop } from '@ag/access';
import type { Decision, Gap, RunInfo } from '@ag/model';

/** A decision in a word or two. */
export function outcomeWord(decision: Decision): string {
  switch (decision.outcome) {
    case 'allowed':
      return 'allowed';
    case 'conditional':
      return 'conditional';
    case 'explicitlyDenied':
      return 'explicitly denied';
    case 'implicitlyDenied':
      return 'implicitly denied';
    case 'unknown':
      return 'unknown';
  }
}

/** What a decision depends on, in one line. */
export function outcomeDetail(decision: Decision): string {
  switch (decision.outcome) {
    case 'allowed':
      return '';
    case 'conditional':
      return `if ${decision.text}${decision.checked ? '' : ' (not checked for contradictions)'}`;
    case 'explicitlyDenied':
      return `by ${decision.by.map(({ policy, index, sid }) => `${policy} #${index}${sid === undefined ? '' : ` (${sid})`}`).join(', ')}`;
    case 'implicitlyDenied':
      return `no allow in: ${decision.at.join(', ')}`;
    case 'unknown':
      return [...new Set(decision.because.map(({ reason }) => reason))].join('; ');
  }
}

/** The end of an ARN that people call a thing by. */
export function shortName(id: string): string {
  if (!id.startsWith('arn:')) return id;
  const resource = id.split(':').slice(5).join(':');
  return resource.split('/').at(-1) ?? resource;
}

/** A way as one line: `ana → Payroll → AWSReservedSSO_Payroll_… → deploy`. */
export function pathLine(path: readonly Hop[]): string {
  const [first] = path;
  if (!first) return '';
  return [first.from, ...path.map(({ to }) => to)].map(shortName).join(' → ');
}

/** What an answer is as of, and what it does not know. */
export function footLines(asOf: RunInfo, gaps: readonly Gap[]): string[] {
  const lines = [`As of ${asOf.startedAt} (run ${asOf.id})`];
  if (gaps.length > 0) lines.push(`Not read, and so not certain (${gaps.length}):`);
  for (const gap of gaps.slice(0, 10)) lines.push(`  ${gapLine(gap)}`);
  if (gaps.length > 10) lines.push(`  … and ${gaps.length - 10} more: \`accessgraph status\` lists them`);
  return lines;
}

export function gapLine({ action, arn, place, resource, reason, message }: Gap): string {
  const what = arn ?? `${resource} in ${place.account}${place.region === 'global' ? '' : ` ${place.region}`}`;
  return `${action} ${what}: ${reason}${message === '' ? '' : ` (${message})`}`;
}
