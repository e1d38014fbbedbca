import {
  type GraphEdge,
  type GraphNode,
  type GraphSource,
  type Held,
  canonicalScope,
  edgeKey,
  scopeKey,
} from '@ag/model';
import type { KeptScope } from './manifest.ts';
import type { ObjectRef } from './objects.ts';
import type { Content } from './scope-content.ts';

/**
 * The scopes that a graph was made of, where only the graph is left. A node that several scopes told of comes back with
 * all its properties in each of them. What no scope told of, computed edges and loose ends, is left out.
 */
export async function rebuildScopes(
  source: GraphSource,
  write: (content: Content) => Promise<ObjectRef | undefined>,
): Promise<readonly KeptScope[]> {
  const contents = new Map<string, { nodes: Map<string, Held<GraphNode>>; edges: Map<string, Held<GraphEdge>> }>();
  const records = new Map<string, KeptScope['record']>();
  for await (const record of source.scopes()) {
    const key = scopeKey(record.scope);
    records.set(key, canonicalScope(record));
    contents.set(key, { nodes: new Map(), edges: new Map() });
  }
  for await (const node of source.nodes()) {
    for (const key of node.scopes) contents.get(key)?.nodes.set(node.id, { ...node, scopes: [key] });
  }
  for await (const edge of source.edges()) {
    for (const key of edge.scopes) contents.get(key)?.edges.set(edgeKey(edge), { ...edge, scopes: [key] });
  }
  const run = await source.run();
  const kept: KeptScope[] = [];
  for (const [key, record] of records) {
    const content = await write(contents.get(key) ?? { nodes: new Map(), edges: new Map() });
    // A broken attempt leaves content of its own run only where there was no complete one before.
    const whole = record.state === 'complete' || record.readInRun !== run.id;
    kept.push({ record, whole, ...(content && { content }) });
  }
  return kept;
}
