import type { GraphSource, RunInfo } from '@ag/model';

export interface GraphSettings {
  readonly uri: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
}

export interface ReadOptions {
  /** How long the query may run; 30 seconds unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The graph database. Nothing else in the product speaks to it. */
export interface Graph {
  /** Answers a question in a session that cannot write. One attempt, with a time limit. */
  // The driver's own constraint on a row.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  read<Row extends Record<string, any>>(
    query: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: ReadOptions,
  ): Promise<Row[]>;
  /** The graph as the engine reads it, with the same answers as the snapshot that was published. */
  source(): GraphSource;
  /** Brings the schema to this program's version; harmless when repeated or interrupted. */
  migrate(): Promise<void>;
  /** Takes the right to write; throws `LeaseHeld` where another has it. */
  lease(holder: string, options?: LeaseOptions): Promise<Lease>;
  /** Makes the graph equal to the snapshot, writing only what differs. */
  publish(snapshot: GraphSource, lease: Lease, options?: PublishOptions): Promise<PublishSummary>;
  /** The run that the graph is as of; `loading` while a large change is under way. */
  current(): Promise<Current | undefined>;
  close(): Promise<void>;
}

export interface Current {
  readonly run: RunInfo;
  readonly loading: boolean;
}

export interface LeaseOptions {
  /** The token shall be greater than this: than the runs' numbers in a folder that outlived its graph. */
  readonly after?: number;
  /** How long it lasts without being renewed; 60 seconds unless told. */
  readonly ttlMs?: number;
  /** Renews itself until released; on unless told. */
  readonly keepAlive?: boolean;
}

/** The right to write. The token only ever grows, numbers the run, and every write checks it: a writer that was overtaken fails with `LeaseLost`. */
export interface Lease {
  readonly id: string;
  readonly holder: string;
  readonly token: number;
  /** Aborted when a renewal finds that another writer took over. */
  readonly lost: AbortSignal;
  renew(): Promise<void>;
  release(): Promise<void>;
}

export interface PublishOptions {
  /** Up to how many changed rows go in one transaction; 100,000 unless told. */
  readonly limit?: number;
  /** Rows of one transaction of a larger change; 20,000 unless told. */
  readonly batch?: number;
  /** Told after each transaction of a larger change. */
  readonly onBatch?: (done: { readonly rows: number; readonly of: number }) => void;
}

export interface Changes {
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
}

export interface PublishSummary {
  readonly run: string;
  readonly nodes: Changes;
  readonly edges: Changes;
  readonly scopes: Changes;
  readonly transactions: number;
  /** Nothing differed: only the run itself was written. */
  readonly unchanged: boolean;
}
