import type { ExplainAnswer } from '@ag/access';

/** The parts of an explanation, one behind each GraphQL type. */
export type ExplanationValue = ExplainAnswer['explanation'];
export type LayerExplanationValue = ExplanationValue['layers'][number];
export type SuggestionValue = NonNullable<ExplanationValue['suggestions']>[number];
