import type { PolicyJson, Tags } from './company.ts';

/** The network of an account in one region, and the machines' disks and templates there. */
export interface Network {
  readonly region: string;
  readonly cidrBlock: string;
  /** By name. What is in a public one is reached from the internet; the others get out by a NAT gateway. */
  readonly subnets: Readonly<Record<string, Subnet>>;
  /** Ways to AWS services, by the service's last name: `s3`, `sqs`. */
  readonly endpoints?: Readonly<Record<string, { readonly policy?: PolicyJson }>>;
  /** Address ranges with what they are, by name of the list. */
  readonly prefixLists?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly keyPairs?: readonly string[];
  readonly launchTemplates?: Readonly<Record<string, LaunchTemplate>>;
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** Images that are made of the account's machine of that name. */
  readonly images?: Readonly<Record<string, { readonly of: string } & Sharing>>;
  readonly transitGateway?: TransitGateway;
  readonly vpn?: { readonly address: string; readonly asn: number; readonly destination: string };
  /** Offers a service to the networks of others; `admits` are ARNs with references, or `*`. */
  readonly offers?: { readonly name: string; readonly admits: readonly string[] };
  /** Name of the account's bucket that the flow log is written to. */
  readonly flowLogTo?: string;
  /** Accounts whose networks are peered with this one. */
  readonly peers?: readonly string[];
  /** A range that is routed to an interface that is deleted, and a group of that time. */
  readonly leftovers?: { readonly destination: string };
  readonly blocksPublicAccess?: 'block-bidirectional' | 'block-ingress';
  readonly tags?: Tags;
}

export interface Subnet {
  readonly cidrBlock: string;
  /** The last letter of its availability zone. */
  readonly zone: 'a' | 'b';
  readonly public?: boolean;
}

/** Names of accounts and outsiders, or everyone. */
export interface Sharing {
  readonly sharedWith?: readonly string[];
  readonly public?: boolean;
}

/** Each version in turn; the first is the default. */
export interface LaunchTemplate {
  readonly versions: readonly {
    readonly profile?: string;
    readonly subnet?: string;
    readonly keyPair?: string;
    readonly userData?: string;
    readonly requiresMetadataToken?: boolean;
  }[];
}

export interface Volume {
  readonly sizeGibibytes: number;
  /** Name of the account's key. */
  readonly key?: string;
  readonly snapshot?: Sharing;
}

export interface TransitGateway {
  readonly description: string;
  /** Accounts that it is shared with; the emulator shares none, so that their networks are attached by the proxy. */
  readonly sharedWith: readonly string[];
  /** Ranges whose traffic is dropped. */
  readonly drops: readonly string[];
}
