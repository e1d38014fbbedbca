import { type Rank, ranks } from '../combine.ts';
import { type Budget, spurFinder } from './spur.ts';

/** A step between two nodes, which are numbered in the order of their ids. */
export interface NetworkEdge {
  readonly to: number;
  readonly rank: Rank;
}

/** Steps as numbers: one edge at most between two nodes, those out of a node by where they lead. */
export interface Network {
  readonly out: readonly (readonly NetworkEdge[])[];
}

export interface PathSearch {
  readonly from: number;
  readonly to: number;
  /** How many paths are wanted. */
  readonly count: number;
  /** The most edges that a path may have. */
  readonly most: number;
  /** The least certain edge that a path may have. */
  readonly worst: Rank;
  /** How much work may be done; what is left of it is written back. */
  readonly budget: Budget;
}

export interface FoundPaths {
  /** Nodes from the first to the last: the most certain first, then those with the fewest edges, then by the nodes. */
  readonly paths: readonly (readonly number[])[];
  /** Whether the budget sufficed; if not, there may be more, and better ones than the last. */
  readonly complete: boolean;
}

/**
 * The best loop-free paths, by Yen's method with Lawler's improvement: every further path leaves one that was found at some
 * node, by an edge that none of them takes there. Each certainty is searched by itself, in the edges that are as certain.
 */
export function shortestPaths(network: Network, search: PathSearch): FoundPaths {
  const found: (readonly number[])[] = [];
  for (const rank of ranks.filter((one) => one <= search.worst)) {
    if (found.length >= search.count) break;
    for (const path of pathsWithin(network, search, rank)) {
      // Paths of surer edges alone were found before.
      if (rank > 0 && worstOf(network, path) < rank) continue;
      found.push(path);
      if (found.length >= search.count) break;
    }
    if (search.budget.left <= 0) return { paths: found, complete: false };
  }
  return { paths: found, complete: true };
}

interface Candidate {
  readonly path: readonly number[];
  /** Where it leaves the path that it was made of; earlier nodes were tried then. */
  readonly leavesAt: number;
}

/** What was found, as a tree: the next nodes of all found paths that begin alike. */
type Taken = Map<number, { readonly next: Taken }>;

/** All paths of edges up to a rank, the shortest first. Ends early where the budget does. */
function* pathsWithin(network: Network, search: PathSearch, rank: Rank): Generator<readonly number[]> {
  const { from, to, most, budget } = search;
  const findSpur = spurFinder({ network, to, rank, budget });
  const taken: Taken = new Map();
  const candidates: Candidate[] = [];
  const first = findSpur({ spur: from, after: [], before: 0, taken: new Set(), most });
  if (first) candidates.push({ path: first, leavesAt: 0 });

  for (let best = takeBest(candidates); best; best = takeBest(candidates)) {
    const { path, leavesAt } = best;
    yield path;
    let level = take(taken, path);
    for (let at = 0; at < path.length - 1; at += 1) {
      const [spur, next] = [path[at], path[at + 1]];
      if (spur === undefined || next === undefined) break;
      if (at >= leavesAt) {
        const rest = findSpur({ spur, after: path, before: at, taken: level, most: most - at });
        if (rest) candidates.push({ path: [...path.slice(0, at), ...rest], leavesAt: at });
        // What a spur search missed for want of budget may come before any candidate.
        if (budget.left <= 0) return;
      }
      level = level.get(next)?.next ?? nothing;
    }
  }
}

const nothing: Taken = new Map();

/** Adds a path to the tree, and gives the tree below its first node. */
function take(taken: Taken, path: readonly number[]): Taken {
  let level = taken;
  for (const node of path.slice(1)) {
    const held: { readonly next: Taken } = level.get(node) ?? { next: new Map() };
    level.set(node, held);
    level = held.next;
  }
  return taken;
}

function takeBest(candidates: Candidate[]): Candidate | undefined {
  let best = 0;
  candidates.forEach((candidate, at) => {
    const held = candidates[best];
    if (held && compare(candidate.path, held.path) < 0) best = at;
  });
  return candidates.splice(best, 1)[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [at, node] of a.entries()) {
    const other = b[at] ?? node;
    if (node !== other) return node - other;
  }
  return 0;
}

function worstOf(network: Network, path: readonly number[]): Rank {
  let worst: Rank = 0;
  for (let at = 0; at + 1 < path.length; at += 1) {
    const edge = network.out[path[at] ?? -1]?.find(({ to }) => to === path[at + 1]);
    if (edge && edge.rank > worst) worst = edge.rank;
  }
  return worst;
}
