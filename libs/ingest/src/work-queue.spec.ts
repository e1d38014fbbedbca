import { expect, test } from 'vitest';
import { createWorkQueue } from './work-queue.ts';

test('a bounded number of units is under way, and each answers for itself', async () => {
  let atOnce = 0;
  let most = 0;
  const queue = createWorkQueue(
    async (job: number) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
      return job * 10;
    },
    { concurrency: 2 },
  );

  expect(await Promise.all([1, 2, 3, 4].map((job) => queue.add(job)))).toEqual([10, 20, 30, 40]);
  expect(most).toBe(2);
});

test('a closed queue drops what has not begun, ends what has, and refuses more', async () => {
  const begun: number[] = [];
  const queue = createWorkQueue(
    async (job: number) => {
      begun.push(job);
      await new Promise(setImmediate);
      return job;
    },
    { concurrency: 1 },
  );
  const first = queue.add(1);
  const second = queue.add(2).catch((error: Error) => error.message);

  await queue.close();

  expect([await first, await second]).toEqual([1, 'the run was interrupted']);
  await expect(queue.add(3)).rejects.toThrow('the run was interrupted');
  expect(begun).toEqual([1]);
});
