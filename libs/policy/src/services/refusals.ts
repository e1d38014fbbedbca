import type { Residual } from '@ag/model';
import { type LayerView, emptyResult, toView } from '../layers/layer-view.ts';
import type { Scene } from '../layers/scene.ts';
import { always, never, not } from '../residual/build.ts';
import { unmodelledDenies } from '../unmodelled.ts';
import { iamRefusal } from './iam-protected.ts';
import { vpcOriginLimit } from './s3-access-point.ts';
import { credentialLimit, federationLimit, passRoleLimit, rootLimit, serviceLinkedLimit } from './sts.ts';

/** What the service itself refuses, whatever policies say, and what it does that the engine does not model. */
export function serviceViews(scene: Scene): readonly LayerView[] {
  const reason = iamRefusal(scene.action, scene.arn);
  const limits = [
    ...(reason === undefined ? [] : [{ because: reason, unless: never }]),
    passRoleLimit(scene),
    credentialLimit(scene),
    federationLimit(scene),
    rootLimit(scene),
    serviceLinkedLimit(scene),
    vpcOriginLimit(scene),
  ];
  const views = limits.flatMap((limit) => (limit ? [refusal(limit.because, limit.unless)] : []));
  if (scene.readings('service') !== 'worst' || !unmodelledDenies(scene.question, scene.unmodelled)) return views;
  return [...views, { ...toView(scene, 'service'), deny: always }];
}

function refusal(because: string, unless: Residual): LayerView {
  return { layer: 'service', result: emptyResult, allow: unless, deny: never, blocks: not(unless), because };
}
