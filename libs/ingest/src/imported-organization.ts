import { type Gap, type GraphEdge, type GraphNode, type Place, findArn, globalRegion } from '@ag/model';
import { type Collected, type CollectedPart, awsAccount, policyNodes, toNode } from '@ag/resource';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a JSON value is meant as an organization. */
export function isOrganization(value: unknown): value is Fields {
  return isRecord(value) && Array.isArray(value['Accounts']) && ('Roots' in value || 'Organization' in value);
}

const policyLabels: Readonly<Record<string, string>> = {
  SERVICE_CONTROL_POLICY: 'ServiceControlPolicy',
  RESOURCE_CONTROL_POLICY: 'ResourceControlPolicy',
};

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
  const arn = textOf(organization, 'Arn') ?? roots.map((root) => textOf(root, 'Arn')).find(Boolean);
  const partition = findArn(arn ?? '')?.partition ?? 'aws';
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
      part(
        'OrganizationRoot',
        roots.map((root) => treeNode('OrganizationRoot', root, organizationId)),
      ),
      part(
        'OrganizationalUnit',
        units.map((unit) => treeNode('OrganizationalUnit', unit, organizationId)),
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

function policyParts(file: string, policies: readonly Fields[], place: Place, ids: ReadonlyMap<string, string>) {
  return Object.entries(policyLabels).map(([type, label]): CollectedPart => {
    const nodes: GraphNode[] = [];
    const edges: GraphEdge[] = [];
    const gaps: Gap[] = [];
    for (const policy of policies) {
      const summary = isRecord(policy['PolicySummary']) ? policy['PolicySummary'] : policy;
      const id = textOf(summary, 'Arn');
      if (summary['Type'] !== type || id === undefined) continue;
      const content = policy['Content'];
      const document = typeof content === 'string' ? content : JSON.stringify(content ?? null);
      const kind = label === 'ServiceControlPolicy' ? 'scp' : 'rcp';
      const made = policyNodes(id, kind, document);
      const values = {
        name: textOf(summary, 'Name'),
        description: textOf(summary, 'Description'),
        awsManaged: summary['AwsManaged'] === true,
      };
      if (made.ok) {
        nodes.push(toNode(id, [label, 'AwsResource'], { ...values, document }), ...made.nodes);
        edges.push(...made.edges);
      } else {
        const action = 'organizations:DescribePolicy';
        nodes.push(toNode(id, [label, 'AwsResource'], values, { unread: [action], unreadPolicies: [kind] }));
        const message = `\`${file}\` holds no document of \`${id}\`: ${made.reason}`;
        gaps.push({ place, resource: label, action, arn: id, reason: 'malformed', message });
      }
      for (const target of listOf(policy, 'Targets')) {
        const to = textOf(target, 'TargetId') ?? '';
        edges.push({ type: 'APPLIES_TO', from: id, to: ids.get(to) ?? to, properties: {} });
      }
    }
    return { resource: label, state: 'complete', nodes, edges, gaps };
  });
}

function part(resource: string, nodes: GraphNode[], edges: GraphEdge[] = []): CollectedPart {
  return { resource, state: 'complete', nodes, edges, gaps: [] };
}

function treeNode(label: string, fields: Fields, organizationId: string | undefined): GraphNode {
  return toNode(textOf(fields, 'Arn') ?? '', [label, 'AwsResource'], { name: textOf(fields, 'Name'), organizationId });
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
