import type { Decision, Gap, RunInfo } from '@ag/model';
import type { Context, Explanation } from '@ag/policy';

/** Who an answer speaks of: an IAM principal, a person, a service, anyone, or a principal nobody read (`Uncollected`). */
export interface PrincipalRef {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly account?: string;
}

/** One step of a way, with what decides it and one sentence for people. */
export interface Hop {
  readonly from: string;
  /** MEMBER_OF, ASSIGNED, CAN_ASSUME, FEDERATES; at the end of a path to a resource, CAN. */
  readonly edge: string;
  readonly to: string;
  /** Absent where the edge is configured and needs no decision. */
  readonly decision?: Decision;
  readonly sentence: string;
}

/** One principal that can, and the way there. */
export interface AccessRow {
  readonly principal: PrincipalRef;
  readonly decision: Decision;
  /** Empty where the principal holds it itself. */
  readonly path: readonly Hop[];
}

export interface WhoCanQuestion {
  readonly action: string;
  readonly resource: string;
  /** `anyPath` also lists everyone who can become a holder. `direct` where absent. */
  readonly through?: 'direct' | 'anyPath' | undefined;
  readonly context?: Context | undefined;
}

export interface WhoCanAnswer {
  readonly action: string;
  readonly resource: string;
  /** Allowed, conditional and unknown, by principal id. */
  readonly rows: readonly AccessRow[];
  readonly asOf: RunInfo;
  /** What could not be read and may change this answer. */
  readonly gaps: readonly Gap[];
}

export interface WhatCanQuestion {
  readonly principal: string;
  /** A pattern such as `s3:Get*`. */
  readonly action?: string | undefined;
  /** A pattern such as `arn:aws:s3:::reports*`. */
  readonly resource?: string | undefined;
  readonly context?: Context | undefined;
}

export interface WhatCanAction {
  readonly action: string;
  readonly level: string;
  readonly outcome: 'allowed' | 'conditional' | 'unknown';
  readonly when?: string;
}

export interface WhatCanRow {
  /** A collected resource's ARN (a bucket's objects as `…/*`), or the pattern `*` for everything of a service. */
  readonly resource: string;
  readonly service: string;
  readonly actions: readonly WhatCanAction[];
  /** The principal itself, or the role that a person or principal reaches. */
  readonly as: PrincipalRef;
  readonly path: readonly Hop[];
}

export interface WhatCanAnswer {
  readonly principal: PrincipalRef;
  readonly rows: readonly WhatCanRow[];
  readonly asOf: RunInfo;
  readonly gaps: readonly Gap[];
}

export interface ExplainQuestion {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context | undefined;
}

/** One way to the action: as which principal, by which path, and why. */
export interface Way {
  readonly as: PrincipalRef;
  readonly path: readonly Hop[];
  readonly explanation: Explanation;
}

export interface ExplainAnswer {
  readonly principal: PrincipalRef;
  readonly action: string;
  readonly resource: string;
  /** The best of all ways: the principal's own, and for a person every role they reach. */
  readonly decision: Decision;
  readonly explanation: Explanation;
  /** For people: each role they reach. For principals: each role they can become that matters. */
  readonly ways: readonly Way[];
  readonly asOf: RunInfo;
  readonly gaps: readonly Gap[];
}
