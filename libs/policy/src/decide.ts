import type { Decision, Grant, Layer, Residual, StatementRef, Unknown } from '@ag/model';
import { impliedAssumptions } from './condition/implied.ts';
import { sessionNameKey } from './condition/session-name.ts';
import { type Evaluation, evaluate } from './layers/evaluate.ts';
import { all, any, not, present } from './residual/build.ts';
import { describeResidual } from './residual/describe.ts';
import { satisfiable } from './residual/satisfiable.ts';
import { simplify } from './residual/simplify.ts';
import type { AdditionalCheck, Context, Facts, Question, Request } from './types.ts';

/** A decision with what it was made from. */
export interface Judgement {
  readonly decision: Decision;
  /** The call's own check first, then the further ones that it needs. */
  readonly evaluations: readonly Evaluation[];
  /** What holds in every context. */
  readonly assumed: Residual;
}

/**
 * Decides a request the way AWS does, and says what it does not know: an explicit deny wins (EV1), every layer must allow,
 * every further authorization of the call must be allowed (RQ2). Three-valued: where the context is open, the decision is
 * allowed in every context, in some (with the condition left open), or in none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(question: Question): Decision {
  return judge(question).decision;
}

/** The same, with the evaluations that an explanation shows. */
export function judge(question: Question): Judgement {
  const checks = checksOf(question);
  const evaluations = checks.map((check) => evaluate(check));
  const assumed = assumedOf(checks);
  return { decision: toDecision(checks, evaluations, assumed), evaluations, assumed };
}

function toDecision(checks: readonly Question[], best: readonly Evaluation[], assumed: Residual): Decision {
  const denied = any(best.map((one) => one.denied));
  const allowed = allowedBy(best);
  const can = satisfiable(allowed, assumed);
  if (can === 'no') return toDenial(best, denied, assumed);

  const because = [...openUnknowns(best, allowed, assumed), ...doubtsOf(best, allowed, assumed)];
  if (because.length > 0) return { outcome: 'unknown', because };

  const grants = grantsOf(best);
  const certain = satisfiable(not(allowed), assumed);
  if (certain === 'no') return { outcome: 'allowed', grants };
  const when = simplify(allowed, assumed);
  const checked = can === 'yes' && certain === 'yes';
  const there = checks.flatMap(({ knowledge }) => knowledge.present ?? []);
  return { outcome: 'conditional', when, text: describeResidual(when, there), checked, grants };
}

/** The questions that one call asks: its own and the further ones. */
function checksOf(question: Question): readonly Question[] {
  const { request, policies, knowledge } = question;
  const { additional, ...own } = request;
  if (!additional) return [question];
  return [
    { ...question, request: own },
    ...additional.map((check) => ({
      ...question,
      request: {
        principal: check.principal ?? own.principal,
        action: check.action,
        resource: check.resource,
        ...(check.wildcardOnlyAction !== undefined && { wildcardOnlyAction: check.wildcardOnlyAction }),
      },
      policies: check.policies ?? policies,
      ...(question.facts && { facts: factsFor(check, own, question.facts) }),
      knowledge: { ...knowledge, context: overlay(knowledge.context, check.context ?? {}) },
    })),
  ];
}

// What is known of the caller is not known of another principal, nor of another account's resource what is known of the first.
function factsFor({ principal, resource }: AdditionalCheck, own: Request, facts: Facts): Facts {
  const { principal: ofPrincipal, resource: ofResource, ...rest } = facts;
  const isCaller = !principal || JSON.stringify(principal) === JSON.stringify(own.principal);
  const isOwner = resource.account === own.resource.account;
  return {
    ...rest,
    ...(ofPrincipal && isCaller && { principal: ofPrincipal }),
    ...(ofResource && isOwner && { resource: ofResource }),
  };
}

