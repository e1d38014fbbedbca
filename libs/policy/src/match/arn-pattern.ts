import { type Glob, matchesGlob } from './glob.ts';
import { itemAt } from './item-at.ts';
import { patternToGlob, toPlain } from './pattern.ts';
import { remember } from './remember.ts';

/** A pattern of a Resource element, taken apart. */
export interface ArnPattern {
  readonly isAny: boolean;
  readonly whole: Glob;
  /** `undefined` where the whole is compared. */
  readonly parts: Parts<Glob> | undefined;
  /** Of an incomplete ARN, the complete one. */
  readonly completed: Glob | undefined;
}

interface Parts<Part> {
  /** Five. */
  readonly first: readonly Part[];
  readonly last: Part;
}

/** An ARN as patterns compare it. */
export interface ArnText {
  readonly whole: string;
  readonly parts: Parts<string> | undefined;
}

export const toArnPattern = remember((pattern: string): ArnPattern => {
  const missing = pattern.startsWith('arn:') ? 6 - pattern.split(':', 6).length : 0;
  const completed = pattern + ':*'.repeat(missing);
  return {
    isAny: pattern === '*',
    whole: patternToGlob(pattern),
    parts: crossesColons(completed) ? undefined : toParts(completed, patternToGlob),
    // An incomplete ARN stands for all that begins so: `arn:aws:sqs` is `arn:aws:sqs:*:*:*`.
    completed: missing > 0 ? patternToGlob(completed) : undefined,
  };
});

// A star at the end of a segment goes on beyond the colon; where another wildcard stands in the segments, which may not, the
// segments are compared one by one.
function crossesColons(pattern: string): boolean {
  const segments = splitArn(pattern)?.slice(0, 5);
  if (!segments?.some((segment) => segment.endsWith('*'))) return false;
  return segments.every((segment) => !/[*?]/.test(segment.slice(0, -1)) && !segment.endsWith('?'));
}

export const toArnText = remember((arn: string): ArnText => ({ whole: toPlain(arn), parts: toParts(arn, toPlain) }));

function toParts<Part>(text: string, toPart: (part: string) => Part): Parts<Part> | undefined {
  const parts = splitArn(text);
  return parts && { first: parts.slice(0, 5).map(toPart), last: toPart(itemAt(parts, 5)) };
}

/**
 * Whether an ARN pattern of a Resource element names an ARN (MA3, MA4): wildcards stand within the segments, the last of which
 * is free, and a `*` that ends a segment may go on beyond the colon.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesArnPattern(pattern: string, arn: string): boolean {
  return fitsArn(toArnPattern(pattern), toArnText(arn));
}

/** The same of what was taken apart before. */
export function fitsArn(pattern: ArnPattern, arn: ArnText): boolean {
  if (pattern.isAny) return true;
  const wanted = pattern.parts;
  const given = arn.parts;
  if (!wanted || !given) return matchesGlob(pattern.whole, arn.whole) || matchesCompleted(pattern, arn);
  // What comes last tells ARNs apart.
  if (!matchesGlob(wanted.last, given.last)) return false;
  for (let index = 0; index < wanted.first.length; index++) {
    if (!matchesGlob(itemAt(wanted.first, index), itemAt(given.first, index))) return false;
  }
  return true;
}

function matchesCompleted({ completed }: ArnPattern, { whole }: ArnText): boolean {
  return completed !== undefined && matchesGlob(completed, whole);
}

/** The six parts of an ARN or ARN pattern, or `undefined` where there are fewer. */
export const splitArn = remember((text: string): readonly string[] | undefined => {
  const parts = text.split(':');
  if (parts.length < 6) return undefined;
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
});
