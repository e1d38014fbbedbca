import { type RunInfo, type ScopeRecord, type ScopeState, compareText, scopeKey } from '@ag/model';
import { count, isHeld } from '@ag/refresh';
import { serviceOf } from './service-of.ts';

/** From what needs a person most to what needs none. */
const worstFirst: readonly ScopeState[] = [
  'held',
  'unexpected',
  'malformed',
  'expiredCredentials',
  'denied',
  'deniedByScp',
  'network',
  'timeout',
  'throttled',
  'partial',
  'notCollected',
  'regionDisabled',
  'skipped',
  'detached',
  'complete',
];

/** The scopes with the worst first; those of one state by their names. */
export function sortWorstFirst(scopes: readonly ScopeRecord[]): readonly ScopeRecord[] {
  const rank = ({ state }: ScopeRecord): number => worstFirst.indexOf(state);
  return [...scopes].sort((a, b) => rank(a) - rank(b) || compareText(scopeKey(a.scope), scopeKey(b.scope)));
}

/** How much was read in full and how the rest ended: altogether, and in each account and service where there are several. */
export function summaryLines(scopes: readonly ScopeRecord[]): string[] {
  return [
    countLine(scopes),
    ...groupLines(scopes, ({ scope }) => scope.place.account),
    ...groupLines(scopes, ({ scope }) => serviceOf(scope.resource)),
  ];
}

/** What waits to be confirmed, and what is older than the run. */
export function oldLines(scopes: readonly ScopeRecord[], run: RunInfo): string[] {
  const held = scopes.filter(isHeld);
  const carried = scopes.filter(({ readInRun }) => readInRun !== run.id);
  const [oldest] = [...carried].sort((a, b) => compareText(a.readAt, b.readAt));
  return [
    ...(held.length > 0 ? ['Held until a second run or `accessgraph accept` confirms it:'] : []),
    ...held.map(({ scope, gaps }) => `  ${scopeKey(scope)}: ${gaps.find(({ reason }) => reason === 'held')?.message}`),
    ...(oldest
      ? [`From earlier runs: ${carried.length} of ${scopes.length} scopes, the oldest read at ${oldest.readAt}`]
      : []),
  ];
}

function groupLines(scopes: readonly ScopeRecord[], groupOf: (record: ScopeRecord) => string): string[] {
  const names = [...new Set(scopes.map(groupOf))].sort(compareText);
  if (names.length < 2) return [];
  return names.map((name) => `  ${name.padEnd(12)}  ${countLine(scopes.filter((record) => groupOf(record) === name))}`);
}

function countLine(scopes: readonly ScopeRecord[]): string {
  const counts = count(scopes.map(({ state }) => state));
  const rest = worstFirst.flatMap((state) => {
    const number = counts[state];
    return state === 'complete' || number === undefined ? [] : [`${number} ${state}`];
  });
  const tail = rest.length === 0 ? '' : `: ${rest.join(', ')}`;
  return `${counts.complete ?? 0} of ${scopes.length} scopes complete${tail}`;
}
