import { itemAt } from './item-at.ts';

// Above so many comparisons the search that needs no preparation may be too slow.
const mostComparisons = 50_000;

/**
 * The first place of a piece that lies wholly between two positions of a text, or -1. `?` stands for any one character.
 * Never slower than a 128th of the text's length squared, whatever a policy's author may have thought of.
 */
export function findPiece(piece: string, text: string, from: number, end: number): number {
  const isShort = piece.length * (end - from) <= mostComparisons;
  if (piece.includes('?')) return isShort ? findPlainly(piece, text, from, end) : findByBits(piece, text, from, end);
  if (!isShort) return findByBorders(piece, text, from, end);
  const found = text.indexOf(piece, from);
  return found >= 0 && found + piece.length <= end ? found : -1;
}

/** Whether a piece stands at a place of a text, which is long enough. */
export function isPieceAt(piece: string, text: string, at: number): boolean {
  for (let index = 0; index < piece.length; index++) {
    if (piece[index] !== '?' && piece[index] !== text[at + index]) return false;
  }
  return true;
}

function findPlainly(piece: string, text: string, from: number, end: number): number {
  for (let at = from; at + piece.length <= end; at++) if (isPieceAt(piece, text, at)) return at;
  return -1;
}

/** Knuth, Morris and Pratt: after a mismatch the longest border of what has matched is still matched. */
function findByBorders(piece: string, text: string, from: number, end: number): number {
  const borders = new Int32Array(piece.length);
  for (let at = 1, border = 0; at < piece.length; at++) {
    while (border > 0 && piece[at] !== piece[border]) border = itemAt(borders, border - 1);
    if (piece[at] === piece[border]) border++;
    borders[at] = border;
  }
  for (let at = from, matched = 0; at < end; at++) {
    while (matched > 0 && text[at] !== piece[matched]) matched = itemAt(borders, matched - 1);
    if (text[at] === piece[matched]) matched++;
    if (matched === piece.length) return at - piece.length + 1;
  }
  return -1;
}

/** Baeza-Yates and Gonnet: one bit for each beginning of the piece that the text so far ends with. */
function findByBits(piece: string, text: string, from: number, end: number): number {
  const words = Math.ceil(piece.length / 32);
  const any = new Int32Array(words);
  for (let at = 0; at < piece.length; at++) if (piece[at] === '?') setBit(any, at);
  const fitsOf = new Map<string, Int32Array>();
  for (let at = 0; at < piece.length; at++) {
    const character = piece.charAt(at);
    if (character === '?') continue;
    const fits = fitsOf.get(character) ?? any.slice();
    setBit(fits, at);
    fitsOf.set(character, fits);
  }
  const state = new Int32Array(words);
  const [lastWord, lastBit] = [words - 1, 1 << ((piece.length - 1) & 31)];
  for (let at = from; at < end; at++) {
    const fits = fitsOf.get(text.charAt(at)) ?? any;
    // Beginnings that are longer than the text so far, or too short to be finished, need no look.
    const first = Math.max(0, ((piece.length - (end - at)) >> 5) - 1);
    const last = Math.min(lastWord, (at - from) >> 5);
    let carry = first === 0 ? 1 : 0;
    for (let word = first; word <= last; word++) {
      const before = itemAt(state, word);
      state[word] = ((before << 1) | carry) & itemAt(fits, word);
      carry = before >>> 31;
    }
    if ((itemAt(state, lastWord) & lastBit) !== 0) return at - piece.length + 1;
  }
  return -1;
}

function setBit(words: Int32Array, at: number): void {
  words[at >> 5] = itemAt(words, at >> 5) | (1 << (at & 31));
}
