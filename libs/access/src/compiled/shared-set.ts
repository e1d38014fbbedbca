import type { Certainty } from './access-set.ts';
import type { PrincipalGroup } from './principal-group.ts';

export interface Counts {
  readonly allowed: number;
  readonly conditional: number;
  readonly unknown: number;
}

const noCounts: Counts = { allowed: 0, conditional: 0, unknown: 0 };

/**
 * Whom resources of some kind let in from accounts that are not their own, where none of a principal's own statements names
 * the resource. Filled account by account, since each resource tells of all accounts but its own.
 */
export class SharedSet {
  /** The same number, the same set. */
  readonly id: number;
  readonly groups = new Map<PrincipalGroup, Certainty>();
  readonly counts = { ...noCounts };
  private readonly byAccount = new Map<string, { allowed: number; conditional: number; unknown: number }>();

  constructor(id: number) {
    this.id = id;
  }

  /** The accounts, but for one, whose groups do not stand in it yet. */
  missing(accounts: readonly string[], owner: string | undefined): readonly string[] {
    const isFull = this.byAccount.size >= accounts.length - (owner !== undefined && !this.byAccount.has(owner) ? 1 : 0);
    return isFull ? [] : accounts.filter((account) => account !== owner && !this.byAccount.has(account));
  }

  /** Adds the groups of an account that have some access. */
  fill(account: string, groups: Iterable<readonly [PrincipalGroup, Certainty]>): void {
    const own = { ...noCounts };
    this.byAccount.set(account, own);
    for (const [group, certainty] of groups) {
      this.groups.set(group, certainty);
      own[certainty] += group.members.length;
      this.counts[certainty] += group.members.length;
    }
  }

  countsOf(account: string): Counts {
    return this.byAccount.get(account) ?? noCounts;
  }
}
