import { expect, test } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';
import { createVirtualClock } from './virtual-clock.ts';

const { signal } = new AbortController();

function bucket() {
  const clock = createVirtualClock();
  return { clock, bucket: createTokenBucket({ clock, perSecond: 10, burst: 4 }) };
}

test('a full bucket gives all that it holds at once, then as much as is refilled', async () => {
  const { clock, bucket: full } = bucket();

  const times: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    await full.take(signal);
    times.push(clock.now());
  }

  expect(times).toEqual([0, 0, 0, 0, 100, 200, 300]);
});

test('a long rest fills no more than the bucket', async () => {
  const { clock, bucket: rested } = bucket();

  clock.pass(86_400_000);
  for (let index = 0; index < 5; index += 1) await rested.take(signal);

  expect(clock.now()).toBe(86_400_100);
});

test('throttling halves the rate once for all calls that were under way, success brings it back and not above', () => {
  const { clock, bucket: slowed } = bucket();

  slowed.slowDown(clock.now());
  clock.pass(10);
  slowed.slowDown(clock.now() - 20);
  const rates = [slowed.rate()];
  slowed.slowDown(clock.now());
  rates.push(slowed.rate());
  for (let answers = 0; answers < 10; answers += 1) slowed.speedUp();
  rates.push(slowed.rate());
  for (let answers = 0; answers < 100; answers += 1) slowed.speedUp();
  rates.push(slowed.rate());

  expect(rates).toEqual([5, 2.5, 5, 10]);
});

test('what was saved up is gone after throttling, and the rate never comes to a stop', async () => {
  const { clock, bucket: slowed } = bucket();

  for (let cuts = 0; cuts < 50; cuts += 1) slowed.slowDown(clock.now());
  await slowed.take(signal);

  expect(slowed.rate()).toBe(0.5);
  expect(clock.now()).toBe(2_000);
});

test('a clock that is set back refills nothing, and nobody waits for it to catch up', async () => {
  const { clock, bucket: back } = bucket();

  clock.pass(-86_400_000);
  for (let index = 0; index < 5; index += 1) await back.take(signal);

  expect(clock.now()).toBe(-86_400_000 + 100);
});
