import { findPiece, isPieceAt } from './find-piece.ts';
import { itemAt } from './item-at.ts';
import { remember } from './remember.ts';

/** A pattern taken apart: what stands before, between and after its stars. */
export interface Glob {
  readonly first: string;
  readonly middle: readonly string[];
  readonly last: string;
  readonly hasStar: boolean;
  /** Whether a `?` stands in it. */
  readonly hasMark: boolean;
}

/** Takes a pattern apart in which `*` is any run of characters and `?` any one; everything else is itself (MA3, MA10). */
export const toGlob = remember((pattern: string): Glob => {
  const pieces = pattern.split('*');
  return {
    first: itemAt(pieces, 0),
    middle: pieces.slice(1, -1).filter((piece) => piece !== ''),
    last: itemAt(pieces, pieces.length - 1),
    hasStar: pieces.length > 1,
    hasMark: pattern.includes('?'),
  };
});

/**
 * Whether text fits a glob. The pieces between stars are looked for from left to right, each at its first place, which is
 * enough for globs. No regular expression is built from a policy's text.
 */
export function matchesGlob(glob: Glob, text: string): boolean {
  const { first, hasMark } = glob;
  if (!glob.hasStar) return hasMark ? first.length === text.length && isPieceAt(first, text, 0) : first === text;
  const end = text.length - glob.last.length;
  if (end < first.length) return false;
  if (!isAt(first, text, 0, hasMark) || !isAt(glob.last, text, end, hasMark)) return false;
  return glob.middle.length === 0 || matchesMiddle(glob.middle, text, first.length, end);
}

function matchesMiddle(middle: readonly string[], text: string, start: number, end: number): boolean {
  let from = start;
  for (const piece of middle) {
    const found = findPiece(piece, text, from, end);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return true;
}

// From the end, where patterns differ soonest; quicker on short texts than what the language has.
function isAt(piece: string, text: string, at: number, hasMark: boolean): boolean {
  if (hasMark) return isPieceAt(piece, text, at);
  for (let index = piece.length - 1; index >= 0; index--) {
    if (piece.charCodeAt(index) !== text.charCodeAt(at + index)) return false;
  }
  return true;
}
