import type { Residual } from '@ag/model';
import { all, always, never } from '../residual/build.ts';
import { evaluatePolicies } from './evaluate-policies.ts';
import { type LayerView, emptyResult, toView } from './layer-view.ts';
import type { Scene } from './scene.ts';

/** What the caller's own account says. */
export interface PrincipalSide {
  /** `false` for services, identity providers' users and anonymous callers: only the resource's side counts (RQ7, RQ8, ST3). */
  readonly hasIdentity: boolean;
  readonly identity: Residual;
  /** What boundary and session policy leave (EV6). */
  readonly limits: Residual;
  readonly views: readonly LayerView[];
}

/** Judges identity policies, boundary and session policy (RQ4, EV6, EV17). */
export function evaluatePrincipalSide(scene: Scene): PrincipalSide {
  const { policies } = scene.question;
  if (scene.subject.account === undefined) return { hasIdentity: false, identity: never, limits: always, views: [] };
  const identity = identityView(scene);
  const boundary =
    policies.boundary || scene.readings('boundary')
      ? [toView(scene, 'boundary', policies.boundary && evaluatePolicies(policies.boundary, scene))]
      : [];
  const session = sessionView(scene);
  const limits = [...boundary, ...(session ? [session] : [])];
  return {
    hasIdentity: true,
    identity: identity.allow,
    limits: all(limits.map(({ allow }) => allow)),
    views: [identity, ...limits],
  };
}

function identityView(scene: Scene): LayerView {
  const view = toView(scene, 'identity', evaluatePolicies(scene.question.policies.identity, scene));
  if (scene.subject.principal.kind !== 'root') return view;
  // RQ6
  return { ...view, allow: always, because: 'the root user needs no policy in its own account' };
}

function sessionView(scene: Scene): LayerView | undefined {
  const { session } = scene.question.policies;
  if (session || scene.readings('session'))
    return toView(scene, 'session', session && evaluatePolicies(session, scene));
  if (!isFederated(scene)) return undefined;
  // EV11: a federated user has no identity permissions but those that its session policy passes on.
  return { ...toView(scene, 'session', emptyResult), because: 'no session policy was passed' };
}

/** Whether the credentials come from GetFederationToken. */
export function isFederated({ subject, facts }: Pick<Scene, 'subject' | 'facts'>): boolean {
  return subject.principal.kind === 'federatedUser' || facts.principal?.credentials === 'federation-token';
}
