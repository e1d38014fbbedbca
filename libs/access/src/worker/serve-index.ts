import { parentPort, workerData } from 'node:worker_threads';
import type { AccessIndex } from '../access-index.ts';
import { type Asked, type Question, type Told, toFailure } from './protocol.ts';

/** In the thread: makes the index, says that it is there, and answers from it until the thread is ended. */
export async function serveIndex(open: (data: unknown) => Promise<AccessIndex>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('an index is served from a thread of its own');
  const tell = (told: Told): void => port.postMessage(told);
  try {
    const index = await open(dataOf(workerData));
    port.on('message', ({ id, question }: Asked) => {
      void answer(index, question)
        .then((given) => tell({ kind: 'answer', id, answer: given }))
        .catch((error: unknown) => tell({ kind: 'failure', id, failure: toFailure(error) }));
    });
    tell({ kind: 'ready', run: index.run });
  } catch (error) {
    tell({ kind: 'notReady', failure: toFailure(error) });
  }
}

/** What `openThreadIndex` was given for the thread. */
function dataOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'data' in given ? given.data : undefined;
}

function answer(index: AccessIndex, question: Question): Promise<unknown> {
  switch (question.method) {
    case 'whoCan':
      return index.whoCan(...question.about);
    case 'whatCan':
      return index.whatCan(...question.about);
    case 'explain':
      return index.explain(...question.about);
    case 'paths':
      return index.paths(...question.about);
    case 'externalAccess':
      return index.externalAccess(...question.about);
    case 'canAssume':
      return index.canAssume(...question.about);
    case 'namesOf':
      return index.namesOf(...question.about);
    case 'suggest':
      return index.suggest(...question.about);
  }
}
