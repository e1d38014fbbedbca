import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError, type WorkQueue, exitCode } from '@ag/model';
import { type ContentStore, DamagedObject } from '@ag/snapshot';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import PQueue from 'p-queue';
import { addCounts } from './call-share.ts';
import { addressOf, openRedis } from './redis.ts';
import { type Run, type Unread, emitUnread, interrupted } from './run.ts';
import { type Unit, sourcesIn } from './unit.ts';
import {
  type Timings,
  type UnitJob,
  type UnitResult,
  keysOf,
  queueNameOf,
  redisPrefix,
  resultSchema,
  toKept,
  usualTimings,
} from './unit-job.ts';
import { watchQueue } from './watch-queue.ts';

export interface WorkerOptions {
  readonly redisUrl: string;
  /** The store of the runs: workers keep there what they read. */
  readonly store: ContentStore;
  readonly timings?: Partial<Timings>;
}

/** How one unit ended, as far as Redis tells. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'givenUp'; readonly reason: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'lost'; readonly error: UserError };

/** The processes that read units for us. */
export interface Workers {
  /** The queue of one run. */
  begin(run: Run, accounts: readonly string[]): Promise<WorkQueue<Unit, void>>;
  close(): void;
}

/** Connects to where workers take units from. Throws a `UserError` where Redis does not answer. */
export async function openWorkers(options: WorkerOptions): Promise<Workers> {
  const redis = await openRedis(options.redisUrl);
  return {
    begin: (run, accounts) => beginQueue({ ...options, redis, run, accounts }),
    close: () => redis.disconnect(),
  };
}

interface QueueOptions extends WorkerOptions {
  readonly redis: Redis;
  readonly run: Run;
  readonly accounts: readonly string[];
}

const attempts = 3;
const recalledAtOnce = 4;
const closesWithinMs = 5_000;

async function beginQueue({ redis, run, accounts, ...options }: QueueOptions): Promise<WorkQueue<Unit, void>> {
  const { redisUrl, store } = options;
  const timings = { ...usualTimings, ...options.timings };
  const id = randomUUID();
  const name = queueNameOf(run.connection);
  const keys = keysOf(name);
  const shared = { connection: redis, prefix: redisPrefix };
  const queue = new Queue<UnitJob, UnitResult>(name, shared);
  const events = new QueueEvents(name, shared);
  // What they fail with, a command that waits for an answer fails with too.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const underWay = new Set<Promise<void>>();
  const recalls = new PQueue({ concurrency: recalledAtOnce });
  let over: Outcome | undefined;

  events.on('completed', ({ jobId, returnvalue }) => settle(jobId, { kind: 'done', result: returnvalue }));
  events.on('failed', ({ jobId, failedReason }) => settle(jobId, { kind: 'givenUp', reason: failedReason }));
  await events.waitUntilReady();
  await beat();
  const pulse = setInterval(() => void beat().catch(() => undefined), timings.pulse);
  const watch = watchQueue({
    redis,
    queue,
    timings,
    workerKey: keys.worker,
    address: addressOf(redisUrl),
    waiting: () => [...waiting.keys()],
    settle,
    onLost: (error) => end({ kind: 'lost', error }),
  });
  run.signal.addEventListener('abort', cancel, { once: true });
  if (run.signal.aborted) cancel();

  return { add, idle, close };

  function add(unit: Unit): Promise<void> {
    const work = readElsewhere(unit);
    underWay.add(work);
    void work.catch(() => undefined).finally(() => underWay.delete(work));
    return work;
  }

  async function readElsewhere(unit: Unit): Promise<void> {
    for (let turn = 1; turn <= attempts; turn += 1) {
      const outcome = await ask(unit, turn);
      if (outcome.kind === 'interrupted') return giveUp(unit, interrupted);
      if (outcome.kind === 'lost') throw outcome.error;
      if (outcome.kind === 'givenUp') return giveUp(unit, lostUnit(outcome.reason));
      const parsed = resultSchema.safeParse(outcome.result);
      if (!parsed.success) return giveUp(unit, lostUnit('its worker is of a version that answers otherwise'));
      // Our sign of life came too late for its worker: it is asked for again.
      if ('dropped' in parsed.data) continue;
      const { scopes, calls } = parsed.data;
      addCounts(run.clients.counter, calls);
      for (const kept of scopes) await recalls.add(async () => run.emit(await recall(toKept(kept))));
      return;
    }
    return giveUp(unit, lostUnit('it was dropped again and again'));
  }

  async function ask({ place, service, regions }: Unit, turn: number): Promise<Outcome> {
    const jobId = [id, service, place.account, place.region, turn].join('_');
    const job: UnitJob = { run: id, place, service, regions: [...regions] };
    if (over) return over;
    const outcome = new Promise<Outcome>((resolve) => waiting.set(jobId, resolve));
    try {
      await queue.add(service, job, {
        jobId,
        attempts,
        backoff: { type: 'fixed', delay: timings.rest },
        // Stack traces would say what our machines look like inside.
        stackTraceLimit: 0,
        removeOnComplete: { age: 3_600 },
        removeOnFail: { age: 3_600 },
      });
    } catch (error) {
      if (!over) throw error;
    }
    const ended = await outcome;
    if (!over) await queue.remove(jobId).catch(() => undefined);
    return ended;
  }

  async function recall(kept: ReturnType<typeof toKept>) {
    try {
      return await store.recall(kept);
    } catch (error) {
      if (!(error instanceof DamagedObject)) throw error;
      const message =
        'a worker kept what it read where this process does not find it: both need the same folder or bucket of runs';
      throw new UserError(message, exitCode.credentials, { cause: error });
    }
  }

  /** Each of its scopes says that nobody could read it. */
  function giveUp({ place, service }: Unit, unread: Unread): Promise<void> {
    if (unread !== interrupted) run.log.warn({ place, service, reason: unread.message }, 'gave up a unit');
    return emitUnread(run, place, sourcesIn(run.registry, { place, service }), unread);
  }

  function settle(jobId: string, outcome: Outcome): void {
    waiting.get(jobId)?.(outcome);
    waiting.delete(jobId);
  }

  async function beat(): Promise<void> {
    await redis.set(keys.run(id), JSON.stringify({ accounts }), 'PX', timings.pulseHolds);
  }

  /** Ends every unit that is waited for, and refuses more. */
  function end(outcome: Outcome): readonly string[] {
    over ??= outcome;
    clearInterval(pulse);
    watch.stop();
    const left = [...waiting.keys()];
    for (const jobId of left) settle(jobId, over);
    // Nobody answers any more: what waits for an answer is told so.
    if (outcome.kind === 'lost') redis.disconnect();
    return left;
  }

  /** Workers drop what they have of a run that is gone; what nobody has begun is taken out. */
  function cancel(): void {
    const left = end({ kind: 'interrupted' });
    void redis.del(keys.run(id)).catch(() => undefined);
    for (const jobId of left) void queue.remove(jobId).catch(() => undefined);
  }

  async function idle(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  }

  async function close(): Promise<void> {
    run.signal.removeEventListener('abort', cancel);
    if (!over) cancel();
    await idle();
    // A Redis that is away does not keep us.
    await Promise.race([
      Promise.allSettled([events.close(), queue.close()]),
      sleep(closesWithinMs, undefined, { ref: false }),
    ]);
  }
}

function lostUnit(reason: string): Unread {
  return { state: 'unexpected', reason: 'unexpected', message: `no worker could read it: ${reason}` };
}
