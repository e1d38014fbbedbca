import type { GraphEdge, GraphNode, Principal, Unknown } from '@ag/model';
import { accountOf, rootArn } from '@ag/model';
import type { Policy, PrincipalFacts } from '@ag/policy';
import type { PrincipalRef } from './answers.ts';
import type { GraphData } from './graph-data.ts';
import type { AccountFacts } from './organization.ts';
import type { PolicyTable } from './policy-table.ts';
import { flagOf, listOf, tagsOf, textOf } from './properties.ts';

/** Someone who can make requests, with everything that is attached to them. */
export interface PrincipalRecord {
  readonly ref: PrincipalRef;
  readonly principal: Principal;
  readonly identity: readonly Policy[];
  readonly boundary?: readonly Policy[];
  /** Policies of the principal, or SCPs of its account, that nobody could read. */
  readonly unread: readonly Unknown[];
  readonly facts: PrincipalFacts;
  readonly serviceLinked: boolean;
  /** Undefined for services, providers and anyone. */
  readonly account?: AccountFacts;
  /** Since when it is no longer there; then it is granted nothing. */
  readonly missingSince?: string;
  /** Named by one of our policies, in an account that nobody collected: only our side is known. */
  readonly external?: 'account' | 'principal';
}

const principalLabels = ['AwsRootUser', 'IamRole', 'IamUser'] as const;

/** Every collected principal, by id. */
export function readPrincipals(
  data: GraphData,
  policies: PolicyTable,
  accountFacts: (id: string) => AccountFacts,
): ReadonlyMap<string, PrincipalRecord> {
  const records = principalLabels.flatMap((label) =>
    data.labelled(label).map((node) => readPrincipal(data, policies, node, accountFacts)),
  );
  records.sort((a, b) => (a.ref.id < b.ref.id ? -1 : 1));
  return new Map(records.map((record) => [record.ref.id, record]));
}

function readPrincipal(
  data: GraphData,
  policies: PolicyTable,
  node: GraphNode,
  accountFacts: (id: string) => AccountFacts,
): PrincipalRecord {
  const id = accountOf(node.id) ?? textOf(node, 'account') ?? '';
  const account = accountFacts(id);
  const unread: Unknown[] = [];
  const principal = toPrincipal(node, id);
  const identity = principal.kind === 'root' ? [] : readIdentity(data, policies, node, unread);
  const boundary = readBoundary(data, policies, node, unread);
  const missingSince = textOf(node, 'missingSince');
  const serviceLinked = flagOf(node, 'serviceLinked') ?? node.id.includes(':role/aws-service-role/');
  unread.push(...account.unread.filter(({ layer }) => layer === 'scp' && !serviceLinked && !account.management));
  return {
    ref: toRef(node, id),
    principal,
    identity,
    ...(boundary && { boundary }),
    unread,
    facts: toFacts(node, principal, account),
    serviceLinked,
    account,
    ...(missingSince !== undefined && { missingSince }),
  };
}

function toPrincipal(node: GraphNode, account: string): Principal {
  if (node.labels.includes('AwsRootUser')) return { kind: 'root', arn: node.id, account };
  if (node.labels.includes('IamUser')) return { kind: 'user', arn: node.id, account };
  return { kind: 'role', arn: node.id, account };
}

/** How answers speak of a node. */
export function toRef(node: GraphNode, account: string | undefined): PrincipalRef {
  return { id: node.id, label: node.labels[0], name: nameOf(node), ...(account !== undefined && { account }) };
}

export function nameOf(node: GraphNode): string {
  const label = node.labels[0];
  if (label === 'AwsRootUser') return 'root';
  const name =
    label === 'IdentityCenterUser' ? (textOf(node, 'userName') ?? textOf(node, 'name')) : textOf(node, 'name');
  return name ?? node.id.slice(Math.max(node.id.lastIndexOf('/'), node.id.lastIndexOf(':')) + 1);
}

