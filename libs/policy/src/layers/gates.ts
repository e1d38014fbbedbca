import type { Layer } from '@ag/model';
import { rcpServices } from '../services/rcp-services.ts';
import { isServiceLinkedRole } from '../services/sts.ts';
import type { Level } from '../types.ts';
import { type LayerResult, evaluatePolicies, evaluateWithPrincipals } from './evaluate-policies.ts';
import { type LayerView, exemptView, toGate, toView } from './layer-view.ts';
import type { Scene } from './scene.ts';

/**
 * The filters that must allow whatever the other policies say: SCPs and RCPs at every level (EV3), and the policy of the
 * endpoint that the request comes through (VP1).
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function evaluateGates(scene: Scene): readonly LayerView[] {
  return [...evaluateScps(scene), ...evaluateResourceGates(scene)];
}

/** The gates on the caller's side. */
export function evaluateScps(scene: Scene): readonly LayerView[] {
  return evaluateLevels(scene, 'scp', scene.question.policies.scp, scpExemption(scene));
}

/** The gates on the resource's side, and on the way there. */
export function evaluateResourceGates(scene: Scene): readonly LayerView[] {
  return [
    ...evaluateLevels(scene, 'rcp', scene.question.policies.rcp, rcpExemption(scene)),
    ...evaluateEndpoint(scene),
  ];
}

function evaluateLevels(
  scene: Scene,
  layer: 'scp' | 'rcp',
  levels: readonly Level[] | undefined,
  exemption: string | undefined,
): readonly LayerView[] {
  const unread = scene.readings(layer) !== undefined;
  if (!levels && !unread) return [];
  if (exemption !== undefined) return [exemptView(layer, exemption)];
  const judge = layer === 'scp' ? evaluatePolicies : evaluateWithPrincipals;
  if (!levels) return [toGate(toView(scene, layer))];
  return levels.map(({ policies, target }) => toGate(toView(scene, layer, judge(policies, scene), target)));
}

/** Why SCPs have no say (OR1, OR2, OR3, RQ7); `undefined` where they have. */
export function scpExemption({ subject, facts }: Pick<Scene, 'subject' | 'facts'>): string | undefined {
  if (facts.principal?.inManagementAccount) return 'SCPs do not affect the management account';
  if (facts.principal?.serviceLinkedRole) return 'SCPs do not affect service-linked roles';
  if (subject.account === undefined) return 'SCPs affect only principals of member accounts';
  return undefined;
}

/** Why RCPs have no say (OR6–OR9, OR11); `undefined` where they have. */
export function rcpExemption({
  facts,
  action,
  arn,
  service,
  wildcardOnly,
}: Pick<Scene, 'facts' | 'action' | 'arn' | 'service' | 'wildcardOnly'>): string | undefined {
  if (facts.resource?.inManagementAccount) return 'RCPs do not affect resources of the management account';
  if (facts.principal?.serviceLinkedRole) return 'RCPs do not affect service-linked roles';
  if (service === 'sts' && isServiceLinkedRole(arn)) return 'RCPs do not affect the assumption of service-linked roles';
  if (service === 'kms' && facts.kms?.keyManager === 'AWS') return 'RCPs do not affect AWS managed keys';
  if (/^kms:retiregrant$/i.test(action)) return 'RCPs do not affect kms:RetireGrant';
  if (!rcpServices.has(service)) return `RCPs do not reach ${service}`;
  if (wildcardOnly) return 'RCPs do not reach actions without a resource';
  return undefined;
}

function evaluateEndpoint(scene: Scene): readonly LayerView[] {
  const { endpoint } = scene.question.policies;
  const layer: Layer = 'endpoint';
  if (!endpoint) return scene.readings(layer) === undefined ? [] : [toGate(toView(scene, layer))];
  const gateway = scene.facts.vpcEndpoint?.type === 'Gateway';
  const result: LayerResult = evaluateWithPrincipals(endpoint, scene, { gateway });
  return [toGate(toView(scene, layer, result))];
}
