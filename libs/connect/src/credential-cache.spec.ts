import { expect, test } from 'vitest';
import { createCredentialCache } from './credential-cache.ts';

const start = Date.parse('2026-11-24T08:00:00Z');
const minute = 60_000;

function cache(lifetime: number) {
  let time = start;
  let minted = 0;
  const made = createCredentialCache({
    now: () => new Date(time),
    mint: async () => {
      minted += 1;
      const serial = minted;
      await Promise.resolve();
      return { accessKeyId: `key${serial}`, secretAccessKey: 's', expiration: new Date(time + lifetime) };
    },
  });
  const key = async () => (await made.provide()).accessKeyId;
  return { made, key, pass: (milliseconds: number) => (time += milliseconds) };
}

test('many who ask at once are given one set of credentials', async () => {
  const { made, key } = cache(60 * minute);

  expect(await Promise.all([key(), key(), key()])).toEqual(['key1', 'key1', 'key1']);
  expect(made.minted()).toBe(1);
});

test('credentials are kept until five minutes before they expire, then minted anew', async () => {
  const { key, pass } = cache(60 * minute);

  const first = await key();
  pass(55 * minute);
  const second = await key();
  pass(1);
  const third = await key();

  expect([first, second, third]).toEqual(['key1', 'key1', 'key2']);
});

test('credentials with less than two minutes left are not handed out', async () => {
  const { made } = cache(2 * minute - 1);

  await expect(made.provide()).rejects.toThrow(
    'the credentials expire at 2026-11-24T08:01:59.999Z, in less than two minutes',
  );
});

test('short-lived credentials are handed out, and not kept', async () => {
  const { key } = cache(3 * minute);

  expect([await key(), await key()]).toEqual(['key1', 'key2']);
});

test('credentials that were called expired are dropped, newer ones are not', async () => {
  const { made, key } = cache(60 * minute);
  const old = await made.provide();

  made.invalidate(old);
  const second = await key();
  made.invalidate(old);
  const third = await key();
  made.invalidate();
  const fourth = await key();

  expect([second, third, fourth]).toEqual(['key2', 'key2', 'key3']);
});

test('a failure is not kept', async () => {
  let tries = 0;
  const made = createCredentialCache({
    now: () => new Date(start),
    mint: () => {
      tries += 1;
      return tries === 1
        ? Promise.reject(new Error('no'))
        : Promise.resolve({ accessKeyId: 'k', secretAccessKey: 's' });
    },
  });

  await expect(made.provide()).rejects.toThrow('no');
  expect(await made.provide()).toEqual({ accessKeyId: 'k', secretAccessKey: 's' });
});
