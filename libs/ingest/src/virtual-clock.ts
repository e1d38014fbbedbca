import type { Clock } from './retry.ts';

export interface VirtualClock extends Clock {
  /** Lets time go by without anybody sleeping. */
  pass(milliseconds: number): void;
}

/** A clock that jumps to the next sleeper as soon as the others have had their turn, and rolls seeded dice. For tests. */
export function createVirtualClock(seed = 1): VirtualClock {
  let time = 0;
  let state = seed;
  const sleepers: { readonly due: number; readonly wake: () => void }[] = [];

  function wakeNext(): void {
    sleepers.sort((a, b) => a.due - b.due);
    const next = sleepers.shift();
    if (!next) return;
    time = Math.max(time, next.due);
    next.wake();
    if (sleepers.length > 0) setImmediate(wakeNext);
  }

  return {
    now: () => time,
    pass: (milliseconds) => (time += milliseconds),
    // Lehmer's generator: https://en.wikipedia.org/wiki/Lehmer_random_number_generator
    random: () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ due: time + milliseconds, wake });
        if (sleepers.length === 1) setImmediate(wakeNext);
      }),
  };
}
