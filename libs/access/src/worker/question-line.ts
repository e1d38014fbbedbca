import type { Question } from './protocol.ts';

/** One who waits for an answer. Whoever asks knows of which kind it will be. */
interface Waiting {
  readonly id: number;
  readonly question: Question;
  resolve(answer: never): void;
  reject(reason: unknown): void;
}

export interface QuestionLine {
  /** Resolves with the answer; rejects with the signal's reason where it is aborted first. */
  ask<Answer>(question: Question, signal?: AbortSignal): Promise<Answer>;
  answered(id: number, answer: never): void;
  failed(id: number, reason: unknown): void;
  /** Refuses all that waits, and whatever is asked from now on. */
  close(reason: Error): void;
}

/** Hands questions over one at a time, so that one which nobody wants any more is never begun. */
export function questionLine(handOver: (id: number, question: Question) => void): QuestionLine {
  const line: Waiting[] = [];
  let begun: Waiting | undefined;
  let closed: Error | undefined;
  let lastId = 0;
  return {
    ask,
    answered: (id, answer) => end(id, (waiting) => waiting.resolve(answer)),
    failed: (id, reason) => end(id, (waiting) => waiting.reject(reason)),
    close(reason) {
      closed ??= reason;
      for (const waiting of [begun, ...line.splice(0)]) waiting?.reject(closed);
      begun = undefined;
    },
  };

  async function ask<Answer>(question: Question, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    if (closed) throw closed;
    lastId += 1;
    const id = lastId;
    let withdraw = (): void => undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const waiting: Waiting = { id, question, resolve, reject };
        withdraw = () => {
          // One that has begun is answered all the same, but to nobody.
          const at = line.indexOf(waiting);
          if (at >= 0) line.splice(at, 1);
          if (signal) reject(reasonOf(signal));
        };
        signal?.addEventListener('abort', withdraw, { once: true });
        line.push(waiting);
        next();
      });
    } finally {
      signal?.removeEventListener('abort', withdraw);
    }
  }

  function next(): void {
    if (begun) return;
    begun = line.shift();
    if (begun) handOver(begun.id, begun.question);
  }

  function end(id: number, settle: (waiting: Waiting) => void): void {
    if (begun?.id !== id) return;
    settle(begun);
    begun = undefined;
    next();
  }
}

/** Why somebody does not want an answer any more. */
export function reasonOf({ reason }: { readonly reason?: unknown }): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
