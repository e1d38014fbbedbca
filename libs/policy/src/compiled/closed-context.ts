import { type KeyState, type Known, toKnown } from '../condition/known.ts';
import type { Context } from '../types.ts';

const absent: KeyState = { is: 'absent' };
const principalTag = 'aws:principaltag/';

/**
 * What is known in a closed world, without a table made of it first: most requests are decided before many keys are asked
 * for. Where two keys differ by case only, and for anything but looking up, the table is made after all.
 */
export function toClosedContext(context: Context, tags: Readonly<Record<string, string>>): Known {
  let table: Known | undefined;
  const full = () => (table ??= toKnown({ context, rest: 'absent' }, { principal: { tags } }));
  return {
    of: (key) => {
      const name = key.toLowerCase();
      if (name.startsWith(principalTag)) return full().of(key);
      let found: KeyState | undefined;
      for (const given in context) {
        if (given.length !== name.length || given.toLowerCase() !== name) continue;
        if (found) return full().of(key);
        found = { is: 'known', value: context[given] ?? '' };
      }
      if (found?.is === 'known' && typeof found.value !== 'string' && found.value.length === 0) return absent;
      return found ?? absent;
    },
    namesUnder: (prefix) => full().namesUnder(prefix),
  };
}
