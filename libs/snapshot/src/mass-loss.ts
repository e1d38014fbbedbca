import { isPolicyPart } from './policy-part.ts';
import type { Content } from './scope-content.ts';

/**
 * The mass-loss brake (I4): a complete reading that lacks this much of what its scope held is held until it is confirmed.
 * ADR 0012 says why these numbers.
 */
export const massLoss = {
  /** More than this part … */
  share: 0.2,
  /** … and more than this many. */
  count: 50,
  /** A listing that comes back empty is held from this many things on: the last one or two are ordinary. */
  all: 3,
} as const;

/** How much of one kind a reading lacks. */
export interface Loss {
  readonly kind: 'resources' | 'statements' | 'edges';
  readonly lost: number;
  readonly of: number;
}

/** What a reading lacks of what was known, where that is too much to believe at once; nodes missed before do not count. */
export function findMassLoss(before: Content, now: Content): Loss | undefined {
  // A scope of nothing but edges, as the links from machines to their roles, is what its edges are.
  const whole = before.nodes.size > 0 ? 'resources' : 'edges';
  return [countNodes(before, now, 'resources'), countNodes(before, now, 'statements'), countEdges(before, now)].find(
    (loss) => isMassLoss(loss, whole),
  );
}

function isMassLoss({ kind, lost, of }: Loss, whole: Loss['kind']): boolean {
  if (kind === whole && lost === of) return lost >= massLoss.all;
  return lost > massLoss.count && lost > massLoss.share * of;
}

function countNodes(before: Content, now: Content, kind: 'resources' | 'statements'): Loss {
  const known = [...before.nodes.values()].filter(
    ({ id, properties }) => isPolicyPart(id) === (kind === 'statements') && properties['missingSince'] === undefined,
  );
  return { kind, lost: known.filter(({ id }) => !now.nodes.has(id)).length, of: known.length };
}

// These two follow from the nodes, and would only dilute the others.
const derived = new Set(['OWNS', 'HAS_STATEMENT']);

function countEdges(before: Content, now: Content): Loss {
  const known = [...before.edges].filter(([, { type }]) => !derived.has(type));
  return { kind: 'edges', lost: known.filter(([key]) => !now.edges.has(key)).length, of: known.length };
}

/** What was known without what every one of some readings lacks. */
export function withoutLost(known: Content, readings: readonly Content[]): Content {
  return {
    nodes: new Map([...known.nodes].filter(([id]) => readings.some(({ nodes }) => nodes.has(id)))),
    edges: new Map([...known.edges].filter(([key]) => readings.some(({ edges }) => edges.has(key)))),
  };
}
