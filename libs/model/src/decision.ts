/** What a policy is attached as. `identity` covers managed, inline and group policies. */
export type PolicyKind =
  'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'trust' | 'endpoint' | 'accessPoint';

/** A layer that must not stand in the way: the policy kinds, and what AWS checks beside policies. */
export type Layer = PolicyKind | 'grant' | 'acl' | 'publicAccessBlock' | 'service';

/** Where a statement stands. `policy` is the id of the node that holds the document. */
export interface StatementRef {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly index: number;
  readonly sid?: string;
}

/** Something that allowed: a statement, a KMS grant, an ACL entry, or the root user's own power. */
export type Grant =
  | { readonly by: 'statement'; readonly statement: StatementRef }
  | { readonly by: 'kmsGrant'; readonly grantee: string }
  | { readonly by: 'acl'; readonly grantee: string }
  | { readonly by: 'rootUser' };

/** Something a decision needs and that is not known: unread by the collector, or not modelled by the engine. */
export interface Unknown {
  readonly layer: Layer;
  /** The node that is unread, where there is one. */
  readonly id?: string;
  /** The action that would have read it. */
  readonly action?: string;
  /** One sentence: what is missing and why. */
  readonly reason: string;
}

/** A comparison of one context key that is left open. */
export interface Test {
  /** The key, as the policy spells it: `aws:SourceIp`. */
  readonly key: string;
  /** The operator without set prefix, negation and `IfExists`: `StringLike`; or `ResourceLike`, a Resource element with a variable. */
  readonly operator: string;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  /** Patterns and constants; a variable whose value is not known stands in them as `${key}`. */
  readonly values: readonly string[];
  /** The key's value where that is known and only a variable is open; under `ResourceLike` the resource's ARN. */
  readonly given?: string | readonly string[];
}

/**
 * A condition on the request context that is still open, as data. `present` and `absent` are about a key's presence;
 * a `test` is true only where the key is present and the comparison holds.
 */
export type Residual =
  | { readonly is: 'true' }
  | { readonly is: 'false' }
  | { readonly is: 'present'; readonly key: string }
  | { readonly is: 'absent'; readonly key: string }
  | { readonly is: 'test'; readonly test: Test }
  | { readonly is: 'not'; readonly of: Residual }
  | { readonly is: 'all'; readonly of: readonly Residual[] }
  | { readonly is: 'any'; readonly of: readonly Residual[] };

/** What AWS would answer. No answer is a bare yes or no. */
export type Decision =
  | { readonly outcome: 'allowed'; readonly grants: readonly Grant[] }
  | {
      readonly outcome: 'conditional';
      readonly when: Residual;
      /** `when` as one line for people. */
      readonly text: string;
      /** `false` where the check for satisfiability gave up. */
      readonly checked: boolean;
      readonly grants: readonly Grant[];
    }
  | { readonly outcome: 'explicitlyDenied'; readonly by: readonly StatementRef[] }
  | {
      readonly outcome: 'implicitlyDenied';
      /** The layers that do not allow. */
      readonly at: readonly Layer[];
      /** Statements that deny in some contexts only; then the denial is explicit there and implicit elsewhere. */
      readonly mayBeDeniedBy: readonly StatementRef[];
    }
  | { readonly outcome: 'unknown'; readonly because: readonly Unknown[] };

export type Outcome = Decision['outcome'];
