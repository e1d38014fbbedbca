import type { Residual } from '@ag/model';
import { all, any, never } from '../residual/build.ts';
import type { PrincipalSide } from './principal-side.ts';
import type { ResourceSide } from './resource-side.ts';

/** What is special about the service that decides. */
export interface Exceptions {
  /** EV5: role trust policies and key policies must themselves allow, also in the same account. */
  readonly resourceMustAllow: boolean;
  /** KM5: the action works across accounts. */
  readonly worksAcross: boolean;
}

/**
 * What both sides allow together, before the gates and denies (EV4–EV15).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function combine(
  principal: PrincipalSide,
  resource: ResourceSide,
  sameAccount: boolean,
  exceptions: Exceptions,
): Residual {
  if (!principal.hasIdentity) return anyForm(resource);
  if (sameAccount) return withinAccount(principal, resource, exceptions);
  return exceptions.worksAcross ? acrossAccounts(principal, resource) : never;
}

/**
 * In one account the two sides are a union. A resource that names the user, the session or everyone needs nothing more
 * (EV7, EV9, EV10, EV15); one that names the role is still limited by boundary and session policy (EV8, EV11); one that
 * names the account only lets the account's own policies decide (EV14), which matters where the resource must allow (EV5).
 */
function withinAccount(
  { identity, limits }: PrincipalSide,
  { direct, role, account }: ResourceSide,
  { resourceMustAllow }: Exceptions,
): Residual {
  const own = resourceMustAllow ? all([account, identity]) : identity;
  return any([direct, all([any([own, role]), limits])]);
}

/** Across accounts both must allow, and boundary and session policy always limit (EV12, EV13). */
function acrossAccounts({ identity, limits }: PrincipalSide, resource: ResourceSide): Residual {
  return all([identity, limits, anyForm(resource)]);
}

/** What the resource's side allows, however it names the caller. */
export function anyForm({ direct, role, account }: ResourceSide): Residual {
  return any([direct, role, account]);
}
