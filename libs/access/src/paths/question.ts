import type { Decision, Gap, RunInfo } from '@ag/model';
import type { Context } from '@ag/policy';
import type { Hop, PrincipalRef } from '../answers.ts';

export interface PathsQuestion {
  /** A principal or person, or `outside`: everyone who is not of the organization. */
  readonly from: string;
  /** A role or principal; with an action the resource that it acts on. */
  readonly to: string;
  readonly action?: string | undefined;
  /** How many paths, 5 where absent and 100 at most. */
  readonly k?: number | undefined;
  /** The most steps before the action; as many as there are where absent. */
  readonly depth?: number | undefined;
  /** The least certainty that a path may have; `unknown`, and so every path, where absent. */
  readonly certainty?: 'allowed' | 'conditional' | 'unknown' | undefined;
  /** Only paths none of whose conditions needs one of these context keys. */
  readonly withoutKeys?: readonly string[] | undefined;
  /** What is known of the context of every request on the way. */
  readonly context?: Context | undefined;
}

export interface Path {
  /** Where it begins: of several outsiders, which. */
  readonly from: PrincipalRef;
  /** Each step with its decision; with an action the last one is the action on the resource (`CAN`). */
  readonly hops: readonly Hop[];
  /** Every hop must hold, so their conditions join. */
  readonly decision: Decision;
}

export interface PathsAnswer {
  /** Absent where everyone outside was asked about. */
  readonly from?: PrincipalRef;
  readonly to: string;
  readonly action?: string;
  /** The most certain first, then those of the fewest hops, then by the ids on the way. */
  readonly paths: readonly Path[];
  /** Whether there are more paths: `maybe` where the search was given up for its size. */
  readonly more: 'none' | 'more' | 'maybe';
  readonly asOf: RunInfo;
  readonly gaps: readonly Gap[];
}
