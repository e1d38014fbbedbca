/** Calls made, by account, then by service and operation: `iam:ListSAMLProviders`. */
export type CallCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CallCounter {
  add(account: string, action: string, times?: number): void;
  counts(): CallCounts;
  /** All of them, so far. */
  total(): number;
}

/** Counts every request that was sent, retries too: each is logged in the account and counts against its limits. */
export function createCallCounter(): CallCounter {
  let total = 0;
  const counted = new Map<string, Map<string, number>>();
  return {
    add(account, action, times = 1) {
      const actions = counted.get(account) ?? new Map<string, number>();
      counted.set(account, actions);
      total += times;
      if (times > 0) actions.set(action, (actions.get(action) ?? 0) + times);
    },
    total: () => total,
    counts: () =>
      Object.fromEntries(
        [...counted].sort(byKey).map(([account, actions]) => [account, Object.fromEntries([...actions].sort(byKey))]),
      ),
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
