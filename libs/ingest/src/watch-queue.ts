import { UserError, exitCode } from '@ag/model';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Timings, UnitJob, UnitResult } from './unit-job.ts';
import type { Outcome } from './unit-queue.ts';

export interface WatchOptions {
  readonly redis: Redis;
  readonly queue: Queue<UnitJob, UnitResult>;
  readonly timings: Timings;
  readonly workerKey: string;
  readonly address: string;
  /** The jobs that are waited for. */
  waiting(): readonly string[];
  settle(jobId: string, outcome: Outcome): void;
  onLost(error: UserError): void;
}

const lookedAtOnce = 200;

/**
 * Looks after jobs that are waited for, so that no wait is endless: Redis may be lost, or come back empty; an event may be missed
 * while it was away; there may be nobody who works.
 */
export function watchQueue(options: WatchOptions): { stop(): void } {
  const { redis, queue, timings, workerKey, address, waiting, settle, onLost } = options;
  let away: NodeJS.Timeout | undefined;
  let lastWorker = Date.now();
  let isLooking = false;
  let from = 0;

  function leave(): void {
    away ??= setTimeout(() => onLost(lost(`lost Redis at \`${address}\` in the middle of the run`)), timings.lost);
  }
  function comeBack(): void {
    clearTimeout(away);
    away = undefined;
  }
  redis.on('close', leave);
  redis.on('ready', comeBack);
  const look = setInterval(() => {
    if (isLooking || redis.status !== 'ready') return;
    isLooking = true;
    void lookAfter()
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
      });
  }, timings.pulse);
  return { stop };

  async function lookAfter(): Promise<void> {
    const all = waiting();
    if (all.length === 0 || (await redis.exists(workerKey)) === 1) lastWorker = Date.now();
    if (Date.now() - lastWorker > timings.noWorker) {
      onLost(lost(`no worker takes units from Redis at \`${address}\`: start one with \`accessgraph worker\``));
      return;
    }
    if (from >= all.length) from = 0;
    const some = all.slice(from, from + lookedAtOnce);
    from += lookedAtOnce;
    for (const jobId of some) await lookAt(jobId);
  }

  async function lookAt(jobId: string): Promise<void> {
    const job = await queue.getJob(jobId);
    if (!job) {
      // It may have ended, or not have been added yet, when the list was made.
      if (!waiting().includes(jobId) || (await queue.getJob(jobId))) return;
      onLost(lost(`Redis at \`${address}\` lost the units of this run`));
    } else if (job.finishedOn !== undefined && job.failedReason !== undefined) {
      settle(jobId, { kind: 'givenUp', reason: job.failedReason });
    } else if (job.finishedOn !== undefined) settle(jobId, { kind: 'done', result: job.returnvalue });
  }

  function stop(): void {
    clearInterval(look);
    comeBack();
    redis.off('close', leave);
    redis.off('ready', comeBack);
  }
}

function lost(message: string): UserError {
  return new UserError(message, exitCode.credentials);
}
