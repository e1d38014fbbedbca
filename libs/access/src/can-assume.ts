import type { Decision, GraphEdge, GraphNode } from '@ag/model';
import { compareText } from '@ag/model';
import { externalsOf, providersOf } from './candidates.ts';
import { rankOf } from './combine.ts';
import type { Inventory } from './inventory.ts';
import type { AllowFilter } from './may-allow.ts';
import { anyone, type PrincipalRecord } from './principals.ts';
import type { ResourceRecord } from './resources.ts';
import { getAction, makeTarget } from './target.ts';
import { decideFor } from './to-question.ts';

/** A principal that can become a role, with what decides it. */
export interface Assumption {
  readonly from: PrincipalRecord;
  readonly role: GraphNode;
  readonly decision: Decision;
}

/** Everyone who can become a role: trust and permission, both evaluated. Sorted by role, then principal. */
export function findAssumptions(inventory: Inventory, filter: AllowFilter): readonly Assumption[] {
  const byAccount = groupByAccount(inventory);
  return inventory.data.labelled('IamRole').flatMap((role) => {
    const record = inventory.resource(role);
    if (record.missingSince !== undefined) return [];
    return assumersOf(inventory, filter, record, byAccount).flatMap((from): readonly Assumption[] => {
      if (from.ref.id === role.id || from.missingSince !== undefined) return [];
      const decision = decideFor(
        inventory,
        from,
        makeTarget(inventory, getAction(inventory, assumeAction(from)), role.id, role),
      );
      return rankOf(decision) === undefined ? [] : [{ from, role, decision }];
    });
  });
}

/** The edges to publish: what is certain, and what depends on a condition or on an account that nobody collected. */
export function toEdges(assumptions: readonly Assumption[]): readonly GraphEdge[] {
  return assumptions
    .flatMap(({ from, role, decision }): readonly GraphEdge[] => {
      const properties = edgeProperties(from, decision);
      return properties ? [{ type: 'CAN_ASSUME', from: from.ref.id, to: role.id, properties }] : [];
    })
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}

function edgeProperties(from: PrincipalRecord, decision: Decision): Record<string, string> | undefined {
  switch (decision.outcome) {
    case 'allowed':
      return { certainty: 'allowed' };
    case 'conditional':
      return { certainty: 'conditional', when: decision.text };
    case 'unknown':
      if (from.external === undefined) return undefined;
      return { certainty: 'conditional', when: decision.because.map(({ reason }) => reason).join('; ') };
    case 'explicitlyDenied':
    case 'implicitlyDenied':
      return undefined;
  }
}

/** Only whom the trust policy names; of an account that it names, those with a permission to assume (ST1). */
function assumersOf(
  inventory: Inventory,
  filter: AllowFilter,
  { node, named }: ResourceRecord,
  byAccount: ReadonlyMap<string, readonly PrincipalRecord[]>,
): readonly PrincipalRecord[] {
  const found = new Map<string, PrincipalRecord>();
  const add = (record: PrincipalRecord): void => {
    found.set(record.ref.id, record);
  };
  if (named.anyone) {
    for (const record of inventory.principals.values()) add(record);
    add(anyone);
  }
  for (const name of named.aws) {
    const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
    const members = account === undefined ? [] : (byAccount.get(account) ?? []);
    for (const record of members) if (filter.identityMayAllow(record, 'sts:AssumeRole')) add(record);
    const record = inventory.principals.get(inventory.findNode(withoutSession(name))?.id ?? name);
    if (record) add(record);
  }
  for (const record of externalsOf(inventory, node.id, named.aws)) add(record);
  // Who signs in through Identity Center is known person by person, from the assignments.
  if (!node.id.includes(':role/aws-reserved/sso.amazonaws.com/')) {
    for (const record of providersOf(inventory, named)) add(record);
  }
  return [...found.values()].sort((a, b) => compareText(a.ref.id, b.ref.id));
}

/** A session is trusted through its role, which bears the session's ARN without the name as another name. */
function withoutSession(name: string): string {
  return name.replace(/^(arn:[^:]+:sts::\d{12}:assumed-role\/[^/]+)\/.*$/, '$1');
}

/** The call that makes this kind of principal a session of a role (ST1, ST3). */
export function assumeAction(from: PrincipalRecord): string {
  switch (from.principal.kind) {
    case 'saml':
      return 'sts:AssumeRoleWithSAML';
    case 'webIdentity':
      return 'sts:AssumeRoleWithWebIdentity';
    case 'root':
    case 'user':
    case 'role':
    case 'session':
    case 'federatedUser':
    case 'service':
    case 'anonymous':
      return 'sts:AssumeRole';
  }
}

function groupByAccount(inventory: Inventory): ReadonlyMap<string, readonly PrincipalRecord[]> {
  const groups = new Map<string, PrincipalRecord[]>();
  for (const record of inventory.principals.values()) {
    const id = record.account?.id ?? '';
    const group = groups.get(id) ?? [];
    group.push(record);
    groups.set(id, group);
  }
  return groups;
}
