import { type Grant, type Residual, findArn } from '@ag/model';
import { all, always, any, never, not } from '../residual/build.ts';
import { worksAcrossAccounts } from '../services/kms.ts';
import { granteeName } from '../services/s3-acl.ts';
import type { Question } from '../types.ts';
import { gates } from './gates.ts';
import { type LayerView, emptyResult } from './layer-view.ts';
import { type PrincipalSide, principalSide } from './principal-side.ts';
import { type ResourceSide, isAssume, resourceSide, throughAccessPoint } from './resource-side.ts';
import { type Assumed, type Setting, toSetting } from './setting.ts';

/** A request judged by every layer: allowed under one residual, unless denied under the other. */
export interface Evaluation {
  readonly layers: readonly LayerView[];
  readonly allowed: Residual;
  readonly denied: Residual;
  readonly grants: readonly { readonly grant: Grant; readonly guard: Residual }[];
}

/**
 * Judges one request by all layers (EV1–EV17). `assumed` is what unread layers are taken to do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(question: Question, assumed: Assumed = 'best'): Evaluation {
  // ST9: who one is may always be asked.
  if (/^sts:getcalleridentity$/i.test(question.request.action)) {
    return { layers: [], allowed: always, denied: never, grants: [] };
  }
  const setting = toSetting(question, assumed);
  const limits = gates(setting);
  const own = principalSide(setting);
  const side = resourceSide(setting);
  const access = accessOf(setting, own, side);
  const layers = [...limits, ...withMissing(setting, own, side, access)];
  return {
    layers,
    allowed: all([access, ...limits.map(({ allow }) => allow)]),
    denied: any(layers.map(({ deny }) => deny)),
    grants: grantsOf(setting, layers, side),
  };
}

/** What principal and resource allow together, before SCPs, RCPs and endpoints. */
function accessOf(setting: Setting, { identity, limits, views }: PrincipalSide, side: ResourceSide): Residual {
  const { question, service, sameAccount } = setting;
  const { action, resource, wildcardOnlyAction } = question.request;
  const { direct, role, account } = side;
  // KM4: retiring a grant is for those whom the grant names.
  if (/^kms:retiregrant$/i.test(action)) return side.grant;
  if (side.accessPoint) return throughAccessPoint(side, side.accessPoint, { identity, limits, sameAccount });
  // RQ7, RQ8, ST3: without policies of its own, the resource's side alone decides.
  if (views.length === 0) return any([direct, role, account]);
  if (sameAccount || resource.arn === '*' || wildcardOnlyAction === true) {
    // EV5: trust and key policies must let the account's own policies count. Elsewhere either side suffices (EV4).
    const within = mustAllow(setting) ? any([role, all([account, identity])]) : any([identity, role]);
    // EV7–EV9: named itself, a caller is not limited by boundary and session policy; named by its role, it is.
    return any([direct, all([within, ...limits])]);
  }
  // KM5: the other key actions do not work across accounts.
  if (service === 'kms' && !worksAcrossAccounts(action)) return never;
  // EV12: across accounts both sides must allow.
  return all([identity, ...limits, any([direct, role, account])]);
}

// EV5, KM1: no access to a key or a role without its own policy.
function mustAllow({ question, service }: Setting): boolean {
  const { action, resource } = question.request;
  if (service === 'kms') return findArn(resource.arn)?.resource.startsWith('key/') ?? false;
  return isAssume(action) && resource.arn !== '*';
}

/** The layers of both sides; those whose allow is missing are said to block. */
function withMissing(setting: Setting, own: PrincipalSide, side: ResourceSide, access: Residual): readonly LayerView[] {
  const views = [...own.views, ...side.views];
  if (access.is === 'true') return views;
  const [boundary, session] = own.limits;
  const resource = any([side.direct, side.role, side.account]);
  const resourceDecides = !setting.sameAccount || mustAllow(setting) || own.views.length === 0;
  const missing = new Map<LayerView['layer'], Residual>([
    ['boundary', not(boundary)],
    ['session', not(session)],
  ]);
  if (own.views.length > 0 && !(mustAllow(setting) && setting.sameAccount && side.account.is === 'false')) {
    missing.set('identity', not(own.identity));
  }
  if (resourceDecides) missing.set(side.layer, not(resource));
  const seen = new Set(views.map(({ layer }) => layer));
  return [
    ...views.map((view) => ({ ...view, blocks: missing.get(view.layer) ?? view.blocks })),
    ...[...missing].flatMap(([layer, blocks]): readonly LayerView[] =>
      seen.has(layer) || blocks.is === 'false'
        ? []
        : [{ layer, result: emptyResult, allow: not(blocks), deny: never, blocks }],
    ),
  ];
}

function grantsOf(
  { scene }: Setting,
  layers: readonly LayerView[],
  { grant, acl }: ResourceSide,
): Evaluation['grants'] {
  const { subject } = scene;
  const statements = layers
    .filter(({ layer }) => ['identity', 'resource', 'trust', 'accessPoint'].includes(layer))
    .flatMap(({ result }) => result.statements)
    .filter(({ statement, guard }) => statement.effect === 'Allow' && guard.is !== 'false')
    .map(({ ref, guard }) => ({ grant: { by: 'statement', statement: ref } as const, guard }));
  const [grantee = ''] = [...subject.self, ...subject.behind];
  return [
    ...statements,
    ...(grant.is === 'false' ? [] : [{ grant: { by: 'kmsGrant', grantee } as const, guard: grant }]),
    ...(acl ? [{ grant: { by: 'acl', grantee: granteeName(acl) } as const, guard: always }] : []),
    ...(subject.principal.kind === 'root' ? [{ grant: { by: 'rootUser' } as const, guard: always }] : []),
  ];
}
