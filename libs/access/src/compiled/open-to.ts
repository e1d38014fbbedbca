import { accountOf } from '@ag/model';
import { findUnmodelled, type Prepared } from '@ag/policy';
import type { Inventory } from '../inventory.ts';
import type { Target } from '../target.ts';
import { toQuestion } from '../to-question.ts';
import { anyone, type PrincipalRecord } from '../principals.ts';

/** The accounts whose principals may have access; `'all'` where that cannot be narrowed down. */
export type OpenTo = 'all' | ReadonlySet<string>;

const stranger: PrincipalRecord = {
  ...anyone,
  principal: { kind: 'user', arn: 'arn:aws:iam::000000000000:user/any', account: '000000000000' },
  facts: { principal: { kind: 'user', arn: 'arn:aws:iam::000000000000:user/any', account: '000000000000' } },
};

/**
 * Whose principals a target may let in. Across accounts the resource's side must allow (EV12, EV13), so beside its own account
 * only those count that its statements, grants and ACLs name, unless something there is unread or not modelled.
 */
export function openTo(inventory: Inventory, target: Target, allows: readonly Prepared[]): OpenTo {
  const { record, account, unread, action, arn } = target;
  if (account === undefined || arn === '*' || action.wildcardOnly || unread.length > 0) return 'all';
  // Nobody needs a permission for these.
  if (/^sts:(getcalleridentity|getsessiontoken)$/i.test(action.name)) return 'all';
  if (findUnmodelled(toQuestion(inventory, stranger, target)).length > 0) return 'all';
  if ((record?.service.s3?.bucketAcl ?? []).length > 0) return 'all';
  const accounts = new Set([account]);
  const names = [
    ...allows.flatMap(({ statement: { principals } }) => principals?.aws ?? []),
    ...(record?.service.kms?.grants ?? []).flatMap(({ granteePrincipal, retiringPrincipal }) => [
      granteePrincipal,
      ...(retiringPrincipal === undefined ? [] : [retiringPrincipal]),
    ]),
  ];
  if (allows.some(({ statement }) => namesUnknown(statement))) return 'all';
  for (const name of names) {
    const of = /^\d{12}$/.test(name) ? name : (accountOf(name) ?? ownerOf(inventory, name));
    if (of !== undefined) accounts.add(of);
  }
  return accounts;
}

function namesUnknown({ principals, notPrincipals }: Prepared['statement']): boolean {
  return principals?.anyone === true || notPrincipals !== undefined || (principals?.canonicalUser.length ?? 0) > 0;
}

/** A unique id tells no account, but its owner does. */
function ownerOf(inventory: Inventory, name: string): string | undefined {
  const node = inventory.findNode(name);
  return node && accountOf(node.id);
}
