import type { Layer, Residual } from '@ag/model';
import { all, always, any, constant, never } from '../residual/build.ts';
import { isRetireGrant } from '../services/kms-retire.ts';
import { grantSide } from '../services/kms.ts';
import { aclView, delegatesByAcl, policyReachesObject } from '../services/s3-acl.ts';
import { isTrustAction } from '../services/sts.ts';
import type { Policy } from '../types.ts';
import { allowBy, evaluateWithPrincipals } from './evaluate-policies.ts';
import { type LayerView, exemptView, toView } from './layer-view.ts';
import type { Scene } from './scene.ts';

/** What the resource's account says, by the way in which it names the caller. */
export interface ResourceSide {
  readonly layer: Layer;
  readonly direct: Residual;
  readonly role: Residual;
  readonly account: Residual;
  readonly views: readonly LayerView[];
}

/** Judges the resource's policy and what grants beside it: KMS grants (KM3) and S3 ACLs (S33). */
export function evaluateResourceSide(scene: Scene): ResourceSide {
  const layer = scene.question.policies.resource?.kind ?? (isTrustAction(scene.action) ? 'trust' : 'resource');
  const policy = isRetireGrant(scene.action)
    ? { ...silent(layer), views: [exemptView(layer, 'a key policy has no say about retiring grants')] }
    : evaluateOwn(scene, scene.question.policies.resource, layer);
  const grants = grantSide(scene);
  const acls = aclView(scene);
  if (!grants && !acls) return policy;
  const byAccount = delegatesByAcl(scene);
  const byAcl = acls?.allow ?? never;
  return {
    ...policy,
    direct: any([policy.direct, grants?.naming.direct ?? never, byAccount ? never : byAcl]),
    role: any([policy.role, grants?.naming.role ?? never]),
    account: any([policy.account, grants?.naming.account ?? never, byAccount ? byAcl : never]),
    views: [...policy.views, ...(grants ? [grants.view] : []), ...(acls ? [acls] : [])],
  };
}

function silent(layer: Layer): ResourceSide {
  return { layer, direct: never, role: never, account: never, views: [] };
}

/** Judges one policy of a resource. */
export function evaluateOwn(scene: Scene, policy: Policy | undefined, layer: Layer): ResourceSide {
  const reading = scene.readings(layer);
  const nothing = silent(layer);
  if (!policy) {
    if (reading === undefined) return nothing;
    return { ...nothing, direct: constant(reading === 'best'), views: [toView(scene, layer)] };
  }
  const result = evaluateWithPrincipals([policy], scene);
  // S33: a bucket's policy lets nobody read an object that another account owns, though it can still deny.
  const reaches = constant(policyReachesObject(scene));
  return {
    layer,
    direct: reading === 'best' ? always : all([reaches, allowBy(result, 'direct')]),
    role: all([reaches, allowBy(result, 'role')]),
    account: all([reaches, allowBy(result, 'account')]),
    views: [toView(scene, layer, { ...result, allow: all([reaches, result.allow]) })],
  };
}
