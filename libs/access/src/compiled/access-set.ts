import type { Outcome } from '@ag/model';
import type { PrincipalGroup } from './principal-group.ts';
import type { Counts, SharedSet } from './shared-set.ts';

/** What a principal can be that has some access. */
export type Certainty = Extract<Outcome, 'allowed' | 'conditional' | 'unknown'>;

/** Whether an outcome is some access. */
export function isAccess(outcome: Outcome): outcome is Certainty {
  return outcome === 'allowed' || outcome === 'conditional' || outcome === 'unknown';
}

/** Everyone who can do one action on one resource, by the principals' numbers; denied are all others. */
export interface AccessSet {
  readonly counts: Counts;
  of(principal: number): Certainty | undefined;
  /** Each principal once, in no order. */
  [Symbol.iterator](): Iterator<readonly [principal: number, certainty: Certainty]>;
  /** Whom it lets in for the resource's own sake: principals of its account, and those that either side names. */
  readonly own: ReadonlyMap<number, Certainty>;
  /** Whom it lets in as every resource of its kind does, but for some. */
  readonly shared: SharedPart | undefined;
}

export interface SharedPart {
  readonly set: SharedSet;
  /** Whose outcome is looked up in `own` instead: the resource's own account, groups, and single principals. */
  readonly except: {
    readonly account: string | undefined;
    readonly groups: ReadonlySet<PrincipalGroup>;
    readonly principals: ReadonlySet<number>;
  };
}

/** Puts the two parts of a set together. */
export function accessSet(
  own: ReadonlyMap<number, Certainty>,
  shared: SharedPart | undefined,
  groupOf: (principal: number) => PrincipalGroup,
): AccessSet {
  return {
    own,
    shared,
    get counts() {
      return countAll(own, shared, groupOf);
    },
    of: (principal) => own.get(principal) ?? (shared && ofShared(shared, principal, groupOf)),
    *[Symbol.iterator]() {
      yield* own;
      if (!shared) return;
      for (const [group, certainty] of shared.set.groups) {
        if (isExcepted(shared, group)) continue;
        for (const member of group.members) {
          if (!shared.except.principals.has(member)) yield [member, certainty] as const;
        }
      }
    },
  };
}

function isExcepted({ except }: SharedPart, group: PrincipalGroup): boolean {
  return group.stance.account === except.account || except.groups.has(group);
}

function ofShared(
  shared: SharedPart,
  principal: number,
  groupOf: (principal: number) => PrincipalGroup,
): Certainty | undefined {
  if (shared.except.principals.has(principal)) return undefined;
  const group = groupOf(principal);
  return isExcepted(shared, group) ? undefined : shared.set.groups.get(group);
}

function countAll(
  own: ReadonlyMap<number, Certainty>,
  shared: SharedPart | undefined,
  groupOf: (principal: number) => PrincipalGroup,
): Counts {
  const counts = { allowed: 0, conditional: 0, unknown: 0 };
  for (const certainty of own.values()) counts[certainty]++;
  if (!shared) return counts;
  const { set, except } = shared;
  const ofAccount = except.account === undefined ? undefined : set.countsOf(except.account);
  for (const certainty of certainties) counts[certainty] += set.counts[certainty] - (ofAccount?.[certainty] ?? 0);
  for (const group of except.groups) {
    const certainty = set.groups.get(group);
    if (certainty && group.stance.account !== except.account) counts[certainty] -= group.members.length;
  }
  for (const principal of except.principals) {
    const group = groupOf(principal);
    const certainty = set.groups.get(group);
    if (certainty && !isExcepted(shared, group)) counts[certainty]--;
  }
  return counts;
}

const certainties: readonly Certainty[] = ['allowed', 'conditional', 'unknown'];
