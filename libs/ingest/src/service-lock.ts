import type { Redis } from 'ioredis';

/** Lets one worker at a time read a service of an account, so that several do not multiply the rate that AWS stands. */
export interface ServiceLocks {
  /** `undefined` where another worker has it. A worker may take what it has, once for each unit. */
  take(account: string, service: string): Promise<Release | undefined>;
  close(): void;
}

export type Release = () => Promise<void>;

export interface ServiceLockOptions {
  readonly redis: Redis;
  readonly keyOf: (account: string, service: string) => string;
  readonly holder: string;
  readonly holdMs: number;
  /** How long the service rests before another may have it: its bucket of calls is empty. */
  readonly restMs: number;
}

const takeScript = `
  if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) or redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
  return 0`;
const keepScript = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 0`;

export function openServiceLocks({ redis, keyOf, holder, holdMs, restMs }: ServiceLockOptions): ServiceLocks {
  const held = new Map<string, number>();
  const renewal = setInterval(() => {
    // A Redis that is away is noticed by whoever waits for an answer.
    for (const key of held.keys()) void redis.eval(keepScript, 1, key, holder, holdMs).catch(() => undefined);
  }, holdMs / 3);

  function count(key: string, change: 1 | -1): number {
    const now = (held.get(key) ?? 0) + change;
    if (now > 0) held.set(key, now);
    else held.delete(key);
    return now;
  }

  return {
    async take(account, service) {
      const key = keyOf(account, service);
      // INVARIANT: counted before it is asked for, so that no other unit's release shortens what this one is given.
      count(key, 1);
      try {
        if ((await redis.eval(takeScript, 1, key, holder, holdMs)) !== 1) {
          count(key, -1);
          return undefined;
        }
      } catch (error) {
        count(key, -1);
        throw error;
      }
      return async () => {
        if (count(key, -1) === 0) await redis.eval(keepScript, 1, key, holder, restMs);
      };
    },
    close: () => clearInterval(renewal),
  };
}
