import type { Hop } from '@ag/access';
import { type Decision, type Gap, type NameOf, type RunInfo, statementText } from '@ag/model';

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
export function outcomeDetail(decision: Decision, nameOf: NameOf): string {
  switch (decision.outcome) {
    case 'allowed':
      return '';
    case 'conditional':
      return `if ${decision.text}${decision.checked ? '' : ' (not checked for contradictions)'}`;
    case 'explicitlyDenied':
      return `by ${decision.by.map((statement) => statementText(statement, nameOf)).join(', ')}`;
    case 'implicitlyDenied':
      return `no allow in: ${decision.at.join(', ')}`;
    case 'unknown':
      return [...new Set(decision.because.map(({ reason }) => reason))].join('; ');
  }
}

/** A way as one line: `ben.okafor → Developers → AWSReservedSSO_Developer_… → deploy`. */
export function pathLine(path: readonly Hop[], nameOf: NameOf): string {
  const [first] = path;
  if (!first) return '';
  return [first.from, ...path.map(({ to }) => to)].map(nameOf).join(' → ');
}

/** The nodes that the line of a way names. */
export function namedByPath(path: readonly Hop[]): readonly string[] {
  return path.flatMap(({ from, to }) => [from, to]);
}

/** What an answer is as of, and what it does not know. */
export function footLines(asOf: RunInfo, gaps: readonly Gap[]): string[] {
  const lines = [`As of ${asOf.startedAt} (run ${asOf.id})`];
  if (gaps.length > 0) lines.push(`Not read, and so not certain (${gaps.length}):`);
  for (const gap of gaps.slice(0, 10)) lines.push(`  ${gapLine(gap)}`);
  if (gaps.length > 10) lines.push(`  … and ${gaps.length - 10} more: \`accessgraph status\` lists them`);
  return lines;
}

/** `1 gap`, `2 gaps`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function gapLine({ action, arn, place, resource, reason, message }: Gap): string {
  const what = arn ?? `${resource} in ${place.account}${place.region === 'global' ? '' : ` ${place.region}`}`;
  return `${action} ${what}: ${reason}${message === '' ? '' : ` (${message})`}`;
}
