import type { Residual } from '@ag/model';
import { conditionToResidual } from '../condition/to-residual.ts';
import type { Judged } from '../layers/evaluate-policies.ts';
import type { Scene } from '../layers/scene.ts';
import { matchesAction } from '../match/action.ts';
import { matchesArnPattern } from '../match/arn-pattern.ts';
import { describeResidual } from '../residual/describe.ts';
import { not } from '../residual/build.ts';
import { satisfiable } from '../residual/satisfiable.ts';
import { simplify } from '../residual/simplify.ts';
import type { Condition, PrincipalElement, Statement, StatementExplanation } from '../types.ts';
import { callerName, listOf } from './words.ts';

/** What a residual is worth, given what holds in every context. */
export interface Worth {
  isCertain(residual: Residual): boolean;
  isPossible(residual: Residual): boolean;
  readonly assumed: Residual;
}

export function toWorth(assumed: Residual): Worth {
  return {
    assumed,
    isCertain: (residual) => satisfiable(not(residual), assumed) === 'no',
    isPossible: (residual) => satisfiable(residual, assumed) !== 'no',
  };
}

/** Whether a statement applies, and why: what of it matches, or the element that fails first. */
export function explainStatement(judged: Judged, scene: Scene, worth: Worth): StatementExplanation {
  const { ref, statement, guard } = judged;
  const base = { statement: ref, effect: statement.effect };
  if (worth.isCertain(guard)) return { ...base, match: 'yes', because: describeMatch(statement, scene) };
  if (worth.isPossible(guard)) {
    const when = describeResidual(simplify(guard, worth.assumed), scene.question.knowledge.present);
    return { ...base, match: 'maybe', because: `it applies when ${when}` };
  }
  return { ...base, match: 'no', ...explainFailure(judged, scene, worth) };
}

function describeMatch(statement: Statement, scene: Scene): string {
  const { actions, notActions, resources, notResources, conditions } = statement;
  const action = actions
    ? `Action ${actions.find((pattern) => matchesAction(pattern, scene.action)) ?? ''}`
    : `NotAction ${listOf(notActions ?? [])}`;
  const resource = resources
    ? ` and Resource ${resources.find((pattern) => matchesArnPattern(pattern, scene.arn)) ?? listOf(resources)}`
    : notResources
      ? ` and NotResource ${listOf(notResources)}`
      : '';
  const held = conditions.map((condition) => `${describeCondition(condition)} (${describeState(condition, scene)})`);
  return `${action}${resource} match${held.length > 0 ? `, and so do ${held.join(' and ')}` : ''}`;
}

/** Which element of a statement fails first, in the order in which people read a statement. */
function explainFailure(
  { statement, version, match, naming }: Judged,
  scene: Scene,
  worth: Worth,
): Pick<StatementExplanation, 'failed' | 'because'> {
  const { actions, notActions, resources, notResources, principals, notPrincipals } = statement;
  if (!match.action) {
    const because = actions
      ? `it is about ${listOf(actions)}, not ${scene.action}`
      : `its NotAction ${listOf(notActions ?? [])} leaves ${scene.action} out`;
    return { failed: 'action', because };
  }
  if (naming && [naming.direct, naming.role, naming.account].every((form) => form.is === 'false')) {
    return { failed: 'principal', because: describePrincipals(principals, notPrincipals, scene) };
  }
  if (match.resource.is === 'false')
    return { failed: 'resource', because: describeResources(resources, notResources, scene) };
  const failing = statement.conditions.find(
    (condition) => !worth.isPossible(conditionToResidual(condition, version, scene.known)),
  );
  if (!failing) return { failed: 'condition', because: 'its conditions contradict each other' };
  return {
    failed: 'condition',
    because: `it asks for ${describeCondition(failing)}, and ${describeState(failing, scene)}`,
  };
}

function describePrincipals(
  principals: PrincipalElement | undefined,
  notPrincipals: PrincipalElement | undefined,
  scene: Scene,
): string {
  const caller = callerName(scene.question.request.principal);
  if (principals) return `it is about ${listOf(namesOf(principals))}, not ${caller}`;
  if (notPrincipals) return `its NotPrincipal ${listOf(namesOf(notPrincipals))} leaves ${caller} out`;
  return 'it names no principal';
}

function namesOf({ anyone, aws, service, federated, canonicalUser }: PrincipalElement): readonly string[] {
  return [...(anyone ? ['*'] : []), ...aws, ...service, ...federated, ...canonicalUser];
}

function describeResources(
  resources: readonly string[] | undefined,
  notResources: readonly string[] | undefined,
  { arn, wildcardOnly, action }: Scene,
): string {
  // RQ3
  const asked = wildcardOnly ? `\`*\`, the only resource that ${action} has` : arn;
  if (resources) return `it is about ${listOf(resources)}, not ${asked}`;
  if (notResources) return `its NotResource ${listOf(notResources)} leaves ${asked} out`;
  return 'it has no Resource';
}

function describeCondition({ spelling, key, values }: Condition): string {
  return `${key} ${spelling} ${listOf(values)}`;
}

function describeState({ key, operator }: Condition, { known }: Scene): string {
  if (operator === 'Unknown') return 'AWS has no such operator';
  const state = known.of(key);
  switch (state.is) {
    case 'known':
      return `the request has ${listOf([state.value].flat())}`;
    case 'absent':
      return 'the request does not have the key';
    case 'prefixed':
      return `the request has ${state.prefix} and the session's name`;
    case 'present':
    case 'unknown':
      return 'the value is open';
  }
}
