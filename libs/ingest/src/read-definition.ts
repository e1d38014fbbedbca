import type { Gap, GraphEdge, GraphNode, Place } from '@ag/model';
import { type CollectedPart, type ListContext, type ResourceDefinition, type SeenItem, readNode } from '@ag/resource';
import { InterruptedError } from './answer-error.ts';
import { type Failure, classifyError } from './classify-error.ts';
import { each } from './each.ts';
import { NotOfferedError } from './not-offered.ts';
import { stateOf, toGap } from './scope-content.ts';

const atOnce = 8;

/**
 * Reads one resource in one place: lists it, asks for the details, makes nodes and edges. A listing that breaks off keeps what
 * it brought, as `partial`; a detail that is not found is absent; any other failed detail is a gap.
 */
export async function readDefinition(
  definition: ResourceDefinition,
  context: ListContext<unknown>,
): Promise<CollectedPart> {
  const { place } = context;
  const { items, failure } = await listItems(definition, context);
  const read = await each(items, atOnce, (item) => readItem(definition, context, item));

  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const gaps: Gap[] = [];
  for (const one of read) {
    nodes.push(...one.nodes);
    edges.push(...one.edges);
    gaps.push(...one.gaps);
  }
  const resource = definition.label;
  if (!failure) return { resource, state: 'complete', nodes, edges, gaps };

  gaps.push(toGap(failure, { place, resource, action: definition.list.action }));
  const state = items.length > 0 && failure.kind !== 'interrupted' ? 'partial' : stateOf(failure);
  return { resource, state, nodes, edges, gaps };
}

async function listItems(definition: ResourceDefinition, context: ListContext<unknown>) {
  const items: unknown[] = [];
  try {
    for await (const item of definition.list.read(context)) items.push(item);
    return { items, failure: undefined };
  } catch (error) {
    // Where AWS does not offer the service the listing is empty, and that is the whole of it.
    if (error instanceof NotOfferedError && items.length === 0) return { items, failure: undefined };
    return { items, failure: classifyError(error) };
  }
}

async function readItem(definition: ResourceDefinition, context: ListContext<unknown>, item: unknown) {
  const { place } = context;
  const seen: Record<string, unknown> & SeenItem = { item, place };
  const failed = new Map<string, Gap>();
  for (const detail of definition.details) {
    try {
      Object.assign(seen, { [detail.name]: await detail.read(context, item) });
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'interrupted') throw new InterruptedError();
      if (failure.kind === 'notFound') continue;
      failed.set(detail.name, toGap(failure, { place, resource: definition.label, action: detail.action }));
    }
  }
  try {
    const { node, edges, statements, gaps } = readNode(definition, seen, failed);
    return { nodes: [node, ...statements.nodes], edges: [...edges, ...statements.edges], gaps };
  } catch (error) {
    return { nodes: [], edges: [], gaps: [unreadable(definition, place, error)] };
  }
}

/** An item without an id has no node; that it was there is told by its gap. */
function unreadable(definition: ResourceDefinition, place: Place, error: unknown): Gap {
  const failure: Failure = { ...classifyError(error), kind: 'malformed' };
  return toGap(failure, { place, resource: definition.label, action: definition.list.action });
}
