import { accountOf, findArn } from '@ag/model';
import type { Inventory } from './inventory.ts';
import {
  anyone,
  cloudFrontOf,
  externalRecord,
  type PrincipalRecord,
  providerRecord,
  serviceRecord,
} from './principals.ts';
import type { NamedPrincipals } from './statements.ts';
import type { Target } from './target.ts';

const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';

/** Everyone who could be allowed: the collected principals, and whoever the resource lets in from elsewhere. */
export function candidatesFor(inventory: Inventory, target: Target): readonly PrincipalRecord[] {
  const present = [...inventory.principals.values()].filter((record) => record.missingSince === undefined);
  return [...present, ...extrasFor(inventory, target)];
}

/** Whoever the resource may let in and nobody collected: services, users of identity providers, other accounts, anyone. */
export function extrasFor(inventory: Inventory, target: Target): readonly PrincipalRecord[] {
  const { record } = target;
  if (!record) return target.unread.length > 0 ? [anyone] : [];

  const acl = record.service.s3?.bucketAcl ?? [];
  const isPublic = acl.some(({ grantee }) => grantee.type === 'Group' && grantee.uri === allUsers);
  const grantees = (record.service.kms?.grants ?? []).map((grant) => grant.granteePrincipal);
  return [
    ...(record.named.anyone || isPublic || record.unread.length > 0 ? [anyone] : []),
    ...record.named.services.map(serviceRecord),
    ...providersOf(inventory, record.named),
    ...externalsOf(inventory, record.node.id, [
      ...record.named.aws,
      ...record.named.mentioned,
      ...grantees,
      ...sharedWith(inventory, record.node.id),
    ]),
  ];
}

/** Whom a document is shared with, or whatever a RAM share holds: a sharing is not modelled, and whom it is with is known. */
function sharedWith({ data }: Inventory, resource: string): readonly string[] {
  const holders = [resource, ...data.edgesTo('SHARES', resource).map(({ from }) => from)];
  return holders.flatMap((holder) => data.edgesFrom('SHARED_WITH', holder).map(({ to }) => to));
}

/** The identity providers that a trust policy names. */
export function providersOf(inventory: Inventory, named: NamedPrincipals): readonly PrincipalRecord[] {
  return named.federated.map((provider) => {
    const node = inventory.findNode(provider) ?? inventory.data.nodes.get(provider);
    return providerRecord(node?.id ?? provider, node);
  });
}

/** Principals and accounts that are named and that nobody collected. One record each. */
export function externalsOf(
  inventory: Inventory,
  resource: string,
  names: readonly string[],
): readonly PrincipalRecord[] {
  const partition = findArn(resource)?.partition ?? 'aws';
  const found = new Map<string, PrincipalRecord>();
  for (const name of names) {
    if (isCollected(inventory, name)) continue;
    const record = externalRecord(name, partition, inventory.allowAll);
    if (record) found.set(record.ref.id, withOrganization(inventory, record));
  }
  return [...found.values()];
}

/** An account that nobody collected may still stand in the organization's tree. */
function withOrganization(inventory: Inventory, record: PrincipalRecord): PrincipalRecord {
  const { account } = record.ref;
  if (account === undefined || !inventory.findNode(account)) return record;
  const facts = inventory.account(account);
  return {
    ...record,
    account: facts,
    facts: { ...record.facts, ...(facts.organization && { organization: facts.organization }) },
  };
}

/** A name in a collected account is a principal that was collected, or one that is no longer there. */
function isCollected(inventory: Inventory, name: string): boolean {
  const account = /^\d{12}$/.test(name) ? name : (accountOf(name) ?? cloudFrontOf(name));
  return account === undefined || inventory.isCollected(account);
}
