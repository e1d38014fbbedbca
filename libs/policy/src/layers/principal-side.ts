import type { Residual } from '@ag/model';
import { always, never } from '../residual/build.ts';
import type { Policy } from '../types.ts';
import { evaluatePolicies } from './evaluate-policies.ts';
import { type LayerView, emptyResult } from './layer-view.ts';
import type { Setting } from './setting.ts';

/** What the principal's own policies allow. Boundary and session policy only limit (EV6, EV17). */
export interface PrincipalSide {
  readonly identity: Residual;
  /** The boundary and the session policy, each true where there is none. */
  readonly limits: readonly [boundary: Residual, session: Residual];
  readonly views: readonly LayerView[];
}

export function principalSide(setting: Setting): PrincipalSide {
  const { question } = setting;
  const { policies, facts = {}, request } = question;
  const { kind } = request.principal;
  // RQ7, RQ8, ST3: services, strangers and providers have no policies of their own.
  if (!['root', 'user', 'role', 'session', 'federatedUser'].includes(kind)) {
    return { identity: never, limits: [always, always], views: [] };
  }
  const identity = limit(setting, 'identity', policies.identity);
  // RQ6: root needs no policy.
  const own: LayerView = kind === 'root' ? { ...identity, allow: always } : identity;
  // EV11: without a session policy a federated session has no permissions of its own.
  const needsSession = facts.principal?.credentials === 'federation-token' || kind === 'federatedUser';
  const boundary =
    policies.boundary || setting.isUnread('boundary') ? limit(setting, 'boundary', policies.boundary) : undefined;
  const session =
    policies.session || needsSession || setting.isUnread('session')
      ? limit(setting, 'session', policies.session)
      : undefined;
  return {
    identity: own.allow,
    limits: [boundary?.allow ?? always, session?.allow ?? always],
    views: [own, boundary, session].filter((view) => view !== undefined),
  };
}

function limit(
  setting: Setting,
  layer: 'identity' | 'boundary' | 'session',
  policies: readonly Policy[] | undefined,
): LayerView {
  const result = policies ? evaluatePolicies(policies, setting.scene) : emptyResult;
  return {
    layer,
    result,
    allow: setting.open(layer, result.allow),
    deny: setting.shut(layer, result.deny),
    blocks: never,
  };
}
