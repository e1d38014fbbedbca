import { generateOrganization } from '@ag/testing';
import { expect, test } from 'vitest';
import { compileAccess } from './compiled-access.ts';
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

test('an index that takes one outcome for another is found', async () => {
  const { disagreements } = await compareWithReference(generateOrganization({ seed: 1 }), {
    seed: 1,
    targets: 60,
    compile: (inventory) => {
      const access = compileAccess(inventory);
      return {
        ...access,
        outcomeOf: (record, target) => {
          const outcome = access.outcomeOf(record, target);
          return outcome === 'explicitlyDenied' ? 'implicitlyDenied' : outcome;
        },
      };
    },
  });

  expect(new Set(disagreements.map(({ reference, index }) => `${reference} ${index}`))).toEqual(
    new Set(['explicitlyDenied implicitlyDenied']),
  );
});
