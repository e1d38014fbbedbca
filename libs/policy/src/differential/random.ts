/** A source of choices that gives the same ones for the same seed. */
export interface Random {
  /** A whole number from 0 up to, not with, a limit. */
  below(limit: number): number;
  /** True with a probability. */
  chance(probability: number): boolean;
  one<Item>(items: readonly Item[]): Item;
  /** From `least` to `most` items, some of them perhaps twice. */
  some<Item>(items: readonly Item[], least: number, most: number): readonly Item[];
}

/** All choices, from the two that every source makes its own way. */
export function withChoices({ below, chance }: Pick<Random, 'below' | 'chance'>): Random {
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  };
  const some = <Item>(items: readonly Item[], least: number, most: number) =>
    Array.from({ length: least + below(most - least + 1) }, () => one(items));
  return { below, chance, one, some };
}

/** The generator called mulberry32: small, quick, and good enough to choose test cases. */
export function toRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return withChoices({
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
  });
}
