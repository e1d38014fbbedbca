import type { Hop, PrincipalRef } from '../answers.ts';
import { rankOf } from '../combine.ts';

/** Everything that is reached, with the best hop from one node to the next. */
export interface Explored {
  /** The nearest first. */
  readonly reached: ReadonlySet<string>;
  /** By where a hop begins, then by where it leads. */
  readonly hops: ReadonlyMap<string, ReadonlyMap<string, Hop>>;
  /** Whether everything was looked at. */
  readonly complete: boolean;
}

// As many hops as are walked in a few seconds, and kept in a few hundred megabytes.
const mostHops = 3_000_000;

/** Walks from the starts over hops, the nearest first, to everything within some steps. Nothing leads on from the end. */
export function explore(
  starts: readonly PrincipalRef[],
  hopsFrom: (id: string) => readonly Hop[],
  depth: number,
  end: string | undefined,
  limit = mostHops,
): Explored {
  const distances = new Map(starts.map(({ id }) => [id, 0]));
  const hops = new Map<string, ReadonlyMap<string, Hop>>();
  let left = limit;
  // A Map yields what is added while it is walked, so it is its own queue.
  for (const [id, distance] of distances) {
    if (distance >= depth || id === end) continue;
    const best = new Map<string, Hop>();
    for (const hop of hopsFrom(id)) {
      left -= 1;
      if (isBetter(hop, best.get(hop.to))) best.set(hop.to, hop);
      if (!distances.has(hop.to)) distances.set(hop.to, distance + 1);
    }
    hops.set(id, best);
    if (left <= 0) return { reached: new Set(distances.keys()), hops, complete: false };
  }
  return { reached: new Set(distances.keys()), hops, complete: true };
}

function isBetter(hop: Hop, held: Hop | undefined): boolean {
  if (!held) return true;
  const [rank, heldRank] = [rankOf(hop.decision), rankOf(held.decision)];
  return rank !== undefined && (heldRank === undefined || rank < heldRank);
}
