import { expect, test } from 'vitest';
import { compare } from './compare.ts';

const cases = 2_000_000;

test('two evaluators that share nothing but the parser agree on two million cases', () => {
  const { mix, differences } = compare({ seed: 1, cases, most: 3 });

  const percent = (count: number) => `${((count / cases) * 100).toFixed(1)} %`;
  const names = Object.entries(mix).map(([name, count]) => `${name} ${percent(count)}`);
  process.stdout.write(`${cases} cases: ${names.join(', ')}\n`);
  expect(differences).toEqual([]);
  // What nearly always comes out the same way shows little.
  expect(mix.allowed).toBeGreaterThanOrEqual(0.2 * cases);
  expect(mix.explicitlyDenied).toBeGreaterThanOrEqual(0.1 * cases);
});
