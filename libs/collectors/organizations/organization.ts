import {
  DescribeOrganizationCommand,
  type DelegatedAdministrator,
  type DelegatedService,
  type Organization,
  OrganizationsClient,
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
} from '@aws-sdk/client-organizations';
import { type CollectedPart, type Reader, type ReaderContext, awsAccount, draftPart } from '@ag/resource';
import {
  organization,
  organizationRoot,
  organizationalUnit,
  resourceControlPolicy,
  serviceControlPolicy,
} from './node-types.ts';
import { readPolicies } from './policies.ts';
import { readTree } from './tree.ts';

const types = [
  organization,
  organizationRoot,
  organizationalUnit,
  awsAccount,
  serviceControlPolicy,
  resourceControlPolicy,
];

/** The organization, its tree of accounts, and the policies that limit them. An account without an organization has none of it. */
export const organizationReader: Reader = {
  name: 'organizations/organization',
  description: 'The organization: its tree and accounts, SCPs and RCPs with their targets, delegated administrators.',
  scope: 'organization',
  types,
  actions: [
    'organizations:DescribeOrganization',
    'organizations:ListRoots',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListAccounts',
    'organizations:ListAccountsForParent',
    'organizations:ListPolicies',
    'organizations:DescribePolicy',
    'organizations:ListTargetsForPolicy',
    'organizations:ListDelegatedAdministrators',
    'organizations:ListDelegatedServicesForAccount',
  ],

  async read(context) {
    const call = { action: 'organizations:DescribeOrganization', resource: organization.label } as const;
    const described = await context.attempt(call, () => describe(context));
    if (described.ok === false) return types.map(({ label }) => unread(label, described));
    const found = described.ok === true ? described.value : undefined;
    if (!found?.Arn || !found.Id) return types.map(({ label }) => nothing(label));

    const head = { arn: found.Arn, id: found.Id, managementAccount: found.MasterAccountId ?? '' };
    return [
      await readHead(context, found, head.arn),
      ...(await readTree(context, head)),
      ...(await readLimits(context, found)),
    ];
  },
};

/** The organization, or `undefined` where the account is in none. */
async function describe(context: ReaderContext): Promise<Organization | undefined> {
  try {
    const answer = await context.client(OrganizationsClient).send(new DescribeOrganizationCommand({}));
    return answer.Organization;
  } catch (error) {
    if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') return undefined;
    throw error;
  }
}

/** SCPs and RCPs; an organization for billing only has none, and refuses to list them. */
async function readLimits(context: ReaderContext, { FeatureSet }: Organization): Promise<readonly CollectedPart[]> {
  if (FeatureSet === 'CONSOLIDATED_BILLING')
    return [serviceControlPolicy, resourceControlPolicy].map(({ label }) => nothing(label));
  return [
    await readPolicies(context, serviceControlPolicy, { type: 'SERVICE_CONTROL_POLICY', kind: 'scp' }),
    await readPolicies(context, resourceControlPolicy, { type: 'RESOURCE_CONTROL_POLICY', kind: 'rcp' }),
  ];
}

async function readHead(context: ReaderContext, found: Organization, id: string): Promise<CollectedPart> {
  const draft = draftPart(organization.label);
  const client = context.client(OrganizationsClient);
  draft.add(
    organization.node(id, {
      organizationId: found.Id,
      featureSet: found.FeatureSet,
      managementAccount: found.MasterAccountId,
    }),
  );
  const administrators = draft.listed(
    await context.attempt(
      { action: 'organizations:ListDelegatedAdministrators', resource: organization.label },
      async () => {
        const all: DelegatedAdministrator[] = [];
        const pages = paginateListDelegatedAdministrators({ client, pageSize: 20 }, {});
        for await (const page of pages) all.push(...(page.DelegatedAdministrators ?? []));
        return all;
      },
    ),
  );
  await context.each(administrators, async ({ Id }) => {
    if (Id === undefined) return;
    const listed = await context.attempt(
      { action: 'organizations:ListDelegatedServicesForAccount', resource: organization.label, arn: id },
      async () => {
        const all: DelegatedService[] = [];
        const pages = paginateListDelegatedServicesForAccount({ client, pageSize: 20 }, { AccountId: Id });
        for await (const page of pages) all.push(...(page.DelegatedServices ?? []));
        return all;
      },
    );
    const services = draft.listed(listed).flatMap(({ ServicePrincipal }) => ServicePrincipal ?? []);
    draft.connect({ type: 'DELEGATED_TO', from: id, to: Id, properties: { services: services.sort() } });
  });
  return draft.toPart();
}

function nothing(resource: string): CollectedPart {
  return { resource, state: 'complete', nodes: [], edges: [], gaps: [] };
}

function unread(resource: string, { gap }: { gap: CollectedPart['gaps'][number] }): CollectedPart {
  return { resource, state: gap.reason, nodes: [], edges: [], gaps: [{ ...gap, resource }] };
}
