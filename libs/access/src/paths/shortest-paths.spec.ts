import { expect, test } from 'vitest';
import type { Rank } from '../combine.ts';
import { type Network, shortestPaths } from './shortest-paths.ts';

const plenty = () => ({ left: 10_000_000 });

test('on random networks the paths are those of trying everything, in the same order', () => {
  let compared = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const network = randomNetwork(seed, 7);
    const all = everyPath(network, 0, 6);
    for (const most of [3, Infinity]) {
      const wanted = all.filter((path) => path.length - 1 <= most).slice(0, 12);
      const search = { from: 0, to: 6, count: 12, most, worst: 2, budget: plenty() } as const;

      expect(shortestPaths(network, search)).toEqual({ paths: wanted, complete: true });
      compared += wanted.length;
    }
  }
  expect(compared).toBeGreaterThan(2000);
});

test('edges that are less certain than is wanted are not taken', () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const network = randomNetwork(seed, 7);
    const certain = { out: network.out.map((edges) => edges.filter(({ rank }) => rank === 0)) };

    const found = shortestPaths(network, { from: 0, to: 6, count: 50, most: 9, worst: 0, budget: plenty() });

    expect(found.paths).toEqual(everyPath(certain, 0, 6).slice(0, 50));
  }
});

test('in a complete network of 600 nodes the direct way comes first, and then those through the first nodes', () => {
  const size = 600;
  const edges = Array.from({ length: size }, (_, to) => ({ to, rank: 0 }) as const);
  const network = { out: edges.map((_, from) => edges.filter(({ to }) => to !== from)) };

  const found = shortestPaths(network, {
    from: 0,
    to: size - 1,
    count: 4,
    most: Infinity,
    worst: 2,
    budget: plenty(),
  });

  expect(found).toEqual({
    paths: [
      [0, 599],
      [0, 1, 599],
      [0, 2, 599],
      [0, 3, 599],
    ],
    complete: true,
  });
});

test('a cycle of 50,000 nodes has one way around', () => {
  const size = 50_000;
  const network = { out: Array.from({ length: size }, (_, at) => [{ to: (at + 1) % size, rank: 0 } as const]) };

  const { paths, complete } = shortestPaths(network, {
    from: 0,
    to: size - 1,
    count: 5,
    most: Infinity,
    worst: 2,
    budget: plenty(),
  });

  expect([paths.map((path) => path.length), complete]).toEqual([[size], true]);
});

test('work that is cut short says so, and what it found is right', () => {
  const network = randomNetwork(3, 7);
  const search = { from: 0, to: 6, count: 1000, most: Infinity, worst: 2 } as const;
  const all = shortestPaths(network, { ...search, budget: plenty() }).paths;

  for (const left of [0, 5, 20, 60, 150]) {
    const { paths, complete } = shortestPaths(network, { ...search, budget: { left } });
    expect(complete).toBe(false);
    for (const path of paths) expect(all).toContainEqual(path);
  }
});

/** Every loop-free path, by going everywhere. */
function everyPath(network: Network, from: number, to: number): readonly (readonly number[])[] {
  const found: { path: readonly number[]; rank: Rank }[] = [];
  function go(path: readonly number[], rank: Rank): void {
    const at = path.at(-1) ?? -1;
    if (at === to) {
      found.push({ path, rank });
      return;
    }
    for (const edge of network.out[at] ?? []) {
      if (!path.includes(edge.to)) go([...path, edge.to], edge.rank > rank ? edge.rank : rank);
    }
  }
  go([from], 0);
  const text = (path: readonly number[]): string => path.join();
  return found
    .sort((a, b) => a.rank - b.rank || a.path.length - b.path.length || (text(a.path) < text(b.path) ? -1 : 1))
    .map(({ path }) => path);
}

function randomNetwork(seed: number, size: number): Network {
  let state = seed * 2654435761;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const rank = (): Rank => (random() < 0.6 ? 0 : random() < 0.6 ? 1 : 2);
  const nodes = Array.from({ length: size }, (_, at) => at);
  return {
    out: nodes.map((from) => nodes.flatMap((to) => (to !== from && random() < 0.45 ? [{ to, rank: rank() }] : []))),
  };
}
