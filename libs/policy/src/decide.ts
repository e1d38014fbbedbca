import type { Decision, Grant, Residual, StatementRef, Unknown } from '@ag/model';
import { sessionNameKey } from './condition/session-name.ts';
import { type Evaluation, evaluate } from './layers/evaluate.ts';
import { all, any, not, present } from './residual/build.ts';
import { describeResidual } from './residual/describe.ts';
import { satisfiable } from './residual/satisfiable.ts';
import { simplify } from './residual/simplify.ts';
import type { Question } from './types.ts';

/**
 * Decides a request the way AWS does, and says what it does not know: an explicit deny wins (EV1), every layer must allow,
 * every further authorization of the call must be allowed (RQ2). Three-valued: where the context is open, the decision is
 * allowed in every context, in some (with the condition left open), or in none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(question: Question): Decision {
  return decideChecks(checksOf(question));
}

/** The questions that one call asks: its own and the further ones. */
export function checksOf(question: Question): readonly Question[] {
  const { request, policies, knowledge } = question;
  const { additional = [], ...own } = request;
  // Whether it has resource types is a fact of the call's own action alone.
  const { wildcardOnlyAction: _, ...further } = own;
  return [
    { ...question, request: own },
    ...additional.map((check) => ({
      ...question,
      request: {
        ...further,
        principal: check.principal ?? own.principal,
        action: check.action,
        resource: check.resource,
      },
      policies: check.policies ?? policies,
      knowledge: { ...knowledge, context: { ...knowledge.context, ...check.context } },
    })),
  ];
}

function decideChecks(checks: readonly Question[]): Decision {
  const best = checks.map((check) => evaluate(check, 'best'));
  const denied = any(best.map((one) => one.denied));
  const allowed = all([...best.map((one) => one.allowed), not(denied)]);

  const assumed = all(checks.flatMap(({ knowledge }) => [sessionNameKey, ...(knowledge.present ?? [])].map(present)));
  const can = satisfiable(allowed, assumed);
  if (can === 'no') return toDenial(best, denied, assumed);

  // A layer that we could not read may still deny, so no allow is certain yet.
  const open = unreadThatMatters(checks, allowed, assumed);
  if (open.length > 0) return { outcome: 'unknown', because: open };

  const grants = grantsOf(best);
  const certain = satisfiable(not(allowed), assumed);
  if (certain === 'no') return { outcome: 'allowed', grants };
  const when = simplify(allowed, assumed);
  return {
    outcome: 'conditional',
    when,
    text: describeResidual(when),
    checked: can === 'yes' && certain === 'yes',
    grants,
  };
}

/** What is unread and could change the answer: an SCP that nobody read does not matter to whom no SCP applies. */
function unreadThatMatters(checks: readonly Question[], best: Residual, assumed: Residual): readonly Unknown[] {
  const unread = checks.flatMap(({ policies }) => policies.unread ?? []);
  if (unread.length === 0) return [];
  const changes = (layers: readonly Unknown[]): boolean => {
    const worst = checks.map((check) =>
      evaluate({ ...check, policies: { ...check.policies, unread: layers } }, 'worst'),
    );
    const allowed = all([...worst.map((one) => one.allowed), not(any(worst.map((one) => one.denied)))]);
    return satisfiable(all([best, not(allowed)]), assumed) !== 'no';
  };
  if (!changes(unread)) return [];
  const alone = unread.filter((one) => changes([one]));
  return alone.length > 0 ? alone : unread;
}

function toDenial(evaluations: readonly Evaluation[], denied: Residual, assumed: Residual): Decision {
  const denying = evaluations.flatMap(({ layers }) =>
    layers.flatMap(({ result }) =>
      result.statements.filter(({ statement, guard }) => statement.effect === 'Deny' && guard.is !== 'false'),
    ),
  );
  const certain = denying.filter(({ guard }) => satisfiable(not(guard), assumed) === 'no');
  if (satisfiable(not(denied), assumed) === 'no')
    return { outcome: 'explicitlyDenied', by: refsOf(certain.length > 0 ? certain : denying) };
  const at = new Set(
    evaluations.flatMap(({ layers }) =>
      layers.filter(({ blocks }) => satisfiable(blocks, assumed) !== 'no').map(({ layer }) => layer),
    ),
  );
  const mayDeny = satisfiable(denied, assumed) === 'no' ? [] : refsOf(denying);
  return { outcome: 'implicitlyDenied', at: [...at], mayBeDeniedBy: mayDeny };
}

function grantsOf(evaluations: readonly Evaluation[]): readonly Grant[] {
  return evaluations.flatMap(({ grants }) =>
    grants.filter(({ guard }) => guard.is !== 'false').map(({ grant }) => grant),
  );
}

function refsOf(judged: readonly { readonly ref: StatementRef }[]): readonly StatementRef[] {
  return judged.map(({ ref }) => ref);
}
