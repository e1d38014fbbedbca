import { UserError, exitCode } from '@ag/model';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Format, formats } from './output.ts';

/** `-o table|json|ndjson|csv`. */
export function outputOption(): Option {
  return new Option('-o, --output <format>', 'how to print the answer').choices([...formats]).default('table');
}

export interface OutputFlags {
  readonly output: Format;
}

/** `--context key=value`, as often as wanted; the same key twice is a list. */
export function contextOption(): Option {
  return new Option('--context <key=value>', 'a known key of the request context; repeat it for more keys or values')
    .argParser(parseContext)
    .default(undefined);
}

export type ContextFlag = Readonly<Record<string, string | readonly string[]>>;

function parseContext(text: string, before: ContextFlag = {}): ContextFlag {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write it as key=value.');
  const key = text.slice(0, at);
  const known = before[key];
  return { ...before, [key]: known === undefined ? text.slice(at + 1) : [known, text.slice(at + 1)].flat() };
}

/** Collects an option that may be repeated or hold a list with commas. */
export function collectList(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ];
}

/** Refuses an action that cannot be one, before the graph is opened. */
export function requireAction(text: string): string {
  if (/^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(text)) return text;
  throw new UserError(
    `\`${text}\` is not an action: write it as \`service:Action\`, such as \`s3:GetObject\``,
    exitCode.usage,
  );
}

export type Register = (program: Command) => void;
