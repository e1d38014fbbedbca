import type { GraphEdge, RunInfo } from '@ag/model';
import type {
  ExplainAnswer,
  ExplainQuestion,
  WhatCanAnswer,
  WhatCanQuestion,
  WhoCanAnswer,
  WhoCanQuestion,
} from './answers.ts';
import type { ExternalAccessAnswer, ExternalAccessQuestion } from './external/question.ts';
import type { PathsAnswer, PathsQuestion } from './paths/question.ts';

/** Who can do what, as of one run. Immutable; a newer run gets a new index. It may live in another thread, so nothing is answered at once. */
export interface AccessIndex {
  readonly run: RunInfo;
  /** Everyone who can do the action on the resource. */
  whoCan(question: WhoCanQuestion, options?: AskOptions): Promise<WhoCanAnswer>;
  /** Everything that a principal or person can do. */
  whatCan(question: WhatCanQuestion, options?: AskOptions): Promise<WhatCanAnswer>;
  /** Why a principal or person can or cannot, statement by statement. */
  explain(question: ExplainQuestion, options?: AskOptions): Promise<ExplainAnswer>;
  /** By which chains of groups, assignments, roles and trusts one reaches another. */
  paths(question: PathsQuestion, options?: AskOptions): Promise<PathsAnswer>;
  /** Everything that is reached from outside the organization, by resource. */
  externalAccess(question: ExternalAccessQuestion, options?: AskOptions): Promise<ExternalAccessAnswer>;
  /** Who can become which role: the computed `CAN_ASSUME` edges, by id. */
  canAssume(): Promise<readonly GraphEdge[]>;
  /** What people call nodes, in the order of the ids; the end of an ARN where nothing of it is known. */
  namesOf(ids: readonly string[]): Promise<readonly string[]>;
  /** The nearest known names, best first. */
  suggest(kind: NameKind, text: string): Promise<readonly string[]>;
  /** Gives back what it holds. Questions that wait are refused. */
  close(): Promise<void>;
}

export interface AskOptions {
  /** A question that has not begun when this is aborted is not answered any more. */
  readonly signal?: AbortSignal | undefined;
}

export type NameKind = 'principal' | 'action' | 'resource';
