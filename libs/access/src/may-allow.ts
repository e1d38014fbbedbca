import { matchesAction, type Policy } from '@ag/policy';
import type { Inventory } from './inventory.ts';
import { remember } from './inventory.ts';
import type { PrincipalRecord } from './principals.ts';
import { textOf } from './properties.ts';
import { type AllowedActions, allowedActions } from './statements.ts';
import type { Target } from './target.ts';

/** Answers at once for requests that nothing allows, so that only the others are evaluated. */
export interface AllowFilter {
  /** Whether any layer holds an Allow for the action, or could hold one; `false` proves a denial. */
  mayAllow(principal: PrincipalRecord, target: Target): boolean;
  /** The same of the principal's own policies alone. */
  identityMayAllow(principal: PrincipalRecord, action: string): boolean;
}

export function allowFilter(inventory: Inventory): AllowFilter {
  const identityActions = remember((policy: string) =>
    toMatcher(allowedActions(textOf(inventory.data.nodes.get(policy), 'document'))),
  );
  const attachedActions = remember((policy: Policy) => ofPolicy(policy));

  function identityMayAllow(principal: PrincipalRecord, action: string): boolean {
    const { kind } = principal.principal;
    // The root user needs no policy (RQ6), and what is unread may hold an Allow.
    if (kind !== 'user' && kind !== 'role' && kind !== 'session') return true;
    if (isFree(action)) return true;
    if (principal.external !== undefined || principal.unread.some(({ layer }) => layer === 'identity')) return true;
    return principal.identity.some((policy) => identityActions(policy.id)(action));
  }

  function resourceMayAllow(target: Target): boolean {
    const { record, unread, action } = target;
    if (unread.length > 0) return true;
    if (!record) return false;
    if (record.service.s3?.bucketAcl?.length || record.service.kms?.grants?.length) return true;
    return [record.policy, record.accessPoint].some((policy) => policy && attachedActions(policy)(action.name));
  }

  return {
    identityMayAllow,
    mayAllow: (principal, target) => resourceMayAllow(target) || identityMayAllow(principal, target.action.name),
  };
}

/** Needs no permission, and cannot be denied (ST9). */
function isFree(action: string): boolean {
  return action.toLowerCase() === 'sts:getcalleridentity';
}

/** A policy that was put together of several has no text of its own. */
function ofPolicy({ document: { statements } }: Policy): (action: string) => boolean {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  return toMatcher({
    actions: allows.flatMap(({ actions }) => actions ?? []),
    exceptActions: allows.flatMap(({ notActions }) => (notActions ? [notActions] : [])),
  });
}

function toMatcher(allowed: AllowedActions): (action: string) => boolean {
  return remember(
    (action: string) =>
      allowed.actions.some((pattern) => matchesAction(pattern, action)) ||
      allowed.exceptActions.some((patterns) => !patterns.some((pattern) => matchesAction(pattern, action))),
  );
}
