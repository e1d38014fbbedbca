import type { PolicyJson, Tags } from './company.ts';

/** What an account stores and passes on, each by its name. Keys are named as in the account's `keys`. */
export interface DataAssets {
  readonly accessPoints?: Readonly<Record<string, AccessPoint>>;
  readonly multiRegionAccessPoints?: Readonly<Record<string, MultiRegionAccessPoint>>;
  readonly directoryBuckets?: Readonly<Record<string, Guarded>>;
  readonly tableBuckets?: Readonly<Record<string, TableBucket>>;
  readonly secrets?: Readonly<Record<string, Guarded>>;
  readonly topics?: Readonly<Record<string, Topic>>;
  readonly tables?: Readonly<Record<string, Table>>;
  readonly registryPolicy?: PolicyJson;
  readonly repositories?: Readonly<Record<string, Guarded>>;
  readonly publicRepositories?: Readonly<Record<string, Guarded>>;
  readonly packageDomains?: Readonly<Record<string, PackageDomain>>;
  readonly fileSystems?: Readonly<Record<string, FileSystem>>;
  readonly buses?: Readonly<Record<string, Bus>>;
  readonly vaults?: Readonly<Record<string, Guarded>>;
  readonly catalog?: { readonly policy?: PolicyJson; readonly databases: readonly string[] };
  readonly searchDomains?: Readonly<Record<string, Guarded>>;
  readonly restApis?: Readonly<Record<string, Guarded & { readonly role?: string }>>;
  readonly httpApis?: Readonly<Record<string, { readonly role?: string }>>;
  readonly databases?: Readonly<Record<string, Database>>;
  readonly databaseClusters?: Readonly<Record<string, Database>>;
}

/** Something that has a policy of its own. */
export interface Guarded {
  readonly policy?: PolicyJson;
  readonly key?: string;
  readonly tags?: Tags;
}
export interface AccessPoint {
  readonly bucket: string;
  readonly policy?: PolicyJson;
  readonly vpc?: string;
}
export interface MultiRegionAccessPoint {
  readonly buckets: readonly string[];
  readonly policy?: PolicyJson;
}
export interface TableBucket extends Guarded {
  readonly tables?: Readonly<Record<string, { readonly namespace: string; readonly policy?: PolicyJson }>>;
}
/** Subscribers by protocol. */
export interface Topic extends Guarded {
  readonly subscribers?: readonly { readonly protocol: string; readonly endpoint: string }[];
}
export interface Table extends Guarded {
  /** Has a stream, with a policy or without. */
  readonly stream?: { readonly policy?: PolicyJson };
}
export interface PackageDomain extends Guarded {
  readonly repositories: Readonly<Record<string, Guarded>>;
}
export interface FileSystem extends Guarded {
  readonly accessPoints?: Readonly<Record<string, { readonly directory: string; readonly user: number }>>;
}
export interface Bus extends Guarded {
  readonly rules?: Readonly<Record<string, Rule>>;
}
export interface Rule {
  readonly pattern: Readonly<Record<string, readonly string[]>>;
  readonly target: string;
  readonly role?: string;
}
export interface Database {
  readonly engine: string;
  readonly key?: string;
  readonly tags?: Tags;
  /** Name of a role that it reaches other services as. */
  readonly role?: string;
  /** Snapshots, with the accounts that may restore them; `all` for everybody. */
  readonly snapshots?: Readonly<Record<string, readonly string[]>>;
}
