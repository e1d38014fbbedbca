/** What Neo4j can store on a node or an edge. Absent is a missing key, never `null`. */
export type PropertyValue = string | number | boolean | readonly string[];
export type Properties = Readonly<Record<string, PropertyValue>>;

/** Labels that every reader of the graph may rely on, besides the resource's own. */
export type RoleLabel = 'AwsResource' | 'Principal' | 'Person';

/**
 * One node. `id` is the ARN where there is one, and unique over the whole graph (an AWS account's id is its 12 digits).
 * `labels[0]` is the resource's own label; `Entity` is added by `libs/graph` and stands on no node here.
 * The property `unread` (a list of actions) says what could not be read of it, `unreadPolicies` which policy kinds that hits.
 * `aliases` are other names by which an edge may point to it: a unique id (`AROA…`), a key alias, a bucket's name, a permission
 * set's role in an account. An edge end that is an alias of a node is replaced by the node's id when a snapshot is closed.
 */
export interface GraphNode {
  readonly id: string;
  readonly labels: readonly [string, ...string[]];
  readonly properties: Properties;
  readonly aliases?: readonly string[];
}

/** One edge. Two edges are the same when `type`, `from`, `to` and `key` are. `key` tells parallel edges apart. */
export interface GraphEdge {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly key?: string;
  readonly properties: Properties;
}

/** A node or an edge as a graph holds it, with the keys of the scopes that say so. */
export type Held<Value> = Value & { readonly scopes: readonly string[] };

/** A node that something points to but nobody read. It never vanishes in a `MATCH`. */
export const uncollectedLabel = 'Uncollected';

/** Why a node is `Uncollected`. */
export type UncollectedReason =
  | 'other account'
  | 'owned by AWS'
  | 'deleted principal'
  | 'missing policy'
  | 'could not be read'
  | 'does not exist'
  | 'other account or deleted';
