import type { Injection } from './nth-call.ts';

/** Draws injections in an order that a seed decides: first one of every fault at every kind of call, then whatever comes. */
export function sample(all: readonly Injection[], count: number, seed: number): readonly Injection[] {
  const random = mulberry(seed);
  const drawn = all.map((injection) => ({ injection, at: random() })).sort((a, b) => a.at - b.at);
  const kinds = new Set<string>();
  const types = new Set<string>();
  const actions = new Set<string>();
  const first: Injection[] = [];
  const second: Injection[] = [];
  const rest: Injection[] = [];
  for (const { injection } of drawn) {
    const { action } = injection.call;
    const type = nameOf(injection);
    const kind = `${action} ${type}`;
    if (!types.has(type) || !actions.has(action)) first.push(injection);
    else if (!kinds.has(kind)) second.push(injection);
    else rest.push(injection);
    types.add(type);
    actions.add(action);
    kinds.add(kind);
  }
  return [...first, ...second, ...rest].slice(0, count);
}

export function nameOf({ type }: Pick<Injection, 'type'>): string {
  return `${type.number} ${type.kind} ${type.lasts}`;
}

// https://en.wikipedia.org/wiki/Linear_congruential_generator would repeat too soon in its low bits; this does not.
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
