import { toKnown } from './condition/known.ts';
import { conditionToResidual } from './condition/to-residual.ts';
import type { Judged } from './layers/evaluate-policies.ts';
import { satisfiable } from './residual/satisfiable.ts';
import type { Condition, Question, StatementExplanation } from './types.ts';

/** Which element of a statement fails first, in the order people read a statement, and why. */
export function explainFailure(
  { statement, match, naming }: Judged,
  question: Question,
): Pick<StatementExplanation, 'failed' | 'because'> {
  const { action, resource } = question.request;
  if (!match.action) return { failed: 'action', because: `it is not about ${action}` };
  if (naming && [naming.direct, naming.role, naming.account].every((form) => form.is === 'false')) {
    return { failed: 'principal', because: 'it does not name the principal' };
  }
  if (match.resource.is === 'false') return { failed: 'resource', because: `it does not name ${resource.arn}` };
  const known = toKnown(question.knowledge, question.facts, question.request.principal);
  const version = '2012-10-17';
  const failing = statement.conditions.find(
    (condition) => satisfiable(conditionToResidual(condition, version, known)) === 'no',
  );
  if (!failing) return { failed: 'condition', because: 'its conditions contradict each other' };
  return { failed: 'condition', because: `${describeCondition(failing)}, ${describeState(failing, question)}` };
}

function describeCondition({ spelling, key, values }: Condition): string {
  return `it asks for ${key} ${spelling} ${values.join(', ')}`;
}

function describeState({ key }: Condition, { knowledge, facts, request }: Question): string {
  const state = toKnown(knowledge, facts, request.principal).of(key);
  switch (state.is) {
    case 'known':
      return `and the request has ${[state.value].flat().join(', ')}`;
    case 'absent':
      return 'and the request has no such key';
    case 'prefixed':
    case 'present':
    case 'unknown':
      return 'which no request can have';
  }
}
