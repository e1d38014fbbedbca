import fc, { type GeneratorValue } from 'fast-check';
import { type Random, withChoices } from './random.ts';

/** Choices that fast-check makes, and makes smaller again where a property fails. */
export function fromGen(gen: GeneratorValue): Random {
  const below = (limit: number) => gen(fc.nat, { max: limit - 1 });
  // The smallest number is the simpler case: what is rare is not there.
  return withChoices({ below, chance: (probability) => below(1000) >= 1000 - Math.round(probability * 1000) });
}
