import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPiece, isPieceAt } from './find-piece.ts';

function findNaively(piece: string, text: string, from: number, end: number): number {
  for (let at = from; at + piece.length <= end; at++) if (isPieceAt(piece, text, at)) return at;
  return -1;
}

// Long enough that none of the searches can do without its preparation.
const letters = fc.constantFrom('a', 'a', 'a', 'b');
const text = fc.array(letters, { minLength: 700, maxLength: 900 }).map((list) => list.join(''));
const piece = (of: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(of, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 6 }))
    .map(([list, times]) => list.join('').repeat(times));

test.each([
  ['plain', piece(letters)],
  ['with marks', piece(fc.constantFrom('a', 'a', 'b', '?'))],
])('a %s piece is found at its first place between two positions', (_kind, pieces) => {
  fc.assert(
    fc.property(pieces, text, fc.nat(100), fc.nat(100), (wanted, whole, from, short) => {
      const end = whole.length - short;

      expect(findPiece(wanted, whole, from, end)).toBe(findNaively(wanted, whole, from, end));
    }),
    { numRuns: 2000 },
  );
});
