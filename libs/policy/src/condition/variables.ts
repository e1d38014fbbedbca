import { escapePattern } from '../match/pattern.ts';
import type { PolicyDocument } from '../types.ts';
import type { Known } from './known.ts';

/** A policy value after substitution. `open` still holds variables whose value is not known. */
export type Expanded =
  | { readonly is: 'text'; readonly pattern: string }
  | { readonly is: 'open'; readonly pattern: string; readonly keys: readonly string[] }
  /** A variable has no value: it fits nothing (VA4). */
  | { readonly is: 'none' };

const variable = /\$\{([^}]*)\}/g;

/**
 * Puts known values in the place of `${key}` and `${key, 'default'}` (VA1–VA7). Under version 2008-10-17 the text is
 * literal. Wildcards in a substituted value are plain characters (VA7, inferred).
 */
export function expand(text: string, version: PolicyDocument['version'], known: Known): Expanded {
  if (!text.includes('${')) return { is: 'text', pattern: text };
  if (version === '2008-10-17') return { is: 'text', pattern: literal(text) };
  const keys: string[] = [];
  let missing = false;
  const pattern = text.replace(variable, (whole, inside: string) => {
    if (inside === '*' || inside === '?' || inside === '$') return whole;
    const [, key = '', , fallback] = /^\s*([^,]*?)\s*(,\s*'(.*)'\s*)?$/.exec(inside) ?? [];
    const state = known.of(key);
    switch (state.is) {
      case 'known':
        // VA3: only single-valued keys have a value here.
        if (typeof state.value === 'string') return escapePattern(state.value);
        break;
      case 'absent':
        break;
      case 'prefixed':
      case 'present':
      case 'unknown':
        keys.push(key);
        return whole;
    }
    if (fallback !== undefined) return escapePattern(fallback);
    missing = true;
    return whole;
  });
  if (missing) return { is: 'none' };
  return keys.length > 0 ? { is: 'open', pattern, keys } : { is: 'text', pattern };
}

/** A text in which `${` begins no variable (VA1). */
export function literal(text: string): string {
  return text.replaceAll('${', '${$}{');
}
