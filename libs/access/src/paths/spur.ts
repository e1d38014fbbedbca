import type { Rank } from '../combine.ts';
import type { Network } from './shortest-paths.ts';

/** How many edges may still be looked at. */
export interface Budget {
  left: number;
}

export interface SpurSearch {
  /** Where the path begins. */
  readonly spur: number;
  /** A path whose first nodes it must not touch: those before the spur. */
  readonly after: readonly number[];
  /** How many nodes that are. */
  readonly before: number;
  /** Nodes that it must not go to first. */
  readonly taken: { has(node: number): boolean };
  /** The most edges. */
  readonly most: number;
}

/**
 * Finds the shortest path from a node to the end, of equal ones the first by its nodes. It looks backwards from the end until
 * it meets the node, and then walks forward along the distances.
 */
export function spurFinder(options: {
  readonly network: Network;
  readonly to: number;
  readonly rank: Rank;
  readonly budget: Budget;
}): (search: SpurSearch) => readonly number[] | undefined {
  const { network, to, rank, budget } = options;
  const into = edgesInto(network, rank);
  // Marks are of one search; a counter spares clearing them.
  const mark = new Int32Array(network.out.length);
  const distance = new Int32Array(network.out.length);
  let search = 0;

  return ({ spur, after, before, taken, most }) => {
    search += 1;
    // On long chains most nodes have one way out, and it is taken.
    if (!hasWayOut(spur, taken)) return undefined;
    for (let at = 0; at < before; at += 1) mark[after[at] ?? 0] = -search;
    budget.left -= before;
    const found = distanceTo(spur, taken, most);
    return found === undefined ? undefined : walk(spur, taken, found);
  };

  function hasWayOut(spur: number, taken: SpurSearch['taken']): boolean {
    return (network.out[spur] ?? []).some((edge) => {
      budget.left -= 1;
      return edge.rank <= rank && !taken.has(edge.to);
    });
  }

  function distanceTo(spur: number, taken: SpurSearch['taken'], most: number): number | undefined {
    mark[to] = search;
    distance[to] = 0;
    const queue = [to];
    for (const node of queue) {
      const next = (distance[node] ?? 0) + 1;
      if (next > most) return undefined;
      for (const before of into[node] ?? []) {
        budget.left -= 1;
        if (budget.left <= 0) return undefined;
        if (before === spur) {
          if (!taken.has(node)) return next;
          continue;
        }
        if (mark[before] === search || mark[before] === -search) continue;
        mark[before] = search;
        distance[before] = next;
        queue.push(before);
      }
    }
    return undefined;
  }

  /** Everything nearer to the end than the spur has its distance when the spur is met. */
  function walk(spur: number, taken: SpurSearch['taken'], length: number): readonly number[] | undefined {
    const path = [spur];
    for (let left = length - 1; left >= 0; left -= 1) {
      const at = path.at(-1);
      const edges = at === undefined ? [] : (network.out[at] ?? []);
      const edge = edges.find(
        (one) =>
          one.rank <= rank &&
          mark[one.to] === search &&
          distance[one.to] === left &&
          (at !== spur || !taken.has(one.to)),
      );
      if (!edge) return undefined;
      path.push(edge.to);
    }
    return path;
  }
}

function edgesInto(network: Network, rank: Rank): readonly (readonly number[])[] {
  const into: number[][] = network.out.map(() => []);
  for (const [from, edges] of network.out.entries()) {
    for (const edge of edges) if (edge.rank <= rank) into[edge.to]?.push(from);
  }
  return into;
}
