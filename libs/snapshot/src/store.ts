import type {
  GraphEdge,
  GraphNode,
  GraphSource,
  RunInfo,
  Scope,
  ScopeContent,
  ScopeRecord,
  ScopeState,
} from '@ag/model';
import type { ObjectRef } from './objects.ts';
import type { S3Options } from './s3-storage.ts';

/** Keeps the runs of one installation in a folder or a bucket: `objects/<sha256>.ndjson.gz` and `runs/<run>/manifest.json`. */
export interface SnapshotStore {
  /** Finished runs, oldest first. */
  list(): Promise<readonly RunInfo[]>;
  /** The newest snapshot that is whole. */
  latest(): Promise<Snapshot | undefined>;
  /** The snapshot of a run; throws where there is none or it is damaged. */
  open(run: string): Promise<Snapshot>;
  /**
   * Starts a run on top of what was known before: the latest snapshot, or the graph where the folder was lost.
   * Nothing of it is seen by others until `finish`.
   */
  begin(options: BeginOptions): Promise<SnapshotWriter>;
  /**
   * Confirms by a person's word the readings that the newest snapshot holds back: of these scopes, or of all. The next run
   * takes them. Throws a `UserError` where a scope is not held.
   */
  accept(scopes: readonly string[]): Promise<readonly ScopeRecord[]>;
}

/** Keeps what several processes read for one run. */
export interface ContentStore {
  /** Keeps what one attempt brought, in no run yet: another process may write it to its run. */
  keep(content: ScopeContent): Promise<KeptContent>;
  /** What was kept, to be written to a run; throws `DamagedObject` where it is not here. */
  recall(kept: KeptContent): Promise<ScopeContent>;
}

/** What one attempt brought, as small as a message: its content, and its gaps where there are any, are objects of the store. */
export interface KeptContent {
  readonly scope: Scope;
  readonly state: ScopeState;
  readonly readAt: string;
  readonly content?: ObjectRef;
  readonly gaps?: ObjectRef;
}

export interface BeginOptions {
  readonly run: Omit<RunInfo, 'finishedAt'>;
  readonly previous?: Snapshot | GraphSource | undefined;
}

/** Writes one run, scope by scope, to disk. */
export interface SnapshotWriter {
  /** Keeps what one attempt brought; a later attempt at the same scope takes its place. */
  write(content: ScopeContent): Promise<void>;
  /** Carries forward, confirms absences, closes the graph, and makes the snapshot visible in one step. */
  finish(finishedAt: string): Promise<Snapshot>;
  /** Gives up; nothing was visible. */
  abandon(): Promise<void>;
}

/** What one run knows: everything that is known, also what other runs read. */
export interface Snapshot extends GraphSource {
  /** The run's id. */
  readonly id: string;
  /** Of the canonical content: equal contents have equal hashes, whatever order they came in, whichever run read them. */
  readonly hash: string;
  /** The same snapshot with nodes and edges that were computed from it, kept under a name that replaces itself. */
  withComputed(name: string, content: Computed): Promise<Snapshot>;
}

export interface Computed {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface StoreOptions {
  /** Told of what is left out: a half-written run, a damaged object. */
  readonly warn?: (data: { readonly run: string; readonly reason: string }, message: string) => void;
  /** For a bucket. */
  readonly s3?: S3Options;
}
