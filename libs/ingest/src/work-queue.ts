import type { WorkQueue } from '@ag/model';
import PQueue from 'p-queue';
import { InterruptedError } from './answer-error.ts';

/** Runs units of work in this process, a bounded number at once, in the order they came. */
export function createWorkQueue<Job, Result>(
  work: (job: Job) => Promise<Result>,
  { concurrency }: { readonly concurrency: number },
): WorkQueue<Job, Result> {
  const queue = new PQueue({ concurrency });
  let isClosed = false;

  async function begin(job: Job): Promise<Result> {
    // Asked when its turn comes: what has begun ends, what has not is refused.
    if (isClosed) throw new InterruptedError();
    return work(job);
  }

  return {
    add: (job) => queue.add(() => begin(job)),
    idle: () => queue.onIdle(),
    close: () => {
      isClosed = true;
      return queue.onIdle();
    },
  };
}
