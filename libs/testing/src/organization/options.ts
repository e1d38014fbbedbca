/** How often each feature occurs: the probability at each place where it could. */
export interface Knobs {
  /** A statement of an identity policy has a condition. */
  readonly conditions: number;
  /** A statement denies. */
  readonly denies: number;
  readonly notAction: number;
  readonly notResource: number;
  /** A wildcard stands in an action or a resource, in any position. */
  readonly wildcards: number;
  /** A policy variable stands in a resource. */
  readonly variables: number;
  /** A statement compares a tag of the principal with one of the resource. */
  readonly abac: number;
  /** A document is of version 2008-10-17. */
  readonly oldVersions: number;
  /** A document cannot be parsed. */
  readonly malformed: number;
  readonly boundaries: number;
  /** A principal or a resource has tags. */
  readonly tags: number;
  /** A bucket, queue, topic, key … has a policy where it need not. */
  readonly resourcePolicies: number;
  /** A resource policy names other accounts. */
  readonly crossAccount: number;
  /** A resource policy lets in the whole organization, or a branch of it. */
  readonly organizationWide: number;
  /** A resource policy or ACL lets in anyone. */
  readonly public: number;
  /** A role is trusted by others than its usual ones. */
  readonly trusts: number;
  /** Something about a resource or a policy could not be read. */
  readonly unread: number;
  /** A whole listing of an account failed. */
  readonly deniedScopes: number;
  /** A member account that nobody collected. */
  readonly uncollectedAccounts: number;
  /** What was there in the run before and is no longer. */
  readonly missing: number;
  /** A role has one of AWS's own policies. */
  readonly awsManaged: number;
  /** A statement names exactly its account's own resources. */
  readonly ownResources: number;
}

export interface OrganizationOptions {
  readonly seed: number;
  readonly accounts?: number;
  /** Users, roles and root users of all accounts together. */
  readonly principals?: number;
  readonly buckets?: number;
  /** Keys, queues, topics, secrets, functions, tables, machines, networks … of all accounts together. */
  readonly others?: number;
  /** `bench` is like real organizations; `hard` is small and has everything at once. */
  readonly profile?: 'bench' | 'hard';
  readonly knobs?: Partial<Knobs>;
  /** Whether the graph holds a node for each policy statement as well, as a snapshot does; the engine skips them. */
  readonly statements?: boolean;
}

export interface OrganizationSize {
  readonly accounts: number;
  readonly principals: number;
  readonly buckets: number;
  readonly others: number;
}

export const profiles = {
  hard: {
    size: { accounts: 7, principals: 90, buckets: 28, others: 180 },
    knobs: {
      conditions: 0.4,
      denies: 0.15,
      notAction: 0.08,
      notResource: 0.1,
      wildcards: 0.5,
      variables: 0.15,
      abac: 0.12,
      oldVersions: 0.08,
      malformed: 0.012,
      boundaries: 0.18,
      tags: 0.6,
      resourcePolicies: 0.75,
      crossAccount: 0.3,
      organizationWide: 0.3,
      public: 0.15,
      trusts: 0.5,
      unread: 0.04,
      deniedScopes: 0.03,
      uncollectedAccounts: 0.15,
      missing: 0.03,
      awsManaged: 0.4,
      ownResources: 0.5,
    },
  },
  bench: {
    size: { accounts: 50, principals: 10_000, buckets: 2_500, others: 5_000 },
    knobs: {
      conditions: 0.12,
      denies: 0.02,
      notAction: 0.003,
      notResource: 0.003,
      wildcards: 0.35,
      variables: 0.02,
      abac: 0.02,
      oldVersions: 0.01,
      malformed: 0,
      boundaries: 0.05,
      tags: 0.5,
      resourcePolicies: 0.4,
      crossAccount: 0.06,
      organizationWide: 0.04,
      public: 0.005,
      trusts: 0.15,
      unread: 0,
      deniedScopes: 0,
      uncollectedAccounts: 0,
      missing: 0,
      awsManaged: 0.8,
      ownResources: 0.85,
    },
  },
} as const satisfies Record<string, { readonly size: OrganizationSize; readonly knobs: Knobs }>;
