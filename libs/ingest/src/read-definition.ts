import type { Gap, GraphEdge, GraphNode, Place } from '@ag/model';
import {
  type Action,
  type CollectedPart,
  type ListContext,
  type ResourceDefinition,
  type SeenItem,
  readNode,
} from '@ag/resource';
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
  const { items, failures } = await listItems(definition, context);
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
  const [failed] = failures;
  if (!failed) return { resource, state: 'complete', nodes, edges, gaps };

  gaps.push(...failures.map(({ failure, action }) => toGap(failure, { place, resource, action })));
  const isStopped = failures.some(({ failure }) => failure.kind === 'interrupted');
  const state = isStopped ? 'skipped' : items.length > 0 ? 'partial' : stateOf(failed.failure);
  return { resource, state, nodes, edges, gaps };
}

/** A listing that broke off: by which action, and how. */
interface FailedListing {
  readonly action: Action;
  readonly failure: Failure;
}

interface Listing {
  readonly items: readonly unknown[];
  readonly failures: readonly FailedListing[];
}

async function listItems(definition: ResourceDefinition, context: ListContext<unknown>): Promise<Listing> {
  let listing = await listAll(definition.list.action, definition.list.read(context));
  for (const { action, read } of definition.within) {
    const listings = await each(listing.items, atOnce, (parent) => listWithin(action, read(context, parent)));
    listing = {
      items: listings.flatMap(({ items }) => items),
      failures: [...listing.failures, ...listings.flatMap(({ failures }) => failures)],
    };
  }
  return listing;
}

async function listAll(action: Action, listed: AsyncIterable<unknown>): Promise<Listing> {
  const items: unknown[] = [];
  try {
    for await (const item of listed) items.push(item);
    return { items, failures: [] };
  } catch (error) {
    // Where AWS does not offer the service the listing is empty, and that is the whole of it.
    if (error instanceof NotOfferedError && items.length === 0) return { items, failures: [] };
    return { items, failures: [{ action, failure: classifyError(error) }] };
  }
}

/** What was listed a moment ago and is not found now has gone, with all that was in it. */
async function listWithin(action: Action, listed: AsyncIterable<unknown>): Promise<Listing> {
  const { items, failures } = await listAll(action, listed);
  return { items, failures: failures.filter(({ failure }) => failure.kind !== 'notFound') };
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
