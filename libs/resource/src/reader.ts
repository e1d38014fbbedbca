import type { Gap, GraphEdge, GraphNode, Place, ScopeState } from '@ag/model';
import type { Action, ClientClass } from './definition.ts';
import type { NodeType } from './node-type.ts';

/** What one listing brought of one resource label. */
export interface CollectedPart {
  /** The label of the scope. */
  readonly resource: string;
  readonly state: ScopeState;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly gaps: readonly Gap[];
}

/** What a definition or a reader returns: two shapes of input, one pipeline. */
export type Collected = readonly CollectedPart[];

/** The outcome of one call. Not found is a value; anything else that failed is a gap. */
export type Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: 'notFound' }
  | { readonly ok: false; readonly gap: Gap };

/**
 * What somebody asks of what was read before: by label or type, what of a node or an edge is needed, `undefined` for nothing. All that
 * is kept stays in memory until the run ends, for every account of the organization.
 */
export interface Needs {
  readonly nodes?: Readonly<Record<string, (node: GraphNode) => GraphNode | undefined>>;
  readonly edges?: Readonly<Record<string, (edge: GraphEdge) => GraphEdge | undefined>>;
}

export interface ReaderContext {
  readonly place: Place;
  /** The regions of this run. */
  readonly regions: readonly string[];
  /** A client for this place; another region or member account where named. Time-outs, retries, limits and answer checks are built in. */
  client<Client>(type: ClientClass<Client>, region?: string, account?: string): Client;
  /** Makes one call (or one whole paginated listing) and sorts out how it ended. Never throws for what AWS answers. */
  attempt<Value>(
    call: { readonly action: Action; readonly resource: string; readonly arn?: string },
    read: () => Promise<Value>,
  ): Promise<Attempt<Value>>;
  /** Runs `read` over `items`, a few at a time, results in the items' order. */
  each<Item, Result>(items: readonly Item[], read: (item: Item) => Promise<Result>): Promise<Result[]>;
  /** Member accounts of the organization that this run reads; only the one account without an organization. */
  readonly accounts: readonly string[];
  /** What was read before this reader in this run, by label, as far as it says that it `needs` it: each node once. */
  read(label: string): readonly GraphNode[];
  /** The same of edges, by type. */
  readEdges(type: string): readonly GraphEdge[];
  /** Whether the account's scope of the label was read completely in this run. Without the answer a reader assumes not. */
  isComplete?(account: string, label: string): boolean;
}

/**
 * A hand-written source of nodes and edges for several types at once, where one call answers for several resources.
 * One scope per type, named by its label.
 */
export interface Reader {
  readonly name: string;
  readonly description: string;
  /** `organization` and `identityCenter` run once a connection, in the management or delegated account. `final` runs once after all others. */
  readonly scope: 'global' | 'regional' | 'organization' | 'identityCenter' | 'final';
  readonly types: readonly NodeType[];
  readonly actions: readonly Action[];
  readonly needs?: Needs;
  read(context: ReaderContext): Promise<Collected>;
}
