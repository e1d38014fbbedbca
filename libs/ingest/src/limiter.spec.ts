import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

/** Runs calls that wait until all that may run at once have begun. */
async function mostAtOnce(keys: readonly (readonly [account: string, service: string])[]): Promise<number> {
  const limiter = createLimiter({ unmetered: true });
  let atOnce = 0;
  let most = 0;
  await Promise.all(
    keys.map(([account, service]) =>
      limiter.run(account, service, async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise(setImmediate);
        atOnce -= 1;
      }),
    ),
  );
  return most;
}

const times = (count: number, account: string, service: string) =>
  Array.from({ length: count }, () => [account, service] as const);

test('calls are limited for each account and service by itself', async () => {
  expect(await mostAtOnce(times(50, '1', 'iam'))).toBe(5);
  expect(await mostAtOnce([...times(50, '1', 'iam'), ...times(50, '2', 'iam')])).toBe(10);
  expect(await mostAtOnce([...times(50, '1', 'iam'), ...times(50, '1', 'ec2')])).toBe(9);
});

test('services that answer for the whole organization are limited over all accounts', async () => {
  expect(await mostAtOnce([...times(50, '1', 'organizations'), ...times(50, '2', 'organizations')])).toBe(2);
});

test('an error passes, and gives its place back', async () => {
  const limiter = createLimiter({ unmetered: true });

  await expect(limiter.run('1', 'organizations', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limiter.run('1', 'organizations', () => Promise.resolve('yes'))).toBe('yes');
});
