import { remember } from './remember.ts';
import { matchesPattern } from './pattern.ts';

/**
 * Whether an ARN pattern of a Resource element names an ARN: the first five parts one by one, the last part free, so that
 * `*` does not cross a colon before it (MA3, MA4: inferred from the documented behaviour of the Arn operators).
 */
export function matchesArnPattern(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = splitArn(pattern);
  const given = splitArn(arn);
  if (!wanted || !given) return matchesPattern(pattern, arn);
  return wanted.every((part, index) => matchesPattern(part, given[index] ?? ''));
}

/** The six parts of an ARN or ARN pattern, or `undefined` where there are fewer. */
export const splitArn = remember((text: string): readonly string[] | undefined => {
  const parts = text.split(':');
  if (parts.length < 6) return undefined;
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
});
