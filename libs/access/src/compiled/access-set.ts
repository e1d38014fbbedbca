import type { Outcome } from '@ag/model';

/** What a principal can be that has some access. */
export type Certainty = Extract<Outcome, 'allowed' | 'conditional' | 'unknown'>;

export interface AccessCounts {
  readonly allowed: number;
  readonly conditional: number;
  readonly unknown: number;
}

/** Everyone who can do one action on one resource, by the principals' numbers; denied are all others. */
export interface AccessSet {
  readonly counts: AccessCounts;
  /** Each principal once, in no order. */
  [Symbol.iterator](): Iterator<readonly [principal: number, certainty: Certainty]>;
  of(principal: number): Certainty | undefined;
}

/** Whether an outcome is some access. */
export function isAccess(outcome: Outcome): outcome is Certainty {
  return outcome === 'allowed' || outcome === 'conditional' || outcome === 'unknown';
}
