import type { Layer, Residual } from '@ag/model';
import { all, always, any, never, not } from '../residual/build.ts';
import { decidesItself, worksAcrossAccounts } from '../services/kms.ts';
import { retireGrant } from '../services/kms-retire.ts';
import { bucketBehind } from '../services/bucket-behind.ts';
import { throughAccessPoint } from '../services/s3-access-point.ts';
import { blockView } from '../services/s3-public.ts';
import { serviceViews } from '../services/refusals.ts';
import { isTrustAction, needsNoPermission } from '../services/sts.ts';
import type { Question } from '../types.ts';
import { unmodelledAllows } from '../unmodelled.ts';
import { type Exceptions, combine } from './combine.ts';
import type { Doubt } from './evaluate-policies.ts';
import { evaluateGates } from './gates.ts';
import { type GuardedGrant, toGrants } from './grants.ts';
import type { LayerView } from './layer-view.ts';
import { markMissing } from './missing.ts';
import { type PrincipalSide, evaluatePrincipalSide } from './principal-side.ts';
import { type ResourceSide, evaluateResourceSide } from './resource-side.ts';
import { type Scene, toScene } from './scene.ts';

/** A request judged by every layer. */
export interface Evaluation {
  readonly scene: Scene;
  readonly layers: readonly LayerView[];
  /** What both sides and every gate allow; a deny still takes it away. */
  readonly allowed: Residual;
  readonly denied: Residual;
  readonly grants: readonly GuardedGrant[];
  /** Denies that nobody can tell the meaning of (CL6). */
  readonly doubts: readonly Doubt[];
}

/**
 * Judges one request by all layers (EV1–EV17). Unread layers are taken at their best, but for the one named `worst`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(question: Question, worst?: Layer): Evaluation {
  const scene = toScene(question, worst);
  if (needsNoPermission(scene)) return { scene, layers: [], allowed: always, denied: never, grants: [], doubts: [] };
  const gates = evaluateGates(scene);
  const principal = evaluatePrincipalSide(scene);
  const behind = bucketBehind(scene.facts, scene.arn);
  if (behind) {
    const { access, views } = throughAccessPoint(scene, principal, behind);
    return toEvaluation(scene, principal, [...gates, ...principal.views, ...views], access);
  }
  const resource = evaluateResourceSide(scene);
  const exceptions = exceptionsOf(scene);
  const access = accessOf(scene, principal, resource, exceptions);
  const sides = markMissing(
    [...principal.views, ...resource.views],
    { principal, resource, access },
    scene.sameAccount,
    exceptions,
  );
  return toEvaluation(scene, principal, [...gates, ...sides], access);
}

function accessOf(scene: Scene, principal: PrincipalSide, resource: ResourceSide, exceptions: Exceptions): Residual {
  return retireGrant(scene, principal) ?? combine(principal, resource, scene.sameAccount, exceptions);
}

/** What is special about the service that a request is to. */
export function exceptionsOf(scene: Scene): Exceptions {
  return {
    resourceMustAllow: decidesItself(scene) || (isTrustAction(scene.action) && !scene.wildcardOnly),
    worksAcross: scene.service !== 'kms' || worksAcrossAccounts(scene.action),
  };
}

function toEvaluation(
  scene: Scene,
  principal: PrincipalSide,
  layers: readonly LayerView[],
  access: Residual,
): Evaluation {
  const block = blockView(scene);
  const views = [...layers, ...(block ? [block] : []), ...serviceViews(scene)];
  const gates = views.filter(({ layer }) => isGate(layer)).map(({ blocks }) => not(blocks));
  return {
    scene,
    layers: views,
    allowed: all([any([access, beyondModel(scene, principal)]), ...gates]),
    denied: any(views.map(({ deny }) => deny)),
    grants: toGrants(scene, views),
    doubts: views.flatMap(({ result }) => result.doubts),
  };
}

/** What the engine does not model may allow where everything that it models is silent. */
function beyondModel(scene: Scene, { identity, limits }: PrincipalSide): Residual {
  switch (reachBeyondModel(scene)) {
    case 'everything':
      return always;
    case 'resource':
      return all([identity, limits]);
    case 'nothing':
      return never;
  }
}

/** How much of that a reading takes for allowed. */
export function reachBeyondModel(scene: Scene): ReturnType<typeof unmodelledAllows> {
  return scene.readings('service') === 'best' ? unmodelledAllows(scene.question, scene.unmodelled) : 'nothing';
}

/** Whether a layer must allow, whatever the others say. */
export function isGate(layer: Layer): boolean {
  return layer === 'scp' || layer === 'rcp' || layer === 'endpoint' || layer === 'service';
}
