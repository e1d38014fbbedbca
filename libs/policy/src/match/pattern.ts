import { type Glob, matchesGlob, toGlob } from './glob.ts';

// In a pattern the escapes `${*}`, `${?}` and `${$}` (VA6) are plain characters. While matching, they are moved out of the
// way to characters that no policy may hold (policies are U+0020 to U+00FF).
const star = '\uE000';
const mark = '\uE001';

/** A value's text as a pattern that fits exactly it. */
export function escapePattern(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`);
}

/** The text a pattern means where wildcards are not wildcards, as under `StringEquals`. */
export function unescapePattern(pattern: string): string {
  if (!pattern.includes('${')) return pattern;
  return pattern.replace(/\$\{([*?$])\}/g, (_, character: string) => character);
}

/** Whether text fits a pattern with wildcards and escapes. */
export function matchesPattern(pattern: string, text: string): boolean {
  return matchesGlob(patternToGlob(pattern), toPlain(text));
}

/** A pattern with escapes as a glob for texts that `toPlain` has prepared. */
export function patternToGlob(pattern: string): Glob {
  if (!pattern.includes('${')) return toGlob(pattern);
  return toGlob(pattern.replace(/\$\{([*?$])\}/g, (_, character: string) => toPlain(character)));
}

/** A text as globs with escapes compare it. */
export function toPlain(text: string): string {
  return text.includes('*') || text.includes('?') ? text.replaceAll('*', star).replaceAll('?', mark) : text;
}
