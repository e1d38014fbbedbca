import { generateOrganization } from '@ag/testing';
import { expect, test } from 'vitest';
import { type Disagreement, compareWithReference } from '../equality/compare-with-reference.ts';

// Longer runs, over more organizations, are for `test:full`.
test.each([1, 2, 3])('in organization %i the index answers as the reference does', async (seed) => {
  const { disagreements, mix } = await compareWithReference(generateOrganization({ seed }), { seed, targets: 60 });

  expect(disagreements).toEqual<Disagreement[]>([]);
  expect(Object.keys(mix).sort()).toEqual([
    'allowed',
    'conditional',
    'explicitlyDenied',
    'implicitlyDenied',
    'unknown',
  ]);
});
