/** A source of choices that gives the same ones for the same seed and the same place of use. */
export interface Choices {
  /** A whole number from 0 up to, not with, a limit. */
  below(limit: number): number;
  /** True with a probability. */
  chance(probability: number): boolean;
  one<Item>(items: readonly Item[]): Item;
  /** From `least` to `most` different items, as far as there are so many. */
  some<Item>(items: readonly Item[], least: number, most: number): readonly Item[];
  /** One of several by weight. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item;
  /** Lower-case hexadecimal digits, as AWS's ids end with. */
  hex(length: number): string;
}

/** Choices by seed. `place` keeps what is chosen in one place apart from what is chosen in another. */
export function choicesOf(seed: number, place = ''): Choices {
  const next = numbers(mix(seed, place));
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  };
  return {
    below,
    one,
    chance: (probability) => next() < probability,
    some(items, least, most) {
      const left = [...items];
      const count = Math.min(left.length, least + below(most - least + 1));
      return Array.from({ length: count }, () => left.splice(below(left.length), 1)).flat();
    },
    weighted(items) {
      let at = next() * items.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = items.find(([weight]) => (at -= weight) < 0) ?? items.at(-1);
      if (!chosen) throw new Error('there is nothing to choose from');
      return chosen[1];
    },
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
  };
}

/** The generator called mulberry32: small, quick, and good enough to choose test data. */
function numbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a over the seed and the place, so that neighbours begin far apart. */
function mix(seed: number, place: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed} ${place}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
