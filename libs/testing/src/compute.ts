import type { PolicyJson, Tags } from './company.ts';

/** What runs in an account, and what it shares. References such as `<payroll>` stand for ids, as in policies. */
export interface Compute {
  readonly layers?: Readonly<Record<string, Layer>>;
  readonly functions?: Readonly<Record<string, LambdaFunction>>;
  readonly containers?: Readonly<Record<string, ContainerService>>;
  readonly kubernetes?: Readonly<Record<string, KubernetesCluster>>;
  readonly builds?: Readonly<Record<string, Build>>;
  readonly workflows?: Readonly<Record<string, Workflow>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly documents?: Readonly<Record<string, Document>>;
  readonly shares?: Readonly<Record<string, Share>>;
  readonly trustAnchors?: readonly string[];
  /** Names of roles by Roles Anywhere profile. */
  readonly outsideProfiles?: Readonly<Record<string, readonly string[]>>;
  readonly trails?: Readonly<Record<string, Trail>>;
}

export interface Layer {
  readonly description: string;
  /** Reference of the account that may use it. */
  readonly sharedWith?: string;
}

/** One statement that lets somebody call a function. */
export interface Invoker {
  readonly principal: string;
  readonly sourceArn?: string;
}

export interface LambdaFunction {
  /** Name of the account's role. */
  readonly role: string;
  readonly layers?: readonly string[];
  /** Name of the account's key. */
  readonly key?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly invokers?: readonly Invoker[];
  /** Aliases of the one version that is published. */
  readonly aliases?: Readonly<Record<string, { readonly invokers?: readonly Invoker[] }>>;
  readonly url?: 'AWS_IAM' | 'NONE';
  /** Name of the account's queue that it reads. */
  readonly queue?: string;
  readonly tags?: Tags;
}

/** A cluster with one service, all of the same name. */
export interface ContainerService {
  readonly role: string;
  readonly executionRole: string;
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly tags?: Tags;
}

export interface KubernetesCluster {
  readonly role: string;
  readonly nodeRole: string;
  readonly podRole: string;
  /** Who gets in: a role’s name, and an access policy. */
  readonly access: readonly {
    readonly role: string;
    readonly policy: string;
    readonly namespaces?: readonly string[];
  }[];
  readonly podIdentities: readonly {
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly role: string;
  }[];
}

export interface Build {
  readonly role: string;
  readonly source: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly tags?: Tags;
}

export interface Workflow {
  readonly role: string;
  readonly definition: object;
  readonly tags?: Tags;
}

export interface Parameter {
  readonly value: string;
  readonly key?: string;
  readonly advanced?: boolean;
  readonly policy?: PolicyJson;
  readonly tags?: Tags;
}

export interface Document {
  readonly content: object;
  /** References of accounts. */
  readonly sharedWith?: readonly string[];
  readonly tags?: Tags;
}

/** A share of RAM. */
export interface Share {
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly permission: string;
}

export interface Trail {
  readonly bucket: string;
  readonly multiRegion?: boolean;
  readonly tags?: Tags;
}
