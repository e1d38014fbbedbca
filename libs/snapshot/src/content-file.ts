import { compareText, edgeKey } from '@ag/model';
import { edgeLine, findEdge, findNode, nodeLine } from './lines.ts';
import type { ObjectRef, Objects } from './objects.ts';
import type { Content } from './scope-content.ts';

/** Writes a scope's content; `undefined` where there is nothing in it. Equal contents are one object. */
export async function writeContent(objects: Objects, { nodes, edges }: Content): Promise<ObjectRef | undefined> {
  if (nodes.size === 0 && edges.size === 0) return undefined;
  return objects.write([
    ...[...nodes.values()].sort((a, b) => compareText(a.id, b.id)).map(nodeLine),
    ...[...edges].sort(([a], [b]) => compareText(a, b)).map(([, edge]) => edgeLine(edge)),
  ]);
}

/** A scope's content as it was written. */
export async function readContent(objects: Objects, content: ObjectRef | undefined): Promise<Content> {
  const read = { nodes: new Map(), edges: new Map() } satisfies Content;
  if (!content) return read;
  for await (const line of objects.read(content)) {
    const node = findNode(line);
    if (node) read.nodes.set(node.id, node);
    const edge = node ? undefined : findEdge(line);
    if (edge) read.edges.set(edgeKey(edge), edge);
  }
  return read;
}
