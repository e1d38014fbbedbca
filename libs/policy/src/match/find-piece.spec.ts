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

// Half of them stand in the text, some of their characters behind marks.
test.each([
  ['plain', piece(letters), 0],
  ['with marks', piece(fc.constantFrom('a', 'a', 'b', '?')), 3],
] as const)('a %s piece is found at its first place between two positions', (_kind, pieces, marks) => {
  fc.assert(
    fc.property(pieces, text, fc.nat(100), fc.nat(100), fc.boolean(), (wanted, whole, from, short, isThere) => {
      const end = whole.length - short;
      const cut = whole.slice(300, 300 + wanted.length);
      const part = marks === 0 ? cut : cut.replace(new RegExp(`(.{${String(marks)}}).`, 'g'), '$1?');
      const asked = isThere ? part : wanted;

      expect(findPiece(asked, whole, from, end)).toBe(findNaively(asked, whole, from, end));
    }),
    { numRuns: 2000 },
  );
});
