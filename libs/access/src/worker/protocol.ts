import { type ExitCode, UserError } from '@ag/model';
import type { RunInfo } from '@ag/model';
import type { AccessIndex, AskOptions } from '../access-index.ts';

/** The questions that cross to the thread. */
export type Answering = Omit<AccessIndex, 'run' | 'close'>;

/** One question with what it is about, without what cannot cross. */
export type Question = { [Method in keyof Answering]: QuestionOf<Method> }[keyof Answering];

interface QuestionOf<Method extends keyof Answering> {
  readonly method: Method;
  readonly about: About<Parameters<Answering[Method]>>;
}

type About<All extends readonly unknown[]> = All extends [infer One, AskOptions?] ? [One] : All;

/** To the thread. It is given one question at a time: what waits, waits outside, where it can be withdrawn. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** From the thread. */
export type Told<Answer = unknown> =
  | { readonly kind: 'ready'; readonly run: RunInfo }
  | { readonly kind: 'notReady'; readonly failure: Failure }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure };

/** An error as it crosses: a message between threads keeps no classes. */
export interface Failure {
  readonly message: string;
  /** Of an error that a person can mend: how a command ends. */
  readonly code?: ExitCode;
  readonly stack?: string | undefined;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof UserError) return { message: error.message, code: error.code };
  if (error instanceof Error) return { message: error.message, stack: error.stack };
  return { message: String(error) };
}

export function toError({ message, code, stack }: Failure): Error {
  if (code !== undefined) return new UserError(message, code);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
