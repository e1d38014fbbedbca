import type { Decision, Grant } from '@ag/model';

/** The members of our unions, one behind each GraphQL type. */
export type AllowedValue = Extract<Decision, { outcome: 'allowed' }>;
export type ConditionalValue = Extract<Decision, { outcome: 'conditional' }>;
export type ExplicitlyDeniedValue = Extract<Decision, { outcome: 'explicitlyDenied' }>;
export type ImplicitlyDeniedValue = Extract<Decision, { outcome: 'implicitlyDenied' }>;
export type UnknownDecisionValue = Extract<Decision, { outcome: 'unknown' }>;

export type StatementGrantValue = Extract<Grant, { by: 'statement' }>;
export type KmsKeyGrantValue = Extract<Grant, { by: 'kmsGrant' }>;
export type AclGrantValue = Extract<Grant, { by: 'acl' }>;
export type RootUserGrantValue = Extract<Grant, { by: 'rootUser' }>;
