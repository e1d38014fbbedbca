import type { Network } from './network.ts';
import type { Compute } from './compute.ts';
import type { DataAssets } from './data.ts';

/** A policy document as JSON, with references such as `<payroll>` in its text: see `references.ts`. */
export interface PolicyJson {
  readonly Version: '2012-10-17';
  readonly Statement: readonly StatementJson[];
}
export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Names of policies and what they say. */
export type Policies = Readonly<Record<string, PolicyJson>>;
export type Tags = Readonly<Record<string, string>>;

/** A whole AWS organization, described and not built. Accounts are known by name; `seed()` finds their ids. */
export interface Company {
  readonly name: string;
  readonly homeRegion: string;
  readonly regions: readonly string[];
  /** The organization's tree: the root's children. */
  readonly tree: OrganizationNode;
  readonly serviceControlPolicies: Policies;
  readonly resourceControlPolicies: Policies;
  readonly identityCenter: IdentityCenter;
  /** By name; `management` is the one that owns the organization. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** By account, a service that it administers for the whole organization. */
  readonly delegated: Readonly<Record<string, string>>;
  /** Calls that the collector is refused, for the proxy to deny. */
  readonly refused: readonly { readonly account: string; readonly action: string }[];
  /** Accounts of others, by name, with their id. */
  readonly outsiders: Readonly<Record<string, string>>;
}

/** A root or an organizational unit, with the accounts directly in it and the policies attached to it. */
export interface OrganizationNode {
  readonly name: string;
  readonly accounts?: readonly string[];
  readonly units?: readonly OrganizationNode[];
  /** Names of service control and resource control policies. */
  readonly policies?: readonly string[];
}

export interface IdentityCenter {
  readonly people: readonly Person[];
  /** Groups, with the user names of their members. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly permissionSets: Readonly<Record<string, PermissionSet>>;
  readonly assignments: readonly Assignment[];
  /** Attributes for access control: session tag → identity store attribute. */
  readonly accessControlAttributes: Readonly<Record<string, string>>;
}
export interface Person {
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly title: string;
}
export interface PermissionSet {
  readonly description: string;
  readonly sessionDuration?: string;
  /** Names of AWS-managed policies, with their path. */
  readonly managed?: readonly string[];
  /** Names of customer-managed policies, which each account must hold. */
  readonly customerManaged?: readonly string[];
  readonly inline?: PolicyJson;
  readonly boundary?: { readonly managed: string } | { readonly customerManaged: string };
}
/** A person or a group may use a permission set in the accounts. */
export type Assignment = {
  readonly permissionSet: string;
  readonly accounts: readonly string[];
} & ({ readonly group: string } | { readonly person: string });

/** What one account holds. */
export interface Account {
  readonly title: string;
  readonly email: string;
  readonly policies?: Policies;
  readonly groups?: Readonly<Record<string, Group>>;
  readonly users?: Readonly<Record<string, User>>;
  readonly roles?: Readonly<Record<string, Role>>;
  readonly oidcProviders?: readonly { readonly url: string; readonly audiences: readonly string[] }[];
  readonly samlProviders?: readonly string[];
  readonly blocksPublicAccess?: PublicAccessBlock;
  readonly buckets?: Readonly<Record<string, Bucket>>;
  readonly keys?: Readonly<Record<string, Key>>;
  readonly queues?: Readonly<Record<string, Queue>>;
  readonly securityGroups?: Readonly<Record<string, SecurityGroup>>;
  readonly instances?: Readonly<Record<string, Instance>>;
  readonly network?: Network;
  readonly compute?: Compute;
  readonly data?: DataAssets;
}

interface Holder {
  /** Names of AWS-managed policies with their path, such as `job-function/Billing`. */
  readonly managed?: readonly string[];
  /** Names of the account's own managed policies. */
  readonly policies?: readonly string[];
  readonly inline?: Policies;
}
export type Group = Holder;
export interface User extends Holder {
  readonly groups?: readonly string[];
  /** Name of a customer-managed policy of the account. */
  readonly boundary?: string;
  readonly tags?: Tags;
  readonly password?: boolean;
  readonly keys?: readonly AccessKey[];
}
/** An access key. The emulator makes every key today and calls it unused, so the dates are answered by the proxy. */
export interface AccessKey {
  readonly createdAt: string;
  readonly inactive?: boolean;
  readonly lastUsed?: { readonly at: string; readonly service: string; readonly region: string };
}
export interface Role extends Holder {
  readonly trust: PolicyJson;
  readonly path?: string;
  readonly description?: string;
  readonly boundary?: string;
  readonly tags?: Tags;
  /** Gets an instance profile of the same name. */
  readonly instanceProfile?: boolean;
  readonly lastUsed?: { readonly at: string; readonly region: string };
}

/** The four switches of a public access block, all on or one by one. */
export type PublicAccessBlock =
  'all' | readonly ('BlockPublicAcls' | 'IgnorePublicAcls' | 'BlockPublicPolicy' | 'RestrictPublicBuckets')[];
export interface Bucket {
  readonly region?: string;
  readonly policy?: PolicyJson;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  readonly acl?: 'private' | 'public-read';
  /** Name of the account's key that encrypts new objects. */
  readonly key?: string;
  readonly tags?: Tags;
  readonly objects?: Readonly<Record<string, string>>;
}
export interface Key {
  readonly region?: string;
  readonly description: string;
  /** Without it the key has AWS's default policy, which delegates to the account. */
  readonly policy?: PolicyJson;
  readonly grants?: readonly { readonly grantee: string; readonly operations: readonly KeyOperation[] }[];
  readonly tags?: Tags;
}
export type KeyOperation = 'Decrypt' | 'Encrypt' | 'GenerateDataKey' | 'DescribeKey';
export interface Queue {
  readonly region?: string;
  readonly policy?: PolicyJson;
  /** Name of the account's key. */
  readonly key?: string;
  readonly tags?: Tags;
}
export interface SecurityGroup {
  readonly region?: string;
  readonly description: string;
  readonly ingress: readonly IngressRule[];
}
/** `from` is a CIDR, or the name of a security group in the same account and region. */
export interface IngressRule {
  readonly port: number;
  readonly from: string;
}
export interface Instance {
  readonly region?: string;
  readonly profile?: string;
  readonly securityGroups: readonly string[];
  readonly tags?: Tags;
}
