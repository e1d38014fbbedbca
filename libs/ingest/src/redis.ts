import { setTimeout as sleep } from 'node:timers/promises';
import { toSafeCause } from '@ag/connect';
import { UserError, exitCode } from '@ag/model';
import { Redis } from 'ioredis';

const answersWithinMs = 10_000;

/** Connects to Redis, or throws one clear sentence within seconds. What is lost later is sought again until somebody gives up. */
export async function openRedis(url: string): Promise<Redis> {
  let isOpen = false;
  let last: unknown;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    // As BullMQ asks for. https://docs.bullmq.io/guide/connections
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isOpen ? Math.min(times * 100, 1_000) : null),
  });
  redis.on('error', (error) => {
    last = error;
  });
  const waiting = new AbortController();
  const tooLate = sleep(answersWithinMs, undefined, { signal: waiting.signal }).then(() => {
    throw new Error('it does not answer');
  });
  try {
    await Promise.race([redis.connect().then(() => redis.ping()), tooLate]);
    isOpen = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    throw cannotReach(url, last ?? error);
  } finally {
    waiting.abort();
    await tooLate.catch(() => undefined);
  }
}

/** The address of a Redis without what lets one in. */
export function addressOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port === '' ? '6379' : port}`;
}

function cannotReach(url: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const why = code ?? (error instanceof Error ? error.message : String(error));
  return new UserError(`cannot reach Redis at \`${addressOf(url)}\`: ${why}`, exitCode.credentials, {
    // A refused password stands in the error of its command.
    cause: toSafeCause(error),
  });
}
