import type { Decision, Grant, Layer, Residual, StatementRef } from '@ag/model';
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
  return [
    { ...question, request: own },
    ...additional.map((check) => ({
      ...question,
      request: { ...own, principal: check.principal ?? own.principal, action: check.action, resource: check.resource },
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

  // A layer that we could not read may still deny, so no allow is certain.
  const unread = checks.flatMap(({ policies }) => policies.unread ?? []).filter(({ layer }) => matters(checks, layer));
  if (unread.length > 0) return { outcome: 'unknown', because: unread };

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

// An unread SCP does not matter to whom no SCP applies.
function matters(checks: readonly Question[], layer: Layer): boolean {
  return checks.some((check) => {
    const worst = evaluate(check, 'worst');
    return worst.layers.some((view) => view.layer === layer);
  });
}

function toDenial(evaluations: readonly Evaluation[], denied: Residual, assumed: Residual): Decision {
  const statements = (open: boolean): readonly StatementRef[] =>
    evaluations.flatMap(({ layers }) =>
      layers.flatMap(({ result }) =>
        result.statements.flatMap(({ statement, guard, ref }) =>
          statement.effect === 'Deny' && (open ? guard.is !== 'false' && guard.is !== 'true' : guard.is !== 'false')
            ? [ref]
            : [],
        ),
      ),
    );
  if (satisfiable(not(denied), assumed) === 'no') return { outcome: 'explicitlyDenied', by: statements(false) };
  const at = new Set(
    evaluations.flatMap(({ layers }) =>
      layers.filter(({ blocks }) => satisfiable(blocks, assumed) !== 'no').map(({ layer }) => layer),
    ),
  );
  const mayDeny = satisfiable(denied, assumed) === 'no' ? [] : statements(true);
  return { outcome: 'implicitlyDenied', at: [...at], mayBeDeniedBy: mayDeny };
}

function grantsOf(evaluations: readonly Evaluation[]): readonly Grant[] {
  return evaluations.flatMap(({ grants }) =>
    grants.filter(({ guard }) => guard.is !== 'false').map(({ grant }) => grant),
  );
}
