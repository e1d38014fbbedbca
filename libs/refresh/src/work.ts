import { once } from 'node:events';
import { openConnection } from '@ag/connect';
import { startUnitWorker } from '@ag/ingest';
import { UserError, exitCode } from '@ag/model';
import { type RefreshOptions, storeOf, toConnectionSettings } from './refresh.ts';

export type WorkOptions = Pick<RefreshOptions, 'settings' | 'log' | 'now' | 'clientSettings'> & {
  /** Ends the work: what is under way is read to its end. */
  readonly signal: AbortSignal;
  /** Told once, when units are taken. */
  readonly onReady?: () => void;
};

/** Reads units that other processes' runs ask for, until it is told to stop. */
export async function work({ settings, log, now, clientSettings, signal, onReady }: WorkOptions): Promise<void> {
  const { redisUrl, workerConcurrency: concurrency } = settings;
  if (redisUrl === undefined) {
    throw new UserError(
      'a worker takes units from Redis: say where it is with `--redis-url` or ACCESSGRAPH_REDIS_URL',
      exitCode.usage,
    );
  }
  const connection = await openConnection(toConnectionSettings(settings));
  const worker = await startUnitWorker({
    connection,
    redisUrl,
    concurrency,
    log,
    store: storeOf(settings),
    ...(now && { now }),
    ...(clientSettings && { clientSettings }),
  });
  onReady?.();
  if (!signal.aborted) await once(signal, 'abort');
  await worker.stop();
}
