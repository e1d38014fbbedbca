import { randomUUID } from 'node:crypto';
import { registry as everything } from '@ag/collectors';
import type { Connection } from '@ag/connect';
import type { Registry } from '@ag/resource';
import type { ContentStore, KeptContent } from '@ag/snapshot';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import { InterruptedError } from './answer-error.ts';
import { type ClientSettings, createAwsClients } from './aws-clients.ts';
import { createCallShare } from './call-share.ts';
import { openRedis } from './redis.ts';
import type { Log, Run } from './run.ts';
import { createEmptyPlaces } from './empty-places.ts';
import { createRunMemory } from './run-memory.ts';
import { type ScpWatch, createScpWatch } from './scp-watch.ts';
import { openServiceLocks } from './service-lock.ts';
import { readUnit } from './unit.ts';
import {
  type Timings,
  type UnitJob,
  type UnitResult,
  jobSchema,
  keysOf,
  queueNameOf,
  redisPrefix,
  runSchema,
  usualTimings,
} from './unit-job.ts';

export interface UnitWorkerOptions {
  readonly connection: Connection;
  readonly redisUrl: string;
  /** The store of the runs: the same as the loader's. */
  readonly store: ContentStore;
  readonly concurrency: number;
  readonly log: Log;
  readonly registry?: Registry;
  readonly now?: () => Date;
  readonly clientSettings?: Partial<ClientSettings>;
  readonly timings?: Partial<Timings>;
}

export interface UnitWorker {
  /** Takes no more units, and resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** A worker that is lost with a unit twice may have been lost by it. */
const lostAtMost = 2;

/** Takes units of a connection from Redis and reads them, each scope into the store, until it is stopped. */
export async function startUnitWorker(options: UnitWorkerOptions): Promise<UnitWorker> {
  const { connection, redisUrl, store, log, registry = everything, now = () => new Date() } = options;
  const timings = { ...usualTimings, ...options.timings };
  const redis = await openRedis(redisUrl);
  const name = queueNameOf(connection);
  const keys = keysOf(name);
  const clients = createAwsClients({
    connection,
    ...(options.clientSettings && { settings: options.clientSettings }),
  });
  const calls = createCallShare(clients.counter, connection);
  const holder = randomUUID();
  const locks = openServiceLocks({ redis, keyOf: keys.lock, holder, holdMs: timings.hold, restMs: timings.rest });
  const underWay = new Map<string, { units: number; readonly gone: AbortController; readonly scpWatch: ScpWatch }>();

  async function work(job: Job<unknown, UnitResult>, token?: string): Promise<UnitResult> {
    const parsed = jobSchema.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError('it is no unit that this version knows');
    const { place, service, run } = parsed.data;
    const text = await redis.get(keys.run(run));
    if (text === null) return { dropped: true };
    const release = await locks.take(place.account, service);
    if (!release) {
      await job.moveToDelayed(Date.now() + timings.rest, token);
      throw new DelayedError();
    }
    const { gone, scpWatch, leave } = enter(run);
    try {
      const { accounts } = runSchema.parse(JSON.parse(text));
      log.info({ ...place, service }, 'unit begun');
      const scopes = await read(parsed.data, accounts, { signal: gone, scpWatch });
      log.info({ ...place, service, scopes: scopes.length }, 'unit read');
      return gone.aborted ? { dropped: true } : { scopes, calls: calls.take() };
    } finally {
      leave();
      await release();
    }
  }

  async function read(
    unit: UnitJob,
    accounts: readonly string[],
    { signal, scpWatch }: Pick<Run, 'signal' | 'scpWatch'>,
  ): Promise<KeptContent[]> {
    const kept: KeptContent[] = [];
    const run: Run = {
      connection,
      registry,
      clients,
      // A unit builds on nothing that was read before: what does is read by the loader.
      memory: createRunMemory([]),
      scpWatch,
      // What was known before only the loader knows, so that nothing is taken for empty here.
      emptyPlaces: createEmptyPlaces({ clients, connection, now: () => now().toISOString() }),
      signal,
      log,
      now: () => now().toISOString(),
      expect: () => undefined,
      emit: async (content) => void kept.push(await store.keep(content)),
    };
    await readUnit(run, { place: unit.place, service: unit.service, regions: unit.regions, accounts });
    return kept;
  }

  /** Counts a run's units, and gives a signal for when it is gone. */
  function enter(run: string) {
    const known = underWay.get(run) ?? { units: 0, gone: new AbortController(), scpWatch: createScpWatch() };
    underWay.set(run, known);
    known.units += 1;
    return {
      gone: known.gone.signal,
      scpWatch: known.scpWatch,
      leave: () => {
        known.units -= 1;
        if (known.units === 0) underWay.delete(run);
      },
    };
  }

  async function beat(): Promise<void> {
    await redis.set(keys.worker, holder, 'PX', timings.pulseHolds);
    for (const [run, { gone }] of underWay) {
      if ((await redis.exists(keys.run(run))) === 0) gone.abort(new InterruptedError());
    }
  }

  const worker = new Worker<unknown, UnitResult>(name, work, {
    connection: redis,
    prefix: redisPrefix,
    concurrency: options.concurrency,
    lockDuration: timings.hold,
    stalledInterval: timings.stalled,
    maxStalledCount: lostAtMost,
  });
  worker.on('error', (error) => log.warn({ reason: error.message }, 'the queue does not answer'));
  await beat();
  const pulse = setInterval(() => void beat().catch(() => undefined), timings.pulse);

  return {
    async stop() {
      await worker.close();
      clearInterval(pulse);
      locks.close();
      clients.close();
      redis.disconnect();
    },
  };
}
