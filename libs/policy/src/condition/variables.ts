import { escapePattern } from '../match/pattern.ts';
import type { PolicyDocument } from '../types.ts';
import type { Known } from './known.ts';
import { sessionNameKey } from './session-name.ts';

/** A policy value after substitution. `open` still holds variables whose value is not known. */
export type Expanded =
  | { readonly is: 'text'; readonly pattern: string }
  | { readonly is: 'open'; readonly pattern: string; readonly keys: readonly string[] }
  /** A variable has no value: it fits nothing (VA4). */
  | { readonly is: 'none' };

// CO11: text and ARN operators, and Bool, where the pages disagree.
const takers = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool']);

/** Whether `${…}` is a variable in a value of an operator (VA2). */
export function takesVariables(operator: string): boolean {
  return takers.has(operator);
}

/** The variables of a value, which are more than escapes; the first group of each is what stands between its braces. */
export const variables = /\$\{([^*?$}][^}]*)\}/g;

/** Whether a value holds a variable. */
export function hasVariable(value: string): boolean {
  return value.search(variables) >= 0;
}

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
    const { key, fallback } = readVariable(inside);
    const state = known.of(key);
    switch (state.is) {
      case 'known':
        // VA3: only single-valued keys have a value here.
        if (typeof state.value === 'string') return escapePattern(state.value);
        break;
      case 'absent':
        break;
      case 'prefixed':
        keys.push(sessionNameKey);
        return `${escapePattern(state.prefix)}\${${sessionNameKey}}`;
      case 'oneOf':
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

/** What stands between the braces: a key, and a default in single quotes (VA5). */
function readVariable(inside: string): { readonly key: string; readonly fallback?: string } {
  const comma = inside.indexOf(',');
  if (comma < 0) return { key: inside.trim() };
  const rest = inside.slice(comma + 1).trim();
  const isQuoted = rest.length > 1 && rest.startsWith("'") && rest.endsWith("'");
  return isQuoted ? { key: inside.slice(0, comma).trim(), fallback: rest.slice(1, -1) } : { key: '' };
}

/** A text in which `${` begins no variable (VA1). */
export function literal(text: string): string {
  return text.replaceAll('${', '${$}{');
}