/** Keys are compared without case. */
function overlay(context: Context, over: Context): Context {
  const names = new Set(Object.keys(over).map((key) => key.toLowerCase()));
  const rest = Object.entries(context).filter(([key]) => !names.has(key.toLowerCase()));
  return { ...Object.fromEntries(rest), ...over };
}

const sessionNameIsThere = present(sessionNameKey);

/** What holds in every context of some questions: these keys are there. */
export function assumedOf(checks: readonly Question[]): Residual {
  const keys = checks.flatMap(({ knowledge }) => knowledge.present ?? []);
  const implied = checks.flatMap(({ knowledge }) =>
    knowledge.rest === 'unknown' ? impliedAssumptions(knowledge) : [],
  );
  return all([sessionNameIsThere, ...keys.map(present), ...implied]);
}

function allowedBy(evaluations: readonly Evaluation[]): Residual {
  return all([...evaluations.map((one) => one.allowed), not(any(evaluations.map((one) => one.denied)))]);
}

/** What is unread or not modelled and would change the decision: its layer, taken at its worst, takes something away. */
function openUnknowns(best: readonly Evaluation[], allowed: Residual, assumed: Residual): readonly Unknown[] {
  const unknowns = best.flatMap(({ scene: { question, unmodelled } }): readonly Unknown[] => [
    ...(question.policies.unread ?? []),
    ...unmodelled.map(({ reason }): Unknown => ({ layer: 'service', reason })),
  ]);
  const layers = new Set(unknowns.map(({ layer }) => layer));
  const matters = new Set(
    [...layers].filter((layer) => {
      const worst = allowedBy(best.map(({ scene: { question } }) => evaluate(question, layer)));
      return satisfiable(all([allowed, not(worst)]), assumed) !== 'no';
    }),
  );
  return distinct(unknowns.filter(({ layer }) => matters.has(layer)));
}

function distinct(unknowns: readonly Unknown[]): readonly Unknown[] {
  return [...new Map(unknowns.map((one) => [JSON.stringify(one), one])).values()];
}

/** CL6: a deny under an operator that AWS does not have may deny where the rest of it applies. */
function doubtsOf(evaluations: readonly Evaluation[], allowed: Residual, assumed: Residual): readonly Unknown[] {
  return evaluations
    .flatMap(({ doubts }) => doubts)
    .filter(({ guard }) => satisfiable(all([allowed, guard]), assumed) !== 'no')
    .map(({ ref }) => ({
      layer: ref.kind,
      id: ref.policy,
      reason: `statement ${String(ref.index)} of \`${ref.policy}\` denies under an operator that AWS does not have`,
    }));
}

function toDenial(evaluations: readonly Evaluation[], denied: Residual, assumed: Residual): Decision {
  const denies = evaluations.flatMap(({ layers }) =>
    layers.flatMap(({ result }) => result.applying.filter(({ of }) => of.statement.effect === 'Deny')),
  );
  const certain = denies.filter(({ guard }) => guard.is === 'true').map(({ of }) => of.ref);
  const open: readonly StatementRef[] = denies
    .filter(({ guard }) => guard.is !== 'true' && guard.is !== 'false' && satisfiable(guard, assumed) !== 'no')
    .map(({ of }) => of.ref);
  if (satisfiable(not(denied), assumed) === 'no')
    return { outcome: 'explicitlyDenied', by: certain.length > 0 ? certain : open };
  const at = new Set<Layer>(
    evaluations.flatMap(({ layers }) =>
      layers.filter(({ blocks }) => satisfiable(blocks, assumed) !== 'no').map(({ layer }) => layer),
    ),
  );
  const mayBeDeniedBy = satisfiable(denied, assumed) === 'no' ? [] : open;
  return { outcome: 'implicitlyDenied', at: [...at], mayBeDeniedBy };
}

function grantsOf(evaluations: readonly Evaluation[]): readonly Grant[] {
  return evaluations.flatMap(({ grants }) => grants.map(({ grant }) => grant));
}
