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

/** Who can do what, as of one run. Immutable; a newer run gets a new index. */
export interface AccessIndex {
  readonly run: RunInfo;
  /** Everyone who can do the action on the resource. */
  whoCan(question: WhoCanQuestion): WhoCanAnswer;
  /** Everything that a principal or person can do. */
  whatCan(question: WhatCanQuestion): WhatCanAnswer;
  /** Why a principal or person can or cannot, statement by statement. */
  explain(question: ExplainQuestion): ExplainAnswer;
  /** By which chains of groups, assignments, roles and trusts one reaches another. */
  paths(question: PathsQuestion): Promise<PathsAnswer>;
  /** Everything that is reached from outside the organization, by resource. */
  externalAccess(question: ExternalAccessQuestion): Promise<ExternalAccessAnswer>;
  /** Who can become which role: the computed `CAN_ASSUME` edges, by id. */
  canAssume(): readonly GraphEdge[];
  /** What people call a node; the end of its ARN where nothing of it is known. */
  nameOf(id: string): string;
  /** The nearest known names, best first. */
  suggest(kind: NameKind, text: string): readonly string[];
}

export type NameKind = 'principal' | 'action' | 'resource';
