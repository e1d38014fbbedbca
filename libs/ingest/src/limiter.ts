import PQueue from 'p-queue';
import { classifyError } from './classify-error.ts';
import { type Limit, isOrganizationWide, isPerRegion, limitsFor } from './rate-limits.ts';
import type { Clock } from './retry.ts';
import { type TokenBucket, createTokenBucket } from './token-bucket.ts';

/** A call as far as AWS counts it. */
export interface LimitedCall {
  readonly account: string;
  readonly region: string;
  /** The IAM prefix of its action. */
  readonly service: string;
  readonly operation: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** Ends waiting; the call itself finds out why. */
  readonly signal: AbortSignal;
}

/** Lets calls pass at the rate that AWS stands where it counts them: account, region, service. */
export interface Limiter {
  run<Value>(call: LimitedCall, send: () => Promise<Value>): Promise<Value>;
}

export interface LimiterOptions {
  readonly clock: Clock;
  /** Whether calls are held to a rate at all: not those to an emulator that only we ask. How many run at once is always bound. */
  readonly isMetered: boolean;
}

interface Gate {
  readonly queue: PQueue;
  readonly bucket: TokenBucket;
}

/** A limiter for one run. What it learns of throttling it keeps for each gate by itself, never for all. */
export function createLimiter({ clock, isMetered }: LimiterOptions): Limiter {
  const gates = new Map<string, Gate>();

  function gateOf(name: string, limit: Limit, { account, region, service }: LimitedCall): Gate {
    const place = isOrganizationWide(service) ? '' : isPerRegion(service) ? `${account}/${region}` : account;
    const key = `${place} ${name}`;
    const known = gates.get(key);
    if (known) return known;
    const made = {
      queue: new PQueue({ concurrency: limit.concurrency }),
      bucket: createTokenBucket({ clock, perSecond: limit.perSecond, burst: limit.burst }),
    };
    gates.set(key, made);
    return made;
  }

  return {
    run(call, send) {
      const [first, ...more] = limitsFor(call).map(({ name, limit }) => gateOf(name, limit, call));
      const buckets = [first, ...more].flatMap((gate) => gate?.bucket ?? []);

      async function pass() {
        if (isMetered) for (const bucket of buckets) await bucket.take(call.signal);
        const begunAt = clock.now();
        try {
          const value = await send();
          for (const bucket of buckets) bucket.speedUp();
          return value;
        } catch (error) {
          if (classifyError(error).kind === 'throttled') for (const bucket of buckets) bucket.slowDown(begunAt);
          throw error;
        }
      }
      return first ? first.queue.add(pass) : pass();
    },
  };
}
