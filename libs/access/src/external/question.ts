import type { Decision, Gap, RunInfo } from '@ag/model';
import type { PrincipalRef } from '../answers.ts';
import type { OutsiderKind } from './outsiders.ts';

export interface ExternalAccessQuestion {
  /** Only resources of a service: `s3`. */
  readonly service?: string | undefined;
  /** Only resources of an account. */
  readonly account?: string | undefined;
  /** Only actions of an access level: `Write`. */
  readonly level?: string | undefined;
  /** The least certainty; `unknown`, and so everything, where absent. */
  readonly certainty?: 'allowed' | 'conditional' | 'unknown' | undefined;
  /** Accounts that count as inside. */
  readonly trusted?: readonly string[] | undefined;
}

export interface ExternalAction {
  readonly action: string;
  readonly level: string;
}

/** What one outsider can do with one resource, as far as it is decided alike. */
export interface ExternalRow {
  /** An ARN; a bucket's objects as `…/*`. */
  readonly resource: string;
  readonly service: string;
  /** The owner. */
  readonly account?: string;
  readonly from: PrincipalRef;
  readonly kind: OutsiderKind;
  /** Whether that is everybody: anyone, or any AWS account. */
  readonly isPublic: boolean;
  /** By name; empty where a sharing does not tell. */
  readonly actions: readonly ExternalAction[];
  /** Allowed, conditional or unknown, with what grants it. */
  readonly decision: Decision;
  /** One sentence where it is granted by a sharing, which is no policy. */
  readonly sharing?: string;
  /** What one should know of it, such as a trust in a provider without a condition on whom it signs in. */
  readonly warnings: readonly string[];
}

export interface ExternalAccessAnswer {
  /** By resource, outsider and certainty. */
  readonly rows: readonly ExternalRow[];
  readonly asOf: RunInfo;
  readonly gaps: readonly Gap[];
}
