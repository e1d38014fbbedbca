import { remember } from './remember.ts';

/**
 * Whether text fits a pattern in which `*` is any run of characters and `?` any one; everything else is itself (MA3, MA10).
 * The pieces between stars are looked for from left to right, each at its first place, which is enough for globs. No regular
 * expression is built from a policy's text.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern.length === text.length && isAt(pattern, text, 0);
  const pieces = piecesOf(pattern);
  const first = pieces[0] ?? '';
  if (!isAt(first, text, 0)) return false;
  const last = pieces.at(-1) ?? '';
  const end = text.length - last.length;
  let from = first.length;
  if (end < from || !isAt(last, text, end)) return false;
  for (const piece of pieces.slice(1, -1)) {
    const found = find(piece, text, from, end);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return true;
}

const piecesOf = remember((pattern) => pattern.split('*'));

/** The first place of a piece between two positions, or -1. */
function find(piece: string, text: string, from: number, end: number): number {
  if (!piece.includes('?')) {
    const found = text.indexOf(piece, from);
    return found >= 0 && found + piece.length <= end ? found : -1;
  }
  for (let at = from; at + piece.length <= end; at++) if (isAt(piece, text, at)) return at;
  return -1;
}

function isAt(piece: string, text: string, at: number): boolean {
  if (at + piece.length > text.length) return false;
  if (!piece.includes('?')) return text.startsWith(piece, at);
  for (let index = 0; index < piece.length; index++) {
    if (piece[index] !== '?' && piece[index] !== text[at + index]) return false;
  }
  return true;
}
