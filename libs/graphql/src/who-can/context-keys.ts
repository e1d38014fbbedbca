import { UserError, exitCode } from '@ag/model';
import type { ContextKey } from '../generated/resolvers.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** The request context that a question gives. A key's single value is one value, several are a list. */
export function toContext(keys: readonly ContextKey[] | null | undefined): Context | undefined {
  if (!keys) return undefined;
  const names = new Set<string>();
  for (const { key, values } of keys) {
    // The names of context keys have no case.
    const name = key.toLowerCase();
    if (!/^[a-z0-9-]+:.+/.test(name)) {
      throw new UserError(`\`${key}\` is not a context key: write it as \`aws:SourceIp\``, exitCode.usage);
    }
    if (names.has(name)) throw new UserError(`the context key \`${key}\` is given twice`, exitCode.usage);
    if (values.length === 0) throw new UserError(`the context key \`${key}\` is given without a value`, exitCode.usage);
    names.add(name);
  }
  return Object.fromEntries(
    keys.map(({ key, values: [first = '', ...more] }) => [key, more.length === 0 ? first : [first, ...more]]),
  );
}
