import type { CredentialProvider, Credentials } from './credentials.ts';

const minute = 60_000;
/** Credentials with less left than this are minted anew before they are handed out. */
const remintBefore = 5 * minute;
/** Credentials with less left than this are not handed out at all: a call could outlive them. */
const refuseBefore = 2 * minute;

/** Credentials of one account, minted once for all who wait, and again before they expire. */
export interface CredentialCache {
  readonly provide: CredentialProvider;
  /** Forgets what is held: the next caller mints. `used` spares what was minted since those were handed out. */
  invalidate(used?: Credentials): void;
  /** How often credentials were minted. */
  minted(): number;
}

export interface CredentialCacheOptions {
  mint(): Promise<Credentials>;
  now(): Date;
}

/** Keeps one account's credentials. A failed mint is not kept: the next caller tries again. */
export function createCredentialCache({ mint, now }: CredentialCacheOptions): CredentialCache {
  let held: Credentials | undefined;
  let underWay: Promise<Credentials> | undefined;
  let count = 0;

  async function refresh(): Promise<Credentials> {
    count += 1;
    const fresh = await mint();
    if (fresh.expiration && timeLeft(fresh) < refuseBefore) throw tooShort(fresh.expiration);
    held = fresh;
    return fresh;
  }

  function timeLeft({ expiration }: Credentials): number {
    return expiration ? expiration.getTime() - now().getTime() : Number.POSITIVE_INFINITY;
  }

  function provide(): Promise<Credentials> {
    if (held && timeLeft(held) >= remintBefore) return Promise.resolve(held);
    underWay ??= refresh().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  return {
    // The SDK would wrap a provider in a cache of its own, which `invalidate` could not reach, unless told that it has one.
    provide: Object.assign(provide, { memoized: true }),
    invalidate: (used) => {
      if (!used || used.accessKeyId === held?.accessKeyId) held = undefined;
    },
    minted: () => count,
  };
}

// Told like AWS tells it, so that it is understood in the same way.
function tooShort(expiration: Date): Error {
  const message = `the credentials expire at ${expiration.toISOString()}, in less than two minutes`;
  return Object.assign(new Error(message), { name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
}
