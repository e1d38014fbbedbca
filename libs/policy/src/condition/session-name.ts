import type { Residual, Test } from '@ag/model';
import { always, any, never, test } from '../residual/build.ts';
import { escapePattern, unescapePattern } from '../match/pattern.ts';

/** The key under which residuals name the session's name. */
export const sessionNameKey = 'session-name';

/** A text test on a value that is a fixed prefix and then the session's name, as a test on that name alone. */
export function testOnSessionName({ operator, values }: Test, prefix: string): Residual | undefined {
  if (operator === 'StringEquals' || operator === 'StringEqualsIgnoreCase') {
    const fold = (value: string) => (operator === 'StringEquals' ? value : value.toLowerCase());
    const rest = values
      .filter((value) => fold(unescapePattern(value)).startsWith(fold(prefix)))
      .map((value) => escapePattern(unescapePattern(value).slice(prefix.length)));
    return rest.length > 0 ? test({ key: sessionNameKey, operator, values: rest }) : never;
  }
  if (operator !== 'StringLike') return undefined;
  const rest = [...new Set(values.flatMap((value) => afterPrefix(value, prefix)))];
  if (rest.includes('*')) return always;
  return any(rest.length > 0 ? [test({ key: sessionNameKey, operator, values: rest })] : [never]);
}

/** What is left of a pattern once it has matched the prefix, in every way that it can. */
function afterPrefix(pattern: string, prefix: string): readonly string[] {
  let left = new Set([pattern]);
  for (const character of prefix) {
    const next = new Set<string>();
    for (const one of left) for (const rest of afterCharacter(one, character)) next.add(rest);
    left = next;
  }
  return [...left];
}

function afterCharacter(pattern: string, character: string): readonly string[] {
  if (pattern.startsWith('*')) return [pattern, ...afterCharacter(pattern.slice(1), character)];
  const escape = /^\$\{([*?$])\}/.exec(pattern);
  const wanted = escape?.[1] ?? pattern[0];
  if (wanted === undefined || (wanted !== character && (escape || wanted !== '?'))) return [];
  return [pattern.slice(escape ? 4 : 1)];
}
