import type { Residual } from '@ag/model';
import { isOfKind } from '../condition/compare.ts';
import { conditionToResidual } from '../condition/to-residual.ts';
import type { Judged } from '../layers/evaluate-policies.ts';
import type { Prepared } from '../layers/prepare.ts';
import type { Scene } from '../layers/scene.ts';
import { fitsArn } from '../match/arn-pattern.ts';
import { matchesGlob } from '../match/glob.ts';
import { rememberFor } from '../match/remember.ts';
import { describeResidual } from '../residual/describe.ts';
import { newBudget } from '../residual/budget.ts';
import { not } from '../residual/build.ts';
import { satisfiable } from '../residual/satisfiable.ts';
import { simplify } from '../residual/simplify.ts';
import type { Condition, PrincipalElement, Statement, StatementExplanation } from '../types.ts';
import { aboutOther, callerName, listOf, showValue } from './words.ts';

/** What a residual is worth, given what holds in every context. */
export interface Worth {
  isCertain(residual: Residual): boolean;
  isPossible(residual: Residual): boolean;
  readonly assumed: Residual;
}

export function toWorth(assumed: Residual): Worth {
  // One for the whole explanation, however many statements it has.
  const budget = newBudget();
  return {
    assumed,
    isCertain: (residual) => satisfiable(not(residual), assumed, { budget }) === 'no',
    isPossible: (residual) => satisfiable(residual, assumed, { budget }) !== 'no',
  };
}

/** Whether a statement applies, and why: what of it matches, or the element that fails first. */
export function explainStatement(judged: Judged, scene: Scene, worth: Worth): StatementExplanation {
  const { of, guard } = judged;
  const { ref, statement } = of;
  const { effect } = statement;
  if (worth.isCertain(guard)) return { statement: ref, effect, match: 'yes', because: describeMatch(of, scene) };
  if (worth.isPossible(guard)) {
    const when = describeResidual(simplify(guard, worth.assumed), scene.question.knowledge.present);
    return { statement: ref, effect, match: 'maybe', because: `it applies when ${when}` };
  }
  return explainFailure(judged, scene, worth);
}

function explainFailure(judged: Judged, scene: Scene, worth: Worth): StatementExplanation {
  const { ref, statement } = judged.of;
  const { effect } = statement;
  const failed = findFailure(judged);
  return { statement: ref, effect, match: 'no', failed, because: describeFailure(failed, judged, scene, worth) };
}

function describeMatch({ statement, actions, resources }: Prepared, scene: Scene): string {
  const { notActions, notResources, conditions } = statement;
  const action = notActions
    ? `NotAction ${listOf(notActions)}`
    : `Action ${statement.actions?.[actions.findIndex((glob) => matchesGlob(glob, scene.actionName))] ?? ''}`;
  const held = conditions.map((condition) => `${describeCondition(condition)} (${describeState(condition, scene)})`);
  const tail = held.length > 0 ? ` match, and so do ${held.join(' and ')}` : ' match';
  if (notResources) return `${action} and NotResource ${listOf(notResources)}${tail}`;
  if (!statement.resources) return action + tail;
  const fitting = resources.find(({ pattern }) => pattern && fitsArn(pattern, scene.arnText));
  return `${action} and Resource ${fitting?.text ?? listOf(statement.resources)}${tail}`;
}

/** Which element of a statement fails first, in the order in which people read a statement. */
function findFailure({ match, naming }: Judged): NonNullable<StatementExplanation['failed']> {
  if (!match.action) return 'action';
  if (naming && [naming.direct, naming.role, naming.account].every((form) => form.is === 'false')) return 'principal';
  return match.resource.is === 'false' ? 'resource' : 'condition';
}

function describeFailure(failed: StatementExplanation['failed'], { of }: Judged, scene: Scene, worth: Worth): string {
  const { statement, version } = of;
  const { actions, notActions, conditions } = statement;
  switch (failed) {
    case 'action':
      return actions
        ? aboutOther(actions, scene.action)
        : `its NotAction ${listOf(notActions ?? [])} leaves ${scene.action} out`;
    case 'principal':
      return describePrincipals(statement, scene);
    case 'resource':
      return describeResources(statement, scene);
    case 'condition':
    case undefined: {
      if (of.hasJunk) return describeJunk(conditions);
      const failing = conditions.find(
        (condition) => !worth.isPossible(conditionToResidual(condition, version, scene.known)),
      );
      if (!failing) return 'its conditions contradict each other';
      return `it asks for ${describeCondition(failing)}, and ${describeState(failing, scene)}`;
    }
  }
}

// CL6
function describeJunk(conditions: readonly Condition[]): string {
  const junk = conditions.find(({ operator, values }) => !values.every((value) => isOfKind(operator, value)));
  return `what it compares ${junk?.key ?? ''} with is no value of ${junk?.spelling ?? ''}`;
}

function describePrincipals({ principals, notPrincipals }: Statement, scene: Scene): string {
  const caller = callerName(scene.question.request.principal);
  if (principals) return aboutOther(namesOf(principals), caller);
  if (notPrincipals) return `its NotPrincipal ${listOf(namesOf(notPrincipals))} leaves ${caller} out`;
  return 'it names no principal';
}

function namesOf({ anyone, aws, service, federated, canonicalUser }: PrincipalElement): readonly string[] {
  return [...(anyone ? ['*'] : []), ...aws, ...service, ...federated, ...canonicalUser];
}

function describeResources({ resources, notResources }: Statement, { arn, wildcardOnly, action }: Scene): string {
  // RQ3
  const asked = wildcardOnly ? `\`*\`, the only resource that ${action} has` : arn;
  if (resources) return aboutOther(resources, asked);
  if (notResources) return `its NotResource ${listOf(notResources)} leaves ${asked} out`;
  return 'it has no Resource';
}

const describeCondition = rememberFor(({ spelling, key, values }: Condition) => `${key} ${spelling} ${listOf(values)}`);

function describeState({ key, operator }: Condition, { known }: Scene): string {
  if (operator === 'Unknown') return 'AWS has no such operator';
  const state = known.of(key);
  switch (state.is) {
    case 'known':
      return `the request has ${typeof state.value === 'string' ? showValue(state.value) : listOf(state.value)}`;
    case 'absent':
      return 'the request does not have the key';
    case 'prefixed':
      return `the request has ${state.prefix} and the session's name`;
    case 'oneOf':
      return `the request has one of ${listOf(state.values.flat())}, and nobody can tell which`;
    case 'present':
    case 'unknown':
      return 'the value is open';
  }
}
