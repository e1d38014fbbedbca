import type { Connection } from '@ag/connect';
import type { CallCounter, CallCounts } from './call-counter.ts';

/** Splits what a process counts over the units that it reads: together they tell of each call once. */
export interface CallShare {
  /** The calls since it was asked last. */
  take(): Record<string, Record<string, number>>;
}

export function createCallShare(counter: CallCounter, { assumptions }: Pick<Connection, 'assumptions'>): CallShare {
  const told = new Map<string, number>();

  function since(account: string, action: string, count: number): number {
    const key = `${account} ${action}`;
    const before = told.get(key) ?? 0;
    told.set(key, count);
    return count - before;
  }

  return {
    take() {
      const fresh: Record<string, Record<string, number>> = {};
      for (const [account, actions] of Object.entries(counter.counts())) {
        const all = Object.entries({ ...actions, 'sts:AssumeRole': assumptions(account) });
        const some = all.map(([action, count]) => [action, since(account, action, count)] as const);
        fresh[account] = Object.fromEntries(some.filter(([, count]) => count > 0));
      }
      return fresh;
    },
  };
}

/** Adds what another process counted. */
export function addCounts(counter: CallCounter, counts: CallCounts): void {
  for (const [account, actions] of Object.entries(counts)) {
    for (const [action, count] of Object.entries(actions)) counter.add(account, action, count);
  }
}
