import type { PublishSummary } from '@ag/graph';
import { type Gap, type RunInfo, type ScopeContent, type ScopeState, exitCode } from '@ag/model';

/** How a refresh went. */
export interface RefreshSummary {
  readonly run: RunInfo;
  /** Accounts that were read. */
  readonly accounts: readonly string[];
  /** How many of this run's scopes ended in which state. */
  readonly scopes: Readonly<Partial<Record<ScopeState, number>>>;
  readonly nodes: number;
  readonly edges: number;
  /** What this run could not read. */
  readonly gaps: readonly Gap[];
  /** Calls to AWS by account and action. */
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly published: PublishSummary;
  /** `partial` where something could not be read. */
  readonly exitCode: typeof exitCode.ok | typeof exitCode.partial;
}

/** Counts what a run reads, scope by scope. */
export interface Tally {
  add(content: ScopeContent): void;
  counts(): Pick<RefreshSummary, 'accounts' | 'scopes' | 'nodes' | 'edges' | 'gaps' | 'exitCode'>;
}

/** Starts counting. */
export function startTally(): Tally {
  const scopes = new Map<ScopeState, number>();
  const accounts = new Set<string>();
  const gaps: Gap[] = [];
  let nodes = 0;
  let edges = 0;
  return {
    add(content) {
      scopes.set(content.state, (scopes.get(content.state) ?? 0) + 1);
      accounts.add(content.scope.place.account);
      gaps.push(...content.gaps);
      nodes += content.nodes.length;
      edges += content.edges.length;
    },
    counts: () => ({
      accounts: [...accounts].sort(),
      scopes: Object.fromEntries([...scopes].sort()),
      nodes,
      edges,
      gaps,
      exitCode: gaps.length === 0 && [...scopes.keys()].every(isWhole) ? exitCode.ok : exitCode.partial,
    }),
  };
}

// What was asked to be left out is not missing.
function isWhole(state: ScopeState): boolean {
  return state === 'complete' || state === 'skipped' || state === 'detached';
}
