import { setMaxListeners } from 'node:events';
import type { WorkQueue } from '@ag/model';
import PQueue from 'p-queue';
import { InterruptedError } from './answer-error.ts';

/** Runs units of work in this process, a bounded number at once, in the order they came. */
export function createWorkQueue<Job, Result>(
  work: (job: Job) => Promise<Result>,
  { concurrency }: { readonly concurrency: number },
): WorkQueue<Job, Result> {
  const queue = new PQueue({ concurrency });
  const closing = new AbortController();
  // Everything that waits listens to it.
  setMaxListeners(0, closing.signal);
  return {
    add: async (job) => {
      if (closing.signal.aborted) throw new InterruptedError();
      return queue.add(() => work(job), { signal: closing.signal });
    },
    idle: () => queue.onIdle(),
    close: async () => {
      closing.abort(new InterruptedError());
      await queue.onIdle();
    },
  };
}
