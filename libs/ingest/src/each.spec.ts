import { expect, test } from 'vitest';
import { each } from './each.ts';

test('results come in the items’ order, whatever order they end in', async () => {
  const ends: (() => void)[] = [];
  const results = each([1, 2, 3], 3, (item) => new Promise<number>((resolve) => ends.push(() => resolve(item * 10))));

  for (const end of ends.toReversed()) end();

  expect(await results).toEqual([10, 20, 30]);
});

test('after an error nothing more is begun', async () => {
  const begun: number[] = [];

  const work = each([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await Promise.resolve();
    if (item === 2) throw new Error('no');
  });

  await expect(work).rejects.toThrow('no');
  expect(begun.length).toBeLessThan(5);
});

test('nothing to do is nothing', async () => {
  expect(await each([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
});
