import { type Glob, matchesGlob } from './glob.ts';
import { patternToGlob, toPlain } from './pattern.ts';
import { remember } from './remember.ts';

/** A pattern of a Resource element, taken apart. */
export interface ArnPattern {
  readonly isAny: boolean;
  readonly whole: Glob;
  /** `undefined` where it has fewer than six parts. */
  readonly parts: Parts<Glob> | undefined;
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
  return { isAny: pattern === '*', whole: patternToGlob(pattern), parts: toParts(pattern, patternToGlob) };
});

export const toArnText = remember((arn: string): ArnText => ({ whole: toPlain(arn), parts: toParts(arn, toPlain) }));

function toParts<Part>(text: string, toPart: (part: string) => Part): Parts<Part> | undefined {
  const parts = splitArn(text);
  return parts && { first: parts.slice(0, 5).map(toPart), last: toPart(parts[5] ?? '') };
}

/**
 * Whether an ARN pattern of a Resource element names an ARN: the first five parts one by one, the last part free, so that
 * `*` does not cross a colon before it (MA3, MA4: inferred from the documented behaviour of the Arn operators).
 */
export function matchesArnPattern(pattern: string, arn: string): boolean {
  return fitsArn(toArnPattern(pattern), toArnText(arn));
}

/** The same of what was taken apart before. */
export function fitsArn(pattern: ArnPattern, arn: ArnText): boolean {
  if (pattern.isAny) return true;
  const wanted = pattern.parts;
  const given = arn.parts;
  if (!wanted || !given) return matchesGlob(pattern.whole, arn.whole);
  // What comes last tells ARNs apart.
  if (!matchesGlob(wanted.last, given.last)) return false;
  for (let index = 0; index < wanted.first.length; index++) {
    const part = wanted.first[index];
    if (!part || !matchesGlob(part, given.first[index] ?? '')) return false;
  }
  return true;
}

/** The six parts of an ARN or ARN pattern, or `undefined` where there are fewer. */
export const splitArn = remember((text: string): readonly string[] | undefined => {
  const parts = text.split(':');
  if (parts.length < 6) return undefined;
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
});
