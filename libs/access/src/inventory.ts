import type { GraphNode, GraphSource } from '@ag/model';
import { uncollectedLabel } from '@ag/model';
import { type Policy, parsePolicy } from '@ag/policy';
import type { Catalogue } from './catalogue.ts';
import { type GraphData, readGraph } from './graph-data.ts';
import { type AccountFacts, organizationLabels, readAccount } from './organization.ts';
import { type PolicyTable, policyTable } from './policy-table.ts';
import { type PrincipalRecord, readPrincipals } from './principals.ts';
import { type ResourceRecord, readResource } from './resources.ts';
import { canonicalIdOf } from './s3-facts.ts';

/** Everything that decisions rest on, in memory. Immutable but for what it remembers. */
export interface Inventory {
  readonly data: GraphData;
  readonly catalogue: Catalogue;
  readonly policies: PolicyTable;
  readonly principals: ReadonlyMap<string, PrincipalRecord>;
  /** Stands for the policies of an account that nobody collected. */
  readonly allowAll: Policy;
  account(id: string): AccountFacts;
  canonicalId(account: string): string | undefined;
  /** A collected node by its id or one of its aliases. */
  findNode(name: string): GraphNode | undefined;
  resource(node: GraphNode): ResourceRecord;
  /** Whether anybody read anything in the account but the organization's tree. */
  isCollected(account: string): boolean;
}

/** Reads a graph into an inventory. */
export async function readInventory(source: GraphSource, catalogue: Catalogue): Promise<Inventory> {
  const data = await readGraph(source);
  const policies = policyTable();
  const account = remember((id: string) => readAccount(data, policies, id));
  const aliases = readAliases(data);
  const collected = collectedAccounts(data);
  const resources = remember((node: GraphNode) => readResource(data, policies, node, account));
  return {
    data,
    catalogue,
    policies,
    principals: readPrincipals(data, policies, account),
    allowAll: readAllowAll(),
    account,
    canonicalId: remember((id: string) => canonicalIdOf(data, id)),
    findNode: (name) => findCollected(data, name) ?? findCollected(data, aliases.get(name) ?? ''),
    resource: resources,
    isCollected: (id) => collected.has(id),
  };
}

/** Remembers what a function answered. */
export function remember<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const held = known.get(key) ?? { value: read(key) };
    known.set(key, held);
    return held.value;
  };
}

function findCollected(data: GraphData, id: string): GraphNode | undefined {
  const node = data.nodes.get(id);
  return node?.labels.includes(uncollectedLabel) ? undefined : node;
}

/** Aliases of one node only; a name that several share tells nothing. */
function readAliases(data: GraphData): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const shared = new Set<string>();
  for (const node of data.nodes.values()) {
    for (const alias of node.aliases ?? []) {
      if (found.has(alias) && found.get(alias) !== node.id) shared.add(alias);
      found.set(alias, node.id);
    }
  }
  for (const alias of shared) found.delete(alias);
  return found;
}

function collectedAccounts(data: GraphData): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const { scope } of data.scopes) {
    if (!organizationLabels.includes(scope.resource)) accounts.add(scope.place.account);
  }
  for (const node of data.labelled('AwsAccount')) {
    if (data.edgesFrom('OWNS', node.id).length > 0) accounts.add(node.id);
  }
  return accounts;
}

function readAllowAll(): Policy {
  const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
  const parsed = parsePolicy(text, 'identity');
  if (!parsed.ok) throw new Error('cannot parse the policy that allows everything');
  return { id: 'policies of an account that was not collected', kind: 'identity', document: parsed.document };
}
