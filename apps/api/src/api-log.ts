import { GraphQLError } from 'graphql';

/** What the API logs with: a constant message and data. */
export interface ApiLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Yoga's log: errors whose callers are told no more than that something failed. */
export function yogaLog(log: ApiLog) {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words: readonly unknown[]) => log.warn({ words: words.map(wordOf) }, 'graphql warned'),
    error: (...words: readonly unknown[]) => log.error({ words: words.map(wordOf) }, 'a question failed'),
  };
}

function wordOf(word: unknown): string {
  if (!(word instanceof Error)) return String(word);
  const origin = word instanceof GraphQLError ? (word.originalError ?? word) : word;
  return origin.stack ?? origin.message;
}
