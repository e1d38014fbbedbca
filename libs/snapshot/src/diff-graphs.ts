import {
  type GraphEdge,
  type GraphNode,
  type GraphSource,
  type Held,
  canonicalEdge,
  canonicalNode,
  compareText,
  edgeKey,
} from '@ag/model';

/** What is in the second only, in the first only, and in both but not alike. */
export interface Difference<Value> {
  readonly added: readonly Value[];
  readonly removed: readonly Value[];
  readonly changed: readonly { readonly before: Value; readonly after: Value }[];
}

export interface GraphDifference {
  readonly nodes: Difference<Held<GraphNode>>;
  readonly edges: Difference<Held<GraphEdge>>;
}

/** What happened between two graphs: of two runs, or of a run and Neo4j. Reads both in step, so only differences are held. */
export async function diffGraphs(before: GraphSource, after: GraphSource): Promise<GraphDifference> {
  return {
    nodes: await diffSorted(before.nodes(), after.nodes(), ({ id }) => id, canonicalNode),
    edges: await diffSorted(before.edges(), after.edges(), edgeKey, canonicalEdge),
  };
}

// INVARIANT: a GraphSource yields in the order of the key.
async function diffSorted<Value>(
  before: AsyncIterable<Value>,
  after: AsyncIterable<Value>,
  keyOf: (value: Value) => string,
  canonical: (value: Value) => Value,
): Promise<Difference<Value>> {
  const added: Value[] = [];
  const removed: Value[] = [];
  const changed: { before: Value; after: Value }[] = [];
  const olds = before[Symbol.asyncIterator]();
  const news = after[Symbol.asyncIterator]();
  let [old, now] = await Promise.all([olds.next(), news.next()]);
  while (old.done !== true || now.done !== true) {
    const order = compareHeads(old, now, keyOf);
    if (order < 0 && old.done !== true) removed.push(old.value);
    if (order > 0 && now.done !== true) added.push(now.value);
    if (order === 0 && old.done !== true && now.done !== true) {
      const same = JSON.stringify(canonical(old.value)) === JSON.stringify(canonical(now.value));
      if (!same && isSuccessor(old.value, now.value)) {
        removed.push(old.value);
        added.push(now.value);
      } else if (!same) changed.push({ before: old.value, after: now.value });
    }
    if (order <= 0) old = await olds.next();
    if (order >= 0) now = await news.next();
  }
  return { added, removed, changed };
}

/** Whether the second took the name of the first, which is gone: another unique id under the same ARN (I11). */
function isSuccessor(before: unknown, after: unknown): boolean {
  const [old, now] = [uniqueIdOf(before), uniqueIdOf(after)];
  return old !== undefined && now !== undefined && old !== now;
}

function uniqueIdOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('properties' in value)) return undefined;
  const { properties } = value;
  if (typeof properties !== 'object' || properties === null || !('uniqueId' in properties)) return undefined;
  return properties.uniqueId;
}

function compareHeads<Value>(
  one: IteratorResult<Value>,
  other: IteratorResult<Value>,
  keyOf: (value: Value) => string,
): number {
  if (one.done === true) return 1;
  if (other.done === true) return -1;
  return compareText(keyOf(one.value), keyOf(other.value));
}
