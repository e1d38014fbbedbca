import type { Gap, GraphEdge, GraphNode } from '@ag/model';
import type { Attempt, CollectedPart } from './reader.ts';

/** A scope that fills while it is read, and knows whether a listing of it failed. */
export interface Draft {
  add(node: GraphNode): void;
  connect(edge: GraphEdge): void;
  /** A detail of one node could not be read. */
  miss(gap: Gap): void;
  /** What a listing brought; where it failed, the whole scope is not complete. Not found is an empty list. */
  listed<Value>(attempt: Attempt<readonly Value[]>): readonly Value[];
  toPart(): CollectedPart;
}

export function draftPart(resource: string): Draft {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const gaps: Gap[] = [];
  let failure: Gap | undefined;

  return {
    add: (node) => nodes.push(node),
    connect: (edge) => edges.push(edge),
    miss: (gap) => gaps.push({ ...gap, resource }),
    listed: (attempt) => {
      if (attempt.ok === true) return attempt.value;
      if (attempt.ok === false) {
        const gap = { ...attempt.gap, resource };
        failure ??= gap;
        gaps.push(gap);
      }
      return [];
    },
    toPart: () => ({ resource, state: failure?.reason ?? 'complete', nodes, edges, gaps }),
  };
}

/** Of what another call has just brought, not found is no answer: whatever belongs to it may be somewhere else by now. */
export function mustExist<Value>(attempt: Attempt<Value>, about: Omit<Gap, 'reason' | 'message'>): Attempt<Value> {
  if (attempt.ok !== 'notFound') return attempt;
  return { ok: false, gap: { ...about, reason: 'unexpected', message: 'what was listed a moment ago is not there' } };
}
