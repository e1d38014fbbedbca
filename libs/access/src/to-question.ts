import type { Decision, Principal, Unknown } from '@ag/model';
import {
  type Context,
  decide,
  deriveKnowledge,
  describeResidual,
  type Facts,
  type Knowledge,
  type PolicySet,
  type Question,
} from '@ag/policy';
import type { Inventory } from './inventory.ts';
import type { PrincipalRecord } from './principals.ts';
import type { Target } from './target.ts';
import { decideWithUnreadFacts } from './unread-facts.ts';

/** One principal's request as the evaluator takes it, with every layer that applies. */
export function toQuestion(
  inventory: Inventory,
  principal: PrincipalRecord,
  target: Target,
  supplied?: Context,
): Question {
  const account = target.arn === '*' ? principal.account?.id : target.account;
  return {
    request: {
      principal: callerOf(principal),
      action: target.action.name,
      resource: { arn: target.arn, ...(account !== undefined && { account }) },
      ...(target.action.wildcardOnly && { wildcardOnlyAction: true }),
    },
    policies: toPolicySet(inventory, principal, target),
    facts: toFacts(inventory, principal, target),
    knowledge: toKnowledge(principal, target, supplied),
  };
}

/** What the context of a request takes from its target. */
export interface AskedTarget extends Pick<Target, 'arn' | 'account' | 'record'> {
  readonly action: Pick<Target['action'], 'name'>;
}

/** What is known of the request's context. */
export function toKnowledge(
  principal: PrincipalRecord,
  { action, arn, account: owner, record }: AskedTarget,
  supplied?: Context,
): Knowledge {
  const account = arn === '*' ? principal.account?.id : owner;
  return deriveKnowledge({
    principal: principal.facts,
    action: action.name,
    resource: { ...record?.facts, arn, ...(account !== undefined && { account }) },
    ...(supplied && { supplied }),
  });
}

// An account that nobody collected stands for its users and roles, not for its root user, who can do less (it assumes no role).
/** Who makes the request. */
export function callerOf({ principal, external }: PrincipalRecord): Principal {
  if (external !== 'account' || principal.kind !== 'root') return principal;
  return { kind: 'user', arn: principal.arn.replace(/:root$/, ':user/any'), account: principal.account };
}

/** A denial by AWS itself, whatever policies say. */
export const refused: Decision = { outcome: 'implicitlyDenied', at: ['service'], mayBeDeniedBy: [] };

/** Why a request fails before any policy is looked at; `undefined` where policies decide. */
export function refusal(principal: PrincipalRecord, target: Target): string | undefined {
  if (principal.missingSince !== undefined) {
    return `\`${principal.ref.id}\` was not there any more at ${principal.missingSince}, so it is granted nothing`;
  }
  if (target.record?.missingSince !== undefined) {
    return `\`${target.record.node.id}\` was not there any more at ${target.record.missingSince}`;
  }
  return undefined;
}

/** What AWS would answer to a principal's request. */
export function decideFor(
  inventory: Inventory,
  principal: PrincipalRecord,
  target: Target,
  supplied?: Context,
): Decision {
  if (refusal(principal, target) !== undefined) return refused;
  const question = toQuestion(inventory, principal, target, supplied);
  return withExternal(principal, decideWithUnreadFacts(question, decide));
}

function toPolicySet(inventory: Inventory, principal: PrincipalRecord, target: Target): PolicySet {
  const owner = target.account === undefined ? undefined : inventory.account(target.account);
  const scp = principal.account?.scp;
  const rcp = owner?.rcp;
  const unread = [
    ...principal.unread,
    ...target.unread.filter((one) => concerns(one, principal, target)),
    ...unreadRcp(inventory, principal, target),
  ];
  return {
    identity: principal.identity,
    ...(principal.boundary && { boundary: principal.boundary }),
    ...(scp && { scp }),
    ...(rcp && { rcp }),
    ...(target.record?.policy && { resource: target.record.policy }),
    ...(target.record?.accessPoint && { accessPoint: target.record.accessPoint }),
    ...(unread.length > 0 && { unread }),
  };
}

/** A public access block can only take away, from others than the owner, what a public policy or ACL gives (S31). */
function concerns({ layer }: Unknown, principal: PrincipalRecord, { record, account }: Target): boolean {
  if (layer !== 'publicAccessBlock' || !record) return true;
  if (principal.account !== undefined && principal.account.id === account) return false;
  const acl = record.service.s3?.bucketAcl ?? [];
  return record.named.anyone || acl.length > 0 || record.unread.some((one) => one.layer === 'resource');
}

/** RCPs that nobody could read matter only where an RCP could have a say (OR6, OR7, OR9). */
function unreadRcp(inventory: Inventory, principal: PrincipalRecord, target: Target): readonly Unknown[] {
  if (target.account === undefined || principal.serviceLinked) return [];
  const owner = inventory.account(target.account);
  if (owner.management || !inventory.catalogue.rcpServices.has(target.action.service)) return [];
  return owner.unread.filter(({ layer }) => layer === 'rcp');
}

function toFacts(inventory: Inventory, principal: PrincipalRecord, target: Target): Facts {
  const owner = target.account === undefined ? undefined : inventory.account(target.account);
  const canonicalUserId = principal.account && inventory.canonicalId(principal.account.id);
  const { uniqueId, tags } = principal.facts;
  return {
    principal: {
      ...(uniqueId !== undefined && { uniqueId }),
      ...(tags && { tags }),
      ...(canonicalUserId !== undefined && { canonicalUserId }),
      serviceLinkedRole: principal.serviceLinked,
      inManagementAccount: principal.account?.management ?? false,
    },
    resource: { inManagementAccount: owner?.management ?? false },
    ...target.record?.service,
  };
}

/**
 * A principal that a policy of ours names in an account nobody collected: its own account must allow it as well (EV12), and
 * nobody knows. An account that is named may use what it was given, so there our side is the answer (EV14).
 */
function withExternal(principal: PrincipalRecord, decision: Decision): Decision {
  if (principal.external !== 'principal') return decision;
  if (decision.outcome !== 'allowed' && decision.outcome !== 'conditional') return decision;
  const when = decision.outcome === 'conditional' ? `; our side allows when ${describeResidual(decision.when)}` : '';
  const reason = `account ${principal.ref.account ?? ''} was not collected, and its own policies must allow as well${when}`;
  return { outcome: 'unknown', because: [{ layer: 'identity', id: principal.ref.id, reason }] };
}
