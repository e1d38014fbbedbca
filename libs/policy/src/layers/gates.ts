import type { Residual } from '@ag/model';
import { conditionToResidual } from '../condition/to-residual.ts';
import { escapePattern } from '../match/pattern.ts';
import { never, not } from '../residual/build.ts';
import { refusedByService } from '../services/refusals.ts';
import { rcpServices } from '../services/rcp-services.ts';
import type { Level } from '../types.ts';
import { type LayerResult, allowBy, evaluatePolicies, evaluateWithPrincipals } from './evaluate-policies.ts';
import { type LayerView, emptyResult } from './layer-view.ts';
import type { Setting } from './setting.ts';

/** Layers that must each allow, whatever else allows: SCP and RCP per level (EV3), the endpoint (VP1), the service itself. */
export function gates(setting: Setting): readonly LayerView[] {
  const { question, scene } = setting;
  const { policies, facts = {} } = question;
  const views: LayerView[] = [];
  if (isUnderScp(setting)) {
    views.push(...levels(setting, 'scp', policies.scp, (level) => evaluatePolicies(level.policies, scene)));
  }
  if (isUnderRcp(setting)) {
    views.push(...levels(setting, 'rcp', policies.rcp, (level) => evaluateWithPrincipals(level.policies, scene)));
  }
  if (policies.endpoint || setting.isUnread('endpoint')) {
    const result = policies.endpoint ? evaluateWithPrincipals(policies.endpoint, scene) : emptyResult;
    views.push(gate(setting, 'endpoint', result, endpointAllow(setting, result)));
  }
  const point = facts.s3?.accessPoint;
  if (point?.networkOrigin === 'VPC' && point.vpcId !== undefined) {
    views.push(gate(setting, 'service', emptyResult, comesFromVpc(setting, point.vpcId)));
  }
  const refused = refusedByService(setting);
  if (refused.is !== 'false' || setting.isUnread('service')) {
    views.push(gate(setting, 'service', emptyResult, not(refused)));
  }
  return views;
}

function levels(
  setting: Setting,
  layer: 'scp' | 'rcp',
  all: readonly Level[] | undefined,
  evaluate: (level: Level) => LayerResult,
): readonly LayerView[] {
  if (!all) return setting.isUnread(layer) ? [gate(setting, layer, emptyResult, never)] : [];
  return all.map((level) => {
    const result = evaluate(level);
    return { ...gate(setting, layer, result, result.allow), target: level.target };
  });
}

function gate(setting: Setting, layer: LayerView['layer'], result: LayerResult, allow: Residual): LayerView {
  const opened = setting.open(layer, allow);
  return { layer, result, allow: opened, deny: setting.shut(layer, result.deny), blocks: not(opened) };
}

// OR1, OR2, RQ7: neither the management account, nor service-linked roles, nor services.
function isUnderScp({ question: { request, facts = {} } }: Setting): boolean {
  if (facts.principal?.inManagementAccount || facts.principal?.serviceLinkedRole) return false;
  return ['root', 'user', 'role', 'session', 'federatedUser'].includes(request.principal.kind);
}

// OR6–OR9, OR11: resources of member accounts, of services that support RCPs.
function isUnderRcp({ question: { request, facts = {} }, service }: Setting): boolean {
  const { action, resource } = request;
  if (facts.resource?.inManagementAccount || facts.principal?.serviceLinkedRole) return false;
  if (facts.kms?.keyManager === 'AWS' || /^kms:retiregrant$/i.test(action)) return false;
  if (service === 'sts' && /:role\/aws-service-role\//.test(resource.arn)) return false;
  return rcpServices.has(service) && request.wildcardOnlyAction !== true;
}

// VP2: in a gateway endpoint's policy an account means its root user.
function endpointAllow({ question: { facts = {} }, scene }: Setting, result: LayerResult): Residual {
  if (facts.vpcEndpoint?.type !== 'Gateway' || scene.subject.principal.kind === 'root') return result.allow;
  return allowBy(result, 'direct');
}

// An access point of a VPC refuses requests from anywhere else.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
function comesFromVpc({ scene }: Setting, vpc: string): Residual {
  const condition = {
    operator: 'StringEquals',
    negated: false,
    ifExists: false,
    key: 'aws:SourceVpc',
    values: [escapePattern(vpc)],
    spelling: 'StringEquals',
  };
  return conditionToResidual(condition, '2012-10-17', scene.known);
}
