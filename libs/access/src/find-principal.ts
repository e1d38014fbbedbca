import { accountOf, exitCode, findArn, type GraphNode, rootArn, UserError } from '@ag/model';
import type { PrincipalRef } from './answers.ts';
import type { Inventory } from './inventory.ts';
import { didYouMean, nearest } from './nearest.ts';
import {
  anyone,
  externalRecord,
  nameOf,
  type PrincipalRecord,
  providerRecord,
  serviceRecord,
  toRef,
} from './principals.ts';
import { textOf } from './properties.ts';

/** Whom a question is about: a principal with its policies, or a person who reaches some. */
export type Subject =
  | { readonly kind: 'principal'; readonly ref: PrincipalRef; readonly record: PrincipalRecord }
  | { readonly kind: 'person'; readonly ref: PrincipalRef };

/** Finds the principal or person that an ARN, an id or a name means, or says in one sentence which are near. */
export function getSubject(inventory: Inventory, text: string): Subject {
  const exact = findExact(inventory, text);
  if (exact) return exact;

  const named = namedNodes(inventory, text);
  const [only] = named;
  if (only && named.length === 1) return toSubject(inventory, only);
  if (named.length > 1) {
    const ids = named.map((node) => `\`${node.id}\``).join(', ');
    throw new UserError(`\`${text}\` is the name of several principals: ${ids}`, exitCode.usage);
  }
  throw new UserError(`unknown principal \`${text}\`${didYouMean(suggestPrincipals(inventory, text))}`, exitCode.usage);
}

/** The nearest principals: names where a name was typed, ARNs where an ARN was. */
export function suggestPrincipals(inventory: Inventory, text: string): readonly string[] {
  const nodes = subjectNodes(inventory);
  return nearest(text, new Set(text.startsWith('arn:') ? nodes.map((node) => node.id) : nodes.flatMap(namesOf)));
}

function subjectNodes(inventory: Inventory): readonly GraphNode[] {
  return ['AwsRootUser', 'IamUser', 'IamRole', 'Person'].flatMap((label) => inventory.data.labelled(label));
}

function findExact(inventory: Inventory, text: string): Subject | undefined {
  if (text === '*' || text.toLowerCase() === 'anyone') return asPrincipal(anyone);
  const node = inventory.findNode(/^\d{12}$/.test(text) ? rootArn(text) : text);
  if (node && isSubject(node)) return toSubject(inventory, node);
  if (node?.labels.some((label) => label === 'SamlProvider' || label === 'OidcProvider')) {
    return asPrincipal(providerRecord(node.id, node));
  }
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) return asPrincipal(serviceRecord(text));
  return findSession(inventory, text) ?? findExternal(inventory, text);
}

/** A session's ARN names its role without the path, so the role is found by account and name. */
function findSession(inventory: Inventory, text: string): Subject | undefined {
  const arn = findArn(text);
  const match = arn?.service === 'sts' ? /^assumed-role\/([^/]+)\/(.+)$/.exec(arn.resource) : undefined;
  if (!arn || !match) return undefined;
  const [, roleName = '', sessionName = ''] = match;
  for (const role of inventory.principals.values()) {
    if (role.principal.kind !== 'role' || role.ref.account !== arn.account || role.ref.name !== roleName) continue;
    const principal = { kind: 'session', arn: text, account: arn.account, roleArn: role.ref.id, sessionName } as const;
    return asPrincipal({ ...role, principal, facts: { ...role.facts, principal } });
  }
  return undefined;
}

/** An ARN of an account that nobody collected can be asked about; what its own account allows stays open. */
function findExternal(inventory: Inventory, text: string): Subject | undefined {
  const account = accountOf(text);
  if (account === undefined || inventory.isCollected(account)) return undefined;
  const record = externalRecord(text, findArn(text)?.partition ?? 'aws', inventory.allowAll);
  return record && asPrincipal(record);
}

function isSubject(node: GraphNode): boolean {
  return node.labels.some((label) => ['AwsRootUser', 'IamUser', 'IamRole', 'Person'].includes(label));
}

function toSubject(inventory: Inventory, node: GraphNode): Subject {
  const record = inventory.principals.get(node.id);
  return record ? asPrincipal(record) : { kind: 'person', ref: toRef(node, undefined) };
}

function asPrincipal(record: PrincipalRecord): Subject {
  return { kind: 'principal', ref: record.ref, record };
}

/** Nodes of that very name; where none is, those that differ in upper and lower case only. */
function namedNodes(inventory: Inventory, text: string): readonly GraphNode[] {
  const nodes = subjectNodes(inventory);
  const same = nodes.filter((node) => namesOf(node).includes(text));
  if (same.length > 0) return same;
  const folded = text.toLowerCase();
  return nodes.filter((node) => namesOf(node).some((name) => name.toLowerCase() === folded));
}

/** The names that a person would type. Every account has a root user, so `root` names none. */
function namesOf(node: GraphNode): readonly string[] {
  if (node.labels.includes('AwsRootUser')) return [];
  const others = ['displayName', 'email'].flatMap((property) => textOf(node, property) ?? []);
  return [...new Set([nameOf(node), ...others])];
}
