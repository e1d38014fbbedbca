import type { Clock } from './retry.ts';

export interface TokenBucketOptions {
  readonly clock: Clock;
  /** What is added in a second, and never more. */
  readonly perSecond: number;
  /** What it holds when it is full: so many calls may go at once after a rest. */
  readonly burst: number;
}

/** A rate that gives way to throttling and comes back with success. */
export interface TokenBucket {
  /** Resolves when a token is there, or when the signal is aborted. */
  take(signal: AbortSignal): Promise<void>;
  /** A call was throttled that began at the time. Those that were under way together tell of one throttling, not of many. */
  slowDown(begunAt: number): void;
  speedUp(): void;
  /** Calls a second at present. */
  rate(): number;
}

const cut = 0.5;
/** A rate that was cut in half is back after twenty answers. */
const step = 1 / 40;
/** However often it is cut, it goes on. */
const least = 1 / 20;

/** A token bucket as AWS keeps them, with a rate of its own: multiplied down by throttling, added up by success. */
export function createTokenBucket({ clock, perSecond, burst }: TokenBucketOptions): TokenBucket {
  let rate = perSecond;
  let tokens = burst;
  let filledAt = clock.now();
  let slowedAt = Number.NEGATIVE_INFINITY;

  function fill(): void {
    const now = clock.now();
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1000) * rate);
    filledAt = now;
  }

  return {
    take(signal) {
      fill();
      // Below zero are those who wait, each for its own token.
      tokens -= 1;
      return tokens >= 0 ? Promise.resolve() : clock.sleep(Math.ceil((-tokens / rate) * 1000), signal);
    },
    slowDown(begunAt) {
      if (begunAt < slowedAt) return;
      fill();
      tokens = Math.min(0, tokens);
      rate = Math.max(perSecond * least, rate * cut);
      slowedAt = clock.now();
    },
    speedUp() {
      if (rate === perSecond) return;
      fill();
      rate = Math.min(perSecond, rate + perSecond * step);
    },
    rate: () => rate,
  };
}
