import { findArn } from '@ag/model';
import type { Policy } from '@ag/policy';
import { externalsOf, providersOf } from '../candidates.ts';
import type { Inventory } from '../inventory.ts';
import { anyone, externalRecord, type PrincipalRecord, serviceRecord } from '../principals.ts';
import type { ResourceRecord } from '../resources.ts';
import { type Border, isOutside } from './border.ts';

/** What an outsider is. */
export type OutsiderKind =
  /** Without any credentials. */
  | 'anyone'
  /** With the credentials of any AWS account. */
  | 'anyAccount'
  /** Any principal of another organization. */
  | 'organization'
  | 'account'
  | 'principal'
  /** An AWS service, on behalf of whoever uses it. */
  | 'service'
  | 'identityProvider';

export interface Outsider {
  readonly kind: OutsiderKind;
  readonly record: PrincipalRecord;
}

const groups = 'http://acs.amazonaws.com/groups/global/';
// No account has this number.
const noAccount = '000000000000';

/**
 * Whoever outside a resource may let in: anyone, any AWS account, and the accounts, principals, organizations, services and
 * identity providers that its policy, its grants or its conditions name. The evaluator then decides about each.
 */
export function outsidersOf(inventory: Inventory, border: Border, record: ResourceRecord): readonly Outsider[] {
  const { named, service, unread, node } = record;
  const partition = findArn(node.id)?.partition ?? 'aws';
  const uris = (service.s3?.bucketAcl ?? []).flatMap(({ grantee }) => (grantee.type === 'Group' ? [grantee.uri] : []));
  const grantees = (service.kms?.grants ?? []).map((grant) => grant.granteePrincipal);
  const isOpen = named.anyone || unread.length > 0 || uris.includes(`${groups}AllUsers`);
  const mentioned = mentionedIn([record.policy, record.accessPoint].flatMap((policy) => policy ?? []));
  const names = [...named.aws, ...named.mentioned, ...mentioned.accounts, ...grantees];
  const externals = [
    ...externalsOf(inventory, node.id, names),
    ...patternsOf(inventory, partition, mentioned.patterns),
  ];
  return [
    ...(isOpen ? [{ kind: 'anyone', record: anyone } as const] : []),
    ...(named.anyone || uris.length > 0 ? anyAccount(inventory, partition) : []),
    ...mentioned.organizations
      .filter((id) => !border.isInsideOrganization(id))
      .flatMap((id) => organizationOutsider(inventory, partition, id)),
    ...externals
      .filter((one) => isOutside(border, one))
      .map((one): Outsider => ({ kind: one.external === 'account' ? 'account' : 'principal', record: one })),
    ...named.services.map((name): Outsider => ({ kind: 'service', record: serviceRecord(name) })),
    ...providersOf(inventory, named)
      .filter((one) => isOutside(border, one))
      .map((one): Outsider => ({ kind: 'identityProvider', record: one })),
  ];
}

/** A user with every permission in an account that nobody has: what it is let do, any account is. */
function anyAccount(inventory: Inventory, partition: string): readonly Outsider[] {
  const record = externalRecord(`arn:${partition}:iam::${noAccount}:user/any`, partition, inventory.allowAll);
  if (!record) return [];
  const ref = { id: 'any AWS account', label: 'AnyAccount', name: 'any AWS account' };
  return [{ kind: 'anyAccount', record: { ...record, ref, external: 'account' } }];
}

function organizationOutsider(inventory: Inventory, partition: string, id: string): readonly Outsider[] {
  return anyAccount(inventory, partition).map(({ record }): Outsider => {
    const organization = { id, path: `${id}/` };
    const ref = { id, label: 'Organization', name: `organization ${id}` };
    return { kind: 'organization', record: { ...record, ref, facts: { ...record.facts, organization } } };
  });
}

/** A pattern of principals' ARNs stands for one that fits it. */
function patternsOf(inventory: Inventory, partition: string, patterns: readonly string[]): readonly PrincipalRecord[] {
  return patterns.flatMap((pattern): readonly PrincipalRecord[] => {
    const parts = pattern.split(':');
    if (parts.length < 6 || pattern.includes('$')) return [];
    const [account = '', resource = ''] = [parts[4], parts.slice(5).join(':')];
    const name = /^\d{12}$/.test(account) ? account : noAccount;
    const example = `arn:${partition}:iam::${name}:${resource.replace(/\*/g, 'any').replace(/\?/g, 'x')}`;
    const record = externalRecord(example, partition, inventory.allowAll);
    return record ? [{ ...record, ref: { ...record.ref, id: pattern, name: pattern }, external: 'account' }] : [];
  });
}

interface Mentioned {
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  readonly patterns: readonly string[];
}

/** Whom only conditions name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties */
function mentionedIn(policies: readonly Policy[]): Mentioned {
  const conditions = policies.flatMap(({ document }) =>
    document.statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => statement.conditions),
  );
  const valuesOf = (...keys: readonly string[]): readonly string[] => [
    ...new Set(conditions.filter(({ key }) => keys.includes(key.toLowerCase())).flatMap(({ values }) => values)),
  ];
  const organizations = valuesOf('aws:principalorgid', 'aws:principalorgpaths').flatMap(
    (value) => /^o-[a-z0-9]+/.exec(value)?.[0] ?? [],
  );
  return {
    accounts: valuesOf('kms:calleraccount').filter((value) => /^\d{12}$/.test(value)),
    organizations: [...new Set(organizations)],
    patterns: valuesOf('aws:principalarn').filter((value) => /[*?]/.test(value)),
  };
}
