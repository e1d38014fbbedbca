import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UserError, exitCode } from '@ag/model';
import type { AccessIndex } from '../access-index.ts';
import { threadEnvironment } from './environment.ts';
import { type Asked, type Told, toError } from './protocol.ts';
import { questionLine, reasonOf } from './question-line.ts';

export interface ThreadOptions {
  /** The file that calls `serveIndex`. */
  readonly entry: URL;
  /** What `serveIndex` hands to its opener: plain data. */
  readonly data: unknown;
  /** How large the thread's memory may grow; 6 GB unless told, and never more than three quarters of the machine's. */
  readonly heapMegabytes?: number | undefined;
  /** Ends the thread while it compiles. */
  readonly signal?: AbortSignal | undefined;
}

/** An index that lives in a thread of its own. */
export interface ThreadIndex extends AccessIndex {
  /** Resolves when the thread has ended: with the reason where nobody closed it. Never rejects. */
  readonly ended: Promise<ThreadEnded | undefined>;
}

/** The thread of an index ended by itself. */
export class ThreadEnded extends UserError {
  constructor(why: string, options?: ErrorOptions) {
    super(`the thread that answers questions of access ended: ${why}`, exitCode.unexpected, options);
    this.name = 'ThreadEnded';
  }
}

/** Compiles an index in a thread of its own, so that this one goes on with its work; resolves when it can be asked. */
export async function openThreadIndex(options: ThreadOptions): Promise<ThreadIndex> {
  const { entry, data, signal } = options;
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./start-thread.mjs', import.meta.url), {
    workerData: { entry: entry.href, data },
    execArgv: [],
    env: threadEnvironment(),
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes(options), maxYoungGenerationSizeMb: 128 },
  });
  const line = questionLine((id, question) => worker.postMessage({ id, question } satisfies Asked));
  let isClosed = false;
  let thrown: Error | undefined;
  worker.on('error', (error) => (thrown = error));
  const ended = new Promise<ThreadEnded | undefined>((resolve) => {
    worker.on('exit', (code) => {
      const reason = new ThreadEnded(whyEnded(thrown, code), { cause: thrown });
      line.close(isClosed ? new UserError('the index was closed', exitCode.unexpected) : reason);
      resolve(isClosed ? undefined : reason);
    });
  });
  const close = async (): Promise<void> => {
    isClosed = true;
    await worker.terminate();
  };

  const ready = new Promise<Extract<Told, { readonly kind: 'ready' }>>((resolve, reject) => {
    worker.on('message', (told: Told<never>) => {
      switch (told.kind) {
        case 'ready':
          return resolve(told);
        case 'notReady':
          return reject(toError(told.failure));
        case 'answer':
          return line.answered(told.id, told.answer);
        case 'failure':
          return line.failed(told.id, toError(told.failure));
      }
    });
    void ended.then(reject);
    signal?.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
  });

  try {
    const { run } = await ready;
    return {
      run,
      whoCan: (question, asked) => line.ask({ method: 'whoCan', about: [question] }, asked?.signal),
      whatCan: (question, asked) => line.ask({ method: 'whatCan', about: [question] }, asked?.signal),
      explain: (question, asked) => line.ask({ method: 'explain', about: [question] }, asked?.signal),
      paths: (question, asked) => line.ask({ method: 'paths', about: [question] }, asked?.signal),
      externalAccess: (question, asked) => line.ask({ method: 'externalAccess', about: [question] }, asked?.signal),
      canAssume: () => line.ask({ method: 'canAssume', about: [] }),
      namesOf: (ids) => line.ask({ method: 'namesOf', about: [ids] }),
      suggest: (kind, text) => line.ask({ method: 'suggest', about: [kind, text] }),
      close,
      ended,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function heapMegabytes({ heapMegabytes: told = 6_144 }: ThreadOptions): number {
  // Beyond what a container or machine has, the whole process would be killed in the place of the thread.
  const machine = Math.min(totalmem(), process.constrainedMemory?.() || Infinity);
  return Math.floor(Math.min(told, (machine * 0.75) / 2 ** 20));
}

function whyEnded(error: (Error & { readonly code?: unknown }) | undefined, exit: number): string {
  if (error?.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'it ran out of memory';
  return error ? error.message : `exit code ${exit}`;
}
