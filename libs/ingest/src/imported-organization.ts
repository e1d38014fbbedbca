import {
  organization as organizationType,
  organizationRoot,
  organizationalUnit,
  resourceControlPolicy,
  serviceControlPolicy,
} from '@ag/collectors/from-files';
import { type Gap, type GraphEdge, type GraphNode, type Place, findArn, globalRegion } from '@ag/model';
import { type Collected, type CollectedPart, awsAccount, policyNodes } from '@ag/resource';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a JSON value is meant as an organization. */
export function isOrganization(value: unknown): value is Fields {
  return isRecord(value) && Array.isArray(value['Accounts']) && ('Roots' in value || 'Organization' in value);
}

const policyTypes = [
  { type: 'SERVICE_CONTROL_POLICY', kind: 'scp', node: serviceControlPolicy },
  { type: 'RESOURCE_CONTROL_POLICY', kind: 'rcp', node: resourceControlPolicy },
] as const;

/** Makes the tree, its accounts, and its policies with their targets, of an organization's file; or says what is wrong with it. */
export function toOrganization(
  file: string,
  value: Fields,
): { readonly place: Place; readonly parts: Collected } | { readonly reason: string } {
  const organization = isRecord(value['Organization']) ? value['Organization'] : {};
  const roots = listOf(value, 'Roots');
  const units = listOf(value, 'OrganizationalUnits');
  const accounts = listOf(value, 'Accounts');
  const management = textOf(organization, 'MasterAccountId') ?? managementOf([...roots, ...units, ...accounts]);
  if (management === undefined) return { reason: '`/Organization/MasterAccountId` is missing' };
  const arn = textOf(organization, 'Arn');
  const partition = findArn(arn ?? textOf(roots[0] ?? {}, 'Arn') ?? '')?.partition ?? 'aws';
  const place: Place = { partition, account: management, region: globalRegion };
  const organizationId = textOf(organization, 'Id');

  // Targets and parents are named by short ids: `r-…`, `ou-…`, or the account's digits.
  const ids = new Map<string, string>();
  for (const one of [...roots, ...units]) ids.set(textOf(one, 'Id') ?? '', textOf(one, 'Arn') ?? '');
  for (const account of accounts) ids.set(textOf(account, 'Id') ?? '', textOf(account, 'Id') ?? '');

  const unknown =
    missingIn({ Roots: roots, OrganizationalUnits: units }, 'Arn') ?? missingIn({ Accounts: accounts }, 'Id');
  if (unknown !== undefined) return { reason: unknown };
  return {
    place,
    parts: [
      organizationPart(organization, arn, management, roots),
      part(
        organizationRoot.label,
        roots.map((root) => organizationRoot.node(textOf(root, 'Arn') ?? '', named(root, 'rootId'))),
      ),
      part(
        organizationalUnit.label,
        units.map((unit) => organizationalUnit.node(textOf(unit, 'Arn') ?? '', named(unit, 'unitId'))),
        units.flatMap((unit) => parentEdge(unit, textOf(unit, 'Arn'), ids)),
      ),
      part(
        awsAccount.label,
        accounts.map((account) => accountNode(account, management, organizationId)),
        accounts.flatMap((account) => parentEdge(account, textOf(account, 'Id'), ids)),
      ),
      ...policyParts(file, listOf(value, 'Policies'), place, ids),
    ],
  };
}

function organizationPart(
  fields: Fields,
  arn: string | undefined,
  managementAccount: string,
  roots: readonly Fields[],
): CollectedPart {
  if (arn === undefined) return part(organizationType.label, []);
  const values = { organizationId: textOf(fields, 'Id'), featureSet: textOf(fields, 'FeatureSet'), managementAccount };
  const edges = roots.map((root) => ({ type: 'CONTAINS', from: arn, to: textOf(root, 'Arn') ?? '', properties: {} }));
  return part(organizationType.label, [organizationType.node(arn, values)], edges);
}

function policyParts(file: string, policies: readonly Fields[], place: Place, ids: ReadonlyMap<string, string>) {
  return policyTypes.map(({ type, kind, node }): CollectedPart => {
    const nodes: GraphNode[] = [];
    const edges: GraphEdge[] = [];
    const gaps: Gap[] = [];
    for (const policy of policies) {
      const summary = isRecord(policy['PolicySummary']) ? policy['PolicySummary'] : policy;
      const id = textOf(summary, 'Arn');
      if (summary['Type'] !== type || id === undefined) continue;
      const document = documentOf(policy['Content']);
      const made = policyNodes(id, kind, document);
      const values = {
        name: textOf(summary, 'Name'),
        policyId: textOf(summary, 'Id'),
        description: textOf(summary, 'Description'),
        managedBy: summary['AwsManaged'] === true ? 'aws' : 'customer',
      };
      if (made.ok) {
        nodes.push(node.node(id, { ...values, document }), ...made.nodes);
        edges.push(...made.edges);
      } else {
        const action = 'organizations:DescribePolicy';
        nodes.push(node.node(id, values, { unread: [action], unreadPolicies: [kind] }));
        const message = `\`${file}\` holds no document of \`${id}\`: ${made.reason}`;
        gaps.push({ place, resource: node.label, action, arn: id, reason: 'malformed', message });
      }
      for (const target of listOf(policy, 'Targets')) {
        const to = textOf(target, 'TargetId') ?? '';
        edges.push({ type: 'APPLIES_TO', from: id, to: ids.get(to) ?? to, properties: {} });
      }
    }
    return { resource: node.label, state: 'complete', nodes, edges, gaps };
  });
}

function documentOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content ?? null);
}

function part(resource: string, nodes: GraphNode[], edges: GraphEdge[] = []): CollectedPart {
  return { resource, state: 'complete', nodes, edges, gaps: [] };
}

function named<const Id extends string>(fields: Fields, id: Id) {
  return { name: textOf(fields, 'Name'), [id]: textOf(fields, 'Id') };
}

function accountNode(fields: Fields, management: string, organizationId: string | undefined): GraphNode {
  const id = textOf(fields, 'Id') ?? '';
  return awsAccount.node(id, {
    arn: textOf(fields, 'Arn'),
    name: textOf(fields, 'Name'),
    email: textOf(fields, 'Email'),
    status: textOf(fields, 'Status') ?? textOf(fields, 'State'),
    organizationId,
    management: id === management,
  });
}

function parentEdge(fields: Fields, to: string | undefined, ids: ReadonlyMap<string, string>): GraphEdge[] {
  const from = ids.get(textOf(fields, 'ParentId') ?? '');
  return from === undefined || to === undefined ? [] : [{ type: 'CONTAINS', from, to, properties: {} }];
}

/** The account in the ARNs of an organization's parts is the management account. */
function managementOf(parts: readonly Fields[]): string | undefined {
  return parts.map((one) => findArn(textOf(one, 'Arn') ?? '')?.account).find((account) => account !== undefined);
}

function missingIn(lists: Readonly<Record<string, readonly Fields[]>>, field: string): string | undefined {
  for (const [name, list] of Object.entries(lists)) {
    const index = list.findIndex((one) => textOf(one, field) === undefined);
    if (index >= 0) return `\`/${name}/${index}/${field}\` is missing`;
  }
  return undefined;
}

function listOf(value: Fields, name: string): readonly Fields[] {
  const list = value[name];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function textOf(value: Fields, field: string): string | undefined {
  const found = value[field];
  return typeof found === 'string' ? found : undefined;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
