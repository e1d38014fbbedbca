import { setMaxListeners } from 'node:events';
import { DeadlineError } from './answer-error.ts';
import type { Remedy } from './classify-error.ts';

/** Time and chance, which tests replace. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

export const systemClock: Clock = {
  // Not the time of day, which may be set while a scope is read.
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
    }),
};

/** How often one call is tried, by what may mend it. New credentials are asked for once. */
const attemptsFor: Readonly<Record<Remedy, number>> = { wait: 10, again: 3, credentials: 2, none: 1 };

const firstDelay = 200;
const longestDelay = 20_000;

/** Full jitter: anything from nothing to the doubled delay, so that many callers do not return together. */
export function delayBefore(attempt: number, clock: Clock): number {
  return Math.floor(clock.random() * Math.min(longestDelay, firstDelay * 2 ** attempt));
}

/** Of what a success allows in retries: where every other call fails a scope ends, where every fifth does it goes on. */
const retriesPerSuccess = 0.5;

/** What one scope may spend on retries and time. Every loop ends. */
export interface Budget {
  /** Aborted when the time is over or the run is stopped; its reason says which. */
  readonly signal: AbortSignal;
  /** Whether another attempt may be made, after so many made; counts it. */
  allowsAfter(attempts: number, remedy: Remedy, delay: number): boolean;
  /** A call succeeded: a scope of many calls may have as many retries as its size brings. */
  earn(): void;
  /** Ends the timer. */
  close(): void;
}

export interface BudgetOptions {
  readonly deadlineMs: number;
  readonly retries: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** The budget of one scope. */
export function openBudget({ deadlineMs, retries, clock, signal }: BudgetOptions): Budget {
  const end = clock.now() + deadlineMs;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new DeadlineError(deadlineMs / 1000)), deadlineMs);
  timer.unref();
  let left = retries;
  const either = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
  // Every call of the scope that waits listens to it.
  setMaxListeners(0, either);
  return {
    signal: either,
    allowsAfter(attempts, remedy, delay) {
      if (attempts >= attemptsFor[remedy] || left < 1 || clock.now() + delay > end) return false;
      left -= 1;
      return true;
    },
    earn: () => {
      left += retriesPerSuccess;
    },
    close: () => clearTimeout(timer),
  };
}
