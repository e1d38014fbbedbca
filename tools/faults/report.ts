import { type FaultType, type LoopResult, faultTypes, violationsOf } from '@ag/testing';

export interface LoopReport {
  readonly date: string;
  readonly calls: readonly { readonly action: string }[];
  /** How many runs the whole loop has. */
  readonly possible: number;
  readonly results: readonly LoopResult[];
  /** Runs that read everything, and not only what the fault can touch. */
  readonly whole: readonly LoopResult[];
}

const start = '<!-- faults: written by npm run faults -->';
const end = '<!-- faults: end -->';
const outcomes = ['recovered', 'kept', 'marked', 'refused'] as const;

/** The page with the result of a loop in the place of the last one's. */
export function withResult(page: string, report: LoopReport): string {
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error('docs/reliability.md has no place for the result');
  return `${before}${start}\n\n${toText(report)}\n\n${end}${after}`;
}

function toText({ date, calls, possible, results, whole }: LoopReport): string {
  const all = [...results, ...whole];
  const violations = violationsOf(all);
  const kinds = new Set(results.map(({ injection }) => injection.call.action)).size;
  const summary = [
    `On ${date}, over a collection of ${calls.length} calls of ${new Set(calls.map(({ action }) => action)).size} kinds:`,
    `**${results.length} runs** of ${possible} that there are, each with one fault at one call, ${kinds} kinds of call hit;`,
    `and ${whole.length} more that read everything instead of what the fault can touch.`,
    `**${violations.length} violations.**`,
  ].join(' ');
  const header = '| Fault | Lasts | Runs | Recovered | Kept | Marked | Refused | Violations |';
  const rule = '| --- | --- | --: | --: | --: | --: | --: | --: |';
  return [summary, '', header, rule, ...faultTypes.map((type) => toRow(type, all))].join('\n');
}

function toRow({ number, kind, lasts }: FaultType, all: readonly LoopResult[]): string {
  const own = all.filter(
    ({ injection: { type } }) => type.kind === kind && type.lasts === lasts && type.number === number,
  );
  const counts = outcomes.map((outcome) => own.filter((result) => result.outcome === outcome).length);
  const violations = own.filter((result) => result.violations.length > 0).length;
  return `| ${[`${number} \`${kind}\``, lasts, own.length, ...counts, violations].join(' | ')} |`;
}