/** A user's own policies and its groups', a role's own (RQ4). */
function readIdentity(data: GraphData, policies: PolicyTable, node: GraphNode, unread: Unknown[]): readonly Policy[] {
  const found = new Map<string, Policy>();
  const groups = data.edgesFrom('MEMBER_OF', node.id).map((edge) => edge.to);
  for (const holder of [node.id, ...groups]) {
    const holderNode = data.nodes.get(holder);
    if (holder !== node.id && (!holderNode || holderNode.labels.includes('Uncollected'))) {
      unread.push({ layer: 'identity', id: holder, reason: `the policies of group \`${holder}\` were not read` });
    }
    if (holderNode && listOf(holderNode, 'unreadPolicies').includes('identity'))
      unread.push(unreadOf(holderNode, 'identity'));
    for (const edge of data.edgesFrom('HAS_POLICY', holder)) {
      const reading = policies.readDocument(data.nodes.get(edge.to), edge.to, 'identity');
      if (reading.policy) found.set(reading.policy.id, reading.policy);
      if (reading.unread) unread.push(reading.unread);
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readBoundary(
  data: GraphData,
  policies: PolicyTable,
  node: GraphNode,
  unread: Unknown[],
): readonly Policy[] | undefined {
  if (listOf(node, 'unreadPolicies').includes('boundary')) unread.push(unreadOf(node, 'boundary'));
  const edges: readonly GraphEdge[] = data.edgesFrom('BOUNDED_BY', node.id);
  const readings = edges.map((edge) => policies.readDocument(data.nodes.get(edge.to), edge.to, 'boundary'));
  for (const reading of readings) if (reading.unread) unread.push(reading.unread);
  const found = readings.flatMap((reading) => reading.policy ?? []);
  return found.length > 0 ? found : undefined;
}

function unreadOf(node: GraphNode, layer: 'identity' | 'boundary'): Unknown {
  const action = listOf(node, 'unread')[0];
  const reason = `the ${layer} policies of \`${node.id}\` could not be read`;
  return { layer, id: node.id, reason, ...(action !== undefined && { action }) };
}

function toFacts(node: GraphNode, principal: Principal, account: AccountFacts): PrincipalFacts {
  const uniqueId = textOf(node, 'uniqueId') ?? node.aliases?.find((alias) => /^A(IDA|ROA)[A-Z0-9]+$/.test(alias));
  return {
    principal,
    // Users and roles come with their tags, so no tags among what was read means none.
    tags: tagsOf(node) ?? {},
    ...(uniqueId !== undefined && { uniqueId }),
    ...(account.organization && { organization: account.organization }),
    ...(principal.kind === 'user' && { userName: nameOf(node) }),
    ...(node.id.includes(':role/aws-reserved/sso.amazonaws.com/') && { identityCenter: true }),
  };
}

/** Anyone on the internet, without credentials (EV15). */
export const anyone: PrincipalRecord = {
  ref: { id: '*', label: 'Anyone', name: 'anyone' },
  principal: { kind: 'anonymous' },
  identity: [],
  unread: [],
  facts: { principal: { kind: 'anonymous' } },
  serviceLinked: false,
};

/** An AWS service calling on its own behalf: only the resource's side counts (RQ7). */
export function serviceRecord(name: string): PrincipalRecord {
  const principal: Principal = { kind: 'service', name };
  return {
    ref: { id: name, label: 'AwsService', name },
    principal,
    identity: [],
    unread: [],
    facts: { principal },
    serviceLinked: false,
  };
}

/** An identity provider's users, before they hold a role (ST3). */
export function providerRecord(id: string, node: GraphNode | undefined): PrincipalRecord {
  const saml = node?.labels.includes('SamlProvider') ?? id.includes(':saml-provider/');
  const principal: Principal = saml ? { kind: 'saml', provider: id } : { kind: 'webIdentity', provider: id };
  const label = node && !node.labels.includes('Uncollected') ? node.labels[0] : saml ? 'SamlProvider' : 'OidcProvider';
  const account = accountOf(id);
  const name = node ? nameOf(node) : id.slice(id.indexOf('/') + 1);
  return {
    ref: { id, label, name, ...(account !== undefined && { account }) },
    principal,
    identity: [],
    unread: [],
    facts: { principal },
    serviceLinked: false,
  };
}

/** A principal of an account that nobody collected, as one of our policies names it: an ARN, or the account itself. */
export function externalRecord(named: string, partition: string, allowAll: Policy): PrincipalRecord | undefined {
  const account = /^\d{12}$/.test(named) ? named : (accountOf(named) ?? cloudFrontOf(named));
  if (account === undefined) return undefined;
  const arn = named === account ? rootArn(account, partition) : named;
  const principal = toExternal(arn, account);
  if (!principal) return undefined;
  const isAccount = principal.kind === 'root' || account === cloudFront;
  return {
    ref: { id: arn, label: 'Uncollected', name: principal.kind === 'root' ? `account ${account}` : arn, account },
    principal,
    // Whether its own account allows cannot be known; the caller of this record says so where it matters.
    identity: [allowAll],
    unread: [],
    facts: { principal },
    serviceLinked: false,
    external: isAccount ? 'account' : 'principal',
  };
}

const cloudFront = 'cloudfront';

/** An origin access identity is a user of CloudFront's own, whom nothing on that side holds back. */
export function cloudFrontOf(arn: string): string | undefined {
  return arn.split(':')[4] === cloudFront ? cloudFront : undefined;
}

function toExternal(arn: string, account: string): Principal | undefined {
  const resource = arn.split(':').slice(5).join(':');
  if (resource === 'root') return { kind: 'root', arn, account };
  if (resource.startsWith('user/')) return { kind: 'user', arn, account };
  if (resource.startsWith('role/')) return { kind: 'role', arn, account };
  const session = /^assumed-role\/([^/]+)\/(.+)$/.exec(resource);
  if (!session) return undefined;
  const [, role = '', sessionName = ''] = session;
  const partition = arn.split(':')[1] ?? 'aws';
  return { kind: 'session', arn, account, roleArn: `arn:${partition}:iam::${account}:role/${role}`, sessionName };
}
