import type { Decision } from '@ag/model';
import { expect, test } from 'vitest';
import type { Hop } from './answers.ts';
import { search } from './paths.ts';

const conditional: Decision = {
  outcome: 'conditional',
  when: { is: 'present', key: 'k' },
  text: 'k',
  checked: true,
  grants: [],
};

function hop(from: string, to: string, decision?: Decision): Hop {
  return { from, to, edge: 'CAN_ASSUME', sentence: `${from} to ${to}`, ...(decision && { decision }) };
}

/** Where each node is reached by, as one word a hop. */
function reach(hops: readonly Hop[], start: string): Record<string, string> {
  const found = search(
    [{ id: start, rank: 0 }],
    (id) => hops.filter((one) => one.from === id),
    (one) => one.to,
  );
  return Object.fromEntries([...found].map(([id, path]) => [id, path.map((one) => one.to).join(' ')]));
}

test('the shortest way is found, and a cycle ends', () => {
  const hops = [hop('a', 'b'), hop('b', 'c'), hop('c', 'a'), hop('c', 'd'), hop('a', 'c')];

  expect(reach(hops, 'a')).toEqual({ a: '', b: 'b', c: 'c', d: 'c d' });
});

test('a certain way is better than a shorter one on a condition', () => {
  const hops = [hop('a', 'd', conditional), hop('a', 'b'), hop('b', 'c'), hop('c', 'd'), hop('d', 'e', conditional)];

  expect(reach(hops, 'a')).toEqual({ a: '', b: 'b', c: 'b c', d: 'b c d', e: 'd e' });
});
