import type { Outcome } from '@ag/model';
import { generateOrganization } from '@ag/testing';
import { expect, test } from 'vitest';
import { type Disagreement, compareWithReference } from '../equality/compare-with-reference.ts';

test('in 20 organizations made by chance the index answers as the reference does', { timeout: 900_000 }, async () => {
  const disagreements: Disagreement[] = [];
  const mix = new Map<Outcome, number>();
  for (let seed = 101; seed <= 120; seed++) {
    const compared = await compareWithReference(generateOrganization({ seed }), { seed, targets: 400 });
    disagreements.push(...compared.disagreements);
    for (const outcome of outcomes) mix.set(outcome, (mix.get(outcome) ?? 0) + (compared.mix[outcome] ?? 0));
  }

  expect(disagreements).toEqual([]);
  expect([...mix.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500_000);
  for (const outcome of outcomes) expect(mix.get(outcome), outcome).toBeGreaterThan(5_000);
});

const outcomes = ['allowed', 'conditional', 'explicitlyDenied', 'implicitlyDenied', 'unknown'] as const;
