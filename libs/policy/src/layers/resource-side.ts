import type { Layer, Residual } from '@ag/model';
import { all, always, any, constant, never } from '../residual/build.ts';
import { grantAllows } from '../services/kms.ts';
import { findAclGrant, policyReachesObject } from '../services/s3-acl.ts';
import { isPublicPolicy } from '../services/s3-public.ts';
import type { AclGrant } from '../types.ts';
import { type LayerResult, allowBy, evaluateWithPrincipals } from './evaluate-policies.ts';
import { type LayerView, emptyResult } from './layer-view.ts';
import type { Setting } from './setting.ts';

/** What the resource's side allows, by how it names the caller (EV7–EV14), and what is beside its policy. */
export interface ResourceSide {
  readonly layer: Layer;
  /** By the policy, for the caller itself; or by a KMS grant or an ACL. */
  readonly direct: Residual;
  readonly role: Residual;
  readonly account: Residual;
  /** By KMS grants alone. */
  readonly grant: Residual;
  readonly acl: AclGrant | undefined;
  readonly accessPoint: LayerResult | undefined;
  readonly views: readonly LayerView[];
}

export function resourceSide(setting: Setting): ResourceSide {
  const { question, scene, service } = setting;
  const { policies, facts = {}, request } = question;
  const layer: Layer = policies.resource?.kind === 'trust' || isAssume(request.action) ? 'trust' : 'resource';
  const result = resourceResult(setting);
  // S33: the bucket's policy gives nothing on an object of another account, and can still deny it.
  const reaches = policyReachesObject(facts, request.resource.account ?? setting.owner);
  const by = (form: 'direct' | 'role' | 'account') => (reaches ? allowBy(result, form) : never);
  const [named, role, account] = [by('direct'), by('role'), by('account')];
  const policyAllow = setting.open(layer, any([named, role, account]));

  const grants =
    service === 'kms' ? grantAllows(request.action, facts.kms?.grants ?? [], scene.subject, scene.known) : never;
  const grant = service === 'kms' ? openExtra(setting, 'grant', grants) : never;
  const acl = findAclGrant(request.action, facts, scene.subject);
  const aclAllow = service === 's3' ? openExtra(setting, 'acl', constant(acl !== undefined)) : never;
  const direct = any([setting.isUnread(layer) ? policyAllow : named, grant, aclAllow]);

  const views: LayerView[] = [];
  if (policies.resource || setting.isUnread(layer)) {
    views.push({ layer, result, allow: policyAllow, deny: setting.shut(layer, result.deny), blocks: never });
  }
  const point = policies.accessPoint ? evaluateWithPrincipals([policies.accessPoint], scene) : undefined;
  if (point) views.push({ layer: 'accessPoint', result: point, allow: point.allow, deny: point.deny, blocks: never });
  if (grant.is !== 'false') views.push(extraView('grant', grant));
  if (aclAllow.is !== 'false') views.push(extraView('acl', aclAllow));
  const cut = cutOff(setting);
  if (cut.is !== 'false') {
    views.push({ layer: 'publicAccessBlock', result: emptyResult, allow: never, deny: cut, blocks: never });
  }
  return { layer, direct, role, account, grant, acl, accessPoint: point, views };
}

/** Whether the action is one that a trust policy decides (ST1, ST3–ST5). */
export function isAssume(action: string): boolean {
  return /^sts:(assumerole\w*|tagsession|setsourceidentity)$/i.test(action);
}

function resourceResult({ question: { policies, facts = {} }, scene }: Setting): LayerResult {
  if (!policies.resource) return emptyResult;
  const behind = facts.s3?.accessPoint?.bucketObjectArn;
  // S34: behind an access point the bucket is asked about its own object.
  const asked = policies.accessPoint && behind !== undefined ? { ...scene.asked, arn: behind } : scene.asked;
  return evaluateWithPrincipals([policies.resource], { ...scene, asked });
}

// Grants and ACLs only ever allow: unread, they may allow and cannot deny.
function openExtra(setting: Setting, layer: 'grant' | 'acl', known: Residual): Residual {
  return setting.isUnread(layer) ? any([known, setting.open(layer, known)]) : known;
}

function extraView(layer: 'grant' | 'acl', allow: Residual): LayerView {
  return { layer, result: emptyResult, allow, deny: never, blocks: never };
}

// S31: under RestrictPublicBuckets a public policy leaves only services and the owner's account.
function cutOff(setting: Setting): Residual {
  const { question, scene, owner } = setting;
  const { policies, facts = {} } = question;
  const { subject } = scene;
  if (subject.principal.kind === 'service' || (subject.account !== undefined && subject.account === owner))
    return never;
  if (!policies.resource || !isPublicPolicy(policies.resource)) return never;
  const { account, bucket } = facts.s3?.publicAccessBlock ?? {};
  const restricted = account?.restrictPublicBuckets === true || bucket?.restrictPublicBuckets === true;
  return restricted ? always : setting.shut('publicAccessBlock', never);
}

/** Through an access point its own policy and the bucket's must both allow (S34). */
export function throughAccessPoint(
  side: ResourceSide,
  point: LayerResult,
  principal: { readonly identity: Residual; readonly limits: readonly Residual[]; readonly sameAccount: boolean },
): Residual {
  const { identity, limits, sameAccount } = principal;
  const bucket = any([side.direct, side.role, side.account]);
  if (!sameAccount) return all([point.allow, bucket, identity, ...limits]);
  const ofPoint = any([allowBy(point, 'direct'), all([any([identity, allowBy(point, 'role')]), ...limits])]);
  return all([ofPoint, any([bucket, all([identity, ...limits])])]);
}
