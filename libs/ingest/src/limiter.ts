import PQueue from 'p-queue';

/** How many calls at once, and how many a second. */
export interface Limit {
  readonly concurrency: number;
  readonly perSecond: number;
}

// At most half of what AWS refills, since the account's own tools share it.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html
const usual: Limit = { concurrency: 8, perSecond: 20 };
const limits: Readonly<Record<string, Limit>> = {
  iam: { concurrency: 5, perSecond: 15 },
  ec2: { concurrency: 4, perSecond: 10 },
  s3: { concurrency: 16, perSecond: 50 },
  organizations: { concurrency: 2, perSecond: 5 },
  // Identity Center documents 20 transactions a second for all of its calls together.
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
  sso: { concurrency: 5, perSecond: 10 },
  identitystore: { concurrency: 5, perSecond: 10 },
};

/** Asked in one account for the whole organization, so the limit is the collector's, not an account's. */
const organizationWide = new Set(['organizations', 'sso', 'identitystore']);

/** Lets calls pass at a rate that each account and service stands. */
export interface Limiter {
  run<Value>(account: string, service: string, call: () => Promise<Value>): Promise<Value>;
}

/** A limiter for one run. `unmetered` leaves out the rate, for an emulator that only we ask. */
export function createLimiter({ unmetered = false } = {}): Limiter {
  const queues = new Map<string, PQueue>();

  function queueOf(account: string, service: string): PQueue {
    const key = organizationWide.has(service) ? service : `${account}/${service}`;
    const known = queues.get(key);
    if (known) return known;
    const { concurrency, perSecond } = limits[service] ?? usual;
    const queue = new PQueue({ concurrency, ...(!unmetered && { intervalCap: perSecond, interval: 1000 }) });
    queues.set(key, queue);
    return queue;
  }

  return { run: (account, service, call) => queueOf(account, service).add(call) };
}
