import fc, { type GeneratorValue } from 'fast-check';
import type { Random } from './random.ts';

/** Choices that fast-check makes, and makes smaller again where a property fails. */
export function fromGen(gen: GeneratorValue): Random {
  const below = (limit: number) => gen(fc.nat, { max: limit - 1 });
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  };
  return {
    below,
    // The smallest number is the simpler case: what is rare is not there.
    chance: (probability) => below(1000) >= 1000 - Math.round(probability * 1000),
    one,
    some: (items, least, most) => Array.from({ length: least + below(most - least + 1) }, () => one(items)),
  };
}
