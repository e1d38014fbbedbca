import type { Hop } from '../answers.ts';
import { type Rank, rankOf } from '../combine.ts';

/** The nearest holder, and how many hops away it is; of several equally near the first by its id. */
export interface Nearest {
  readonly hops: number;
  readonly holder: string;
}

/**
 * One search backwards from all holders at once, over hops that are as certain as a rank: the nearest holder of everyone who
 * reaches one.
 */
export function nearestHolders(
  holders: readonly string[],
  hopsTo: (id: string) => readonly Hop[],
  rank: Rank,
): ReadonlyMap<string, Nearest> {
  const found = new Map<string, Nearest>();
  let level: ReadonlyMap<string, string> = new Map(holders.map((id) => [id, id]));
  for (let hops = 0; level.size > 0; hops += 1) {
    for (const [id, holder] of level) found.set(id, { hops, holder });
    const next = new Map<string, string>();
    for (const [id, holder] of level) {
      for (const hop of hopsTo(id)) {
        const hopRank = rankOf(hop.decision);
        if (hopRank === undefined || hopRank > rank || found.has(hop.from)) continue;
        const held = next.get(hop.from);
        if (held === undefined || holder < held) next.set(hop.from, holder);
      }
    }
    level = next;
  }
  return found;
}

/** The hops from a node to its nearest holder: at every node the first hop that leads nearer to the same holder. */
export function walkToHolder(
  id: string,
  hopsFrom: (id: string) => readonly Hop[],
  nearest: ReadonlyMap<string, Nearest>,
  rank: Rank,
): readonly Hop[] {
  const path: Hop[] = [];
  let at = nearest.get(id);
  let from = id;
  while (at && at.hops > 0) {
    const { hops, holder } = at;
    const hop = hopsFrom(from).find((one) => {
      const [oneRank, next] = [rankOf(one.decision), nearest.get(one.to)];
      return oneRank !== undefined && oneRank <= rank && next?.hops === hops - 1 && next.holder === holder;
    });
    if (!hop) break;
    path.push(hop);
    from = hop.to;
    at = nearest.get(from);
  }
  return path;
}
