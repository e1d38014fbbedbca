import type { Decision, Layer, Principal, PolicyKind, StatementRef, Unknown } from '@ag/model';

/** Keys of a request context. A list is a multivalued key; names are compared without case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** One comparison of a condition block, its operator taken apart. */
export interface Condition {
  /** The operator without set prefix, `IfExists` and negation: `StringLike` for `ForAnyValue:StringNotLikeIfExists`. */
  readonly operator: string;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
  /** The operator as the policy spells it. */
  readonly spelling: string;
}

/** Who a statement is about. */
export interface PrincipalElement {
  /** `*`, alone or as an AWS principal. */
  readonly anyone: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

export interface Statement {
  readonly index: number;
  readonly sid?: string;
  /** The node whose policy it is from, where policies of several decide as one. */
  readonly holder?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: PrincipalElement;
  readonly notPrincipals?: PrincipalElement;
  readonly conditions: readonly Condition[];
}

/** A policy document as a typed tree. `variables` tells whether `${…}` is a variable (VA1). */
export interface PolicyDocument {
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
}

/** Something wrong or odd in a document. `at` is a JSON pointer. */
export interface Finding {
  readonly at: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** A document with where it stands. `id` is the node that holds it. */
export interface Policy {
  readonly id: string;
  readonly kind: PolicyKind;
  readonly document: PolicyDocument;
}

/** The SCPs or RCPs attached at one level: the root, an OU or the account. */
export interface Level {
  readonly target: string;
  readonly policies: readonly Policy[];
}

export interface PolicySet {
  readonly identity: readonly Policy[];
  /** `undefined`: none attached. */
  readonly boundary?: readonly Policy[];
  /** `undefined`: none passed. */
  readonly session?: readonly Policy[];
  /** Of the principal's account, root first, account last. `undefined`: in no organization. */
  readonly scp?: readonly Level[];
  /** Of the resource's account. */
  readonly rcp?: readonly Level[];
  readonly resource?: Policy;
  readonly endpoint?: readonly Policy[];
  readonly accessPoint?: Policy;
  /** Layers that could not be read: they may allow and may deny. */
  readonly unread?: readonly Unknown[];
}

export interface Target {
  /** `*` for actions without resource types. */
  readonly arn: string;
  /** The owner, which many ARNs do not name. */
  readonly account?: string;
}

/** A further authorization that the same call needs (RQ2). */
export interface AdditionalCheck {
  readonly action: string;
  readonly resource: Target;
  readonly principal?: Principal;
  readonly context?: Context;
  readonly policies?: PolicySet;
  /** The action has no resource-level permissions (RQ3). */
  readonly wildcardOnlyAction?: boolean;
}

export interface Request {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: Target;
  /** The action has no resource-level permissions (RQ3). */
  readonly wildcardOnlyAction?: boolean;
  readonly additional?: readonly AdditionalCheck[];
}

/** Four switches, each off where it is not given. */
export interface BlockSettings {
  readonly blockPublicAcls?: boolean;
  readonly ignorePublicAcls?: boolean;
  readonly blockPublicPolicy?: boolean;
  readonly restrictPublicBuckets?: boolean;
}

export interface AclGrant {
  readonly grantee:
    { readonly type: 'CanonicalUser'; readonly id: string } | { readonly type: 'Group'; readonly uri: string };
  readonly permission: string;
}

export interface KmsGrant {
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly retiringPrincipal?: string;
  readonly constraints?: {
    readonly encryptionContextEquals?: Readonly<Record<string, string>>;
    readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  };
}

/** What an inventory knows besides the policies. Every member is optional. */
export interface Facts {
  readonly principal?: {
    readonly roleArn?: string;
    readonly uniqueId?: string;
    readonly serviceLinkedRole?: boolean;
    readonly inManagementAccount?: boolean;
    readonly delegatedAdministrator?: boolean;
    readonly canonicalUserId?: string;
    readonly credentials?: 'federation-token' | 'session-token';
    readonly tags?: Readonly<Record<string, string>>;
    readonly sessionTags?: Readonly<Record<string, string>>;
  };
  readonly resource?: { readonly inManagementAccount?: boolean };
  readonly s3?: {
    readonly objectOwnership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
    readonly bucketAcl?: readonly AclGrant[];
    readonly objectAcl?: readonly AclGrant[];
    readonly objectOwnerAccountId?: string;
    readonly publicAccessBlock?: { readonly account: BlockSettings; readonly bucket: BlockSettings };
    readonly accessPoint?: {
      readonly bucketObjectArn: string;
      readonly bucketAccountId: string;
      readonly networkOrigin: 'Internet' | 'VPC';
      readonly vpcId?: string;
    };
  };
  readonly vpcEndpoint?: { readonly type?: 'Gateway' | 'Interface' };
  readonly kms?: { readonly keyManager?: 'AWS' | 'CUSTOMER'; readonly grants?: readonly KmsGrant[] };
}

/** What is known of the request context. Every key named nowhere is absent or unknown, as `rest` says. */
export interface Knowledge {
  readonly context: Context;
  readonly absent?: readonly string[];
  /** There, but the value is unknown. */
  readonly present?: readonly string[];
  /** Keys that begin so and stand nowhere in `context` are absent: all tags of a resource are known, say. */
  readonly absentPrefixes?: readonly string[];
  readonly rest: 'absent' | 'unknown';
  readonly sessionName?: 'known' | 'unknown';
  readonly sessionTags?: 'known' | 'unknown';
}

export interface Question {
  readonly request: Request;
  readonly policies: PolicySet;
  readonly facts?: Facts;
  readonly knowledge: Knowledge;
}

export type Verdict = 'allows' | 'denies' | 'mayAllow' | 'mayDeny' | 'doesNotAllow' | 'unknown' | 'notApplicable';

export interface Explanation {
  readonly decision: Decision;
  readonly layers: readonly LayerExplanation[];
  readonly warnings: readonly string[];
  /** For an implicit denial: what, added to each of these layers, would let the request pass. */
  readonly suggestions?: readonly Suggestion[];
}

/** The smallest statement that a layer lacks. */
export interface Suggestion {
  readonly layer: Layer;
  readonly target?: string;
  readonly statement: {
    readonly Effect: 'Allow';
    readonly Principal?: '*' | Readonly<Record<string, string>>;
    readonly Action: string;
    readonly Resource?: string;
  };
}

export interface LayerExplanation {
  readonly layer: Layer;
  /** The level of an SCP or RCP. */
  readonly target?: string;
  readonly verdict: Verdict;
  readonly statements: readonly StatementExplanation[];
  /** What the layer did, or why it has no say, where no statement tells. */
  readonly because?: string;
}

export interface StatementExplanation {
  readonly statement: StatementRef;
  readonly effect: 'Allow' | 'Deny';
  readonly match: 'yes' | 'maybe' | 'no';
  readonly failed?: 'action' | 'resource' | 'principal' | 'condition';
  readonly because: string;
}
