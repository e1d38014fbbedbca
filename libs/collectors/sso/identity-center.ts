import {
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  type InstanceMetadata,
  SSOAdminClient,
  paginateListInstances,
} from '@aws-sdk/client-sso-admin';
import type { Gap } from '@ag/model';
import type { Attempt, CollectedPart, Reader, ReaderContext } from '@ag/resource';
import { draftPart } from '@ag/resource';
import { type Instance, readAssignments } from './assignments.ts';
import { ofPrincipalAction } from './assignments-of-principals.ts';
import { readDirectory } from './directory.ts';
import { identityCenterGroup, identityCenterInstance, identityCenterUser, permissionSet } from './node-types.ts';
import { readPermissionSets } from './permission-sets.ts';

const types = [identityCenterInstance, permissionSet, identityCenterUser, identityCenterGroup];
const listAction = 'sso:ListInstances';
const attributesAction = 'sso:DescribeInstanceAccessControlAttributeConfiguration';

/** People, their groups, and the roles that they get in accounts. */
export const identityCenter: Reader = {
  name: 'sso/identity-center',
  description: 'Identity Center: permission sets and their policies, assignments, users, groups and memberships.',
  scope: 'identityCenter',
  types,
  actions: [
    listAction,
    attributesAction,
    'sso:ListPermissionSets',
    'sso:DescribePermissionSet',
    'sso:ListManagedPoliciesInPermissionSet',
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
    'sso:GetInlinePolicyForPermissionSet',
    'sso:GetPermissionsBoundaryForPermissionSet',
    'sso:ListAccountAssignments',
    ofPrincipalAction,
    'identitystore:ListUsers',
    'identitystore:ListGroups',
    'identitystore:ListGroupMemberships',
  ],
  // Its own roles in the accounts: they tell which set is where.
  needs: {
    nodes: {
      IamRole: ({ properties: { permissionSetName, path = '' }, ...role }) =>
        permissionSetName === undefined ? undefined : { ...role, properties: { permissionSetName, path } },
    },
  },

  async read(context) {
    const found = await findInstances(context);
    if (found.ok === false) return types.map(({ label }) => unread(label, found.gap));
    const instances = found.ok === true ? found.value : [];

    const parts: CollectedPart[] = [await readInstances(context, instances)];
    const sets = draftPart(permissionSet.label);
    const users = draftPart(identityCenterUser.label);
    const groups = draftPart(identityCenterGroup.label);
    for (const instance of instances) {
      const known = await readPermissionSets(context, instance, { sets, users, groups });
      const principals = await readDirectory(context, instance, { users, groups });
      await readAssignments(context, instance, known, { sets, users, groups }, principals);
    }
    return [...parts, sets.toPart(), users.toPart(), groups.toPart()];
  },
};

/**
 * Instances of the organization. Only the region where Identity Center was switched on knows of it, so each is asked; those first
 * that the roles of permission sets name, and no other where our own account's is found: it has one at most.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-instances.html
 */
async function findInstances(context: ReaderContext): Promise<Attempt<readonly Instance[]>> {
  const named = namedRegions(context);
  const others = context.regions.filter((region) => !named.includes(region));
  const found = new Map<string, Instance>();
  const failures: Gap[] = [];
  for (const regions of [named, others]) {
    const isOwn = ({ metadata }: Instance) => metadata.OwnerAccountId === context.place.account;
    if ([...found.values()].some(isOwn)) break;
    const listings = await context.each(regions, async (region) => ({
      region,
      listed: await listInstances(context, region),
    }));
    for (const { region, listed } of listings) {
      if (listed.ok === false) failures.push(listed.gap);
      for (const metadata of listed.ok === true ? listed.value : []) {
        const { InstanceArn: arn, IdentityStoreId: store } = metadata;
        if (arn !== undefined && store !== undefined && !found.has(arn)) {
          found.set(arn, { arn, store, region, metadata });
        }
      }
    }
  }
  // Where a region does not have the service there is no instance either.
  const gap = failures.find(({ reason }) => reason !== 'regionDisabled');
  if (found.size === 0 && gap) return { ok: false, gap };
  // Where Identity Center is may be told by roles alone, so without all of them nobody can say that there is none (I2).
  const unread = context.accounts.find((account) => context.isComplete?.(account, 'IamRole') === false);
  if (found.size === 0 && unread !== undefined) return { ok: false, gap: rolesUnread(context, unread) };
  return { ok: true, value: [...found.values()] };
}

function listInstances(context: ReaderContext, region: string): Promise<Attempt<InstanceMetadata[]>> {
  return context.attempt({ action: listAction, resource: identityCenterInstance.label }, async () => {
    const all: InstanceMetadata[] = [];
    const client = context.client(SSOAdminClient, region);
    for await (const page of paginateListInstances({ client }, {})) all.push(...(page.Instances ?? []));
    return all;
  });
}

function rolesUnread({ place }: ReaderContext, account: string): Gap {
  const message = `the roles of account ${account}, which may tell where Identity Center is, were not read`;
  return { place, resource: identityCenterInstance.label, action: listAction, reason: 'notCollected', message };
}

/** The regions that the roles of permission sets name by their path; without a region it is the oldest. */
function namedRegions(context: ReaderContext): readonly string[] {
  const named = context.read('IamRole').flatMap(({ properties }) => {
    const { permissionSetName, path } = properties;
    if (permissionSetName === undefined || typeof path !== 'string') return [];
    const region = path.split('/')[3];
    if (region !== undefined && region !== '') return [region];
    return context.place.partition === 'aws' ? ['us-east-1'] : [];
  });
  return [...new Set(named)].sort();
}

async function readInstances(context: ReaderContext, instances: readonly Instance[]): Promise<CollectedPart> {
  const draft = draftPart(identityCenterInstance.label);
  for (const { arn, store, region, metadata } of instances) {
    const call = { action: attributesAction, resource: identityCenterInstance.label, arn } as const;
    const attributes = await context.attempt(call, async () => {
      const command = new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn: arn });
      const answer = await context.client(SSOAdminClient, region).send(command);
      return answer.InstanceAccessControlAttributeConfiguration?.AccessControlAttributes ?? [];
    });
    if (attributes.ok === false) draft.miss(attributes.gap);
    // Not found: attributes for access control are switched off.
    const list = attributes.ok === true ? attributes.value : [];
    draft.add(
      identityCenterInstance.node(
        arn,
        {
          name: metadata.Name,
          account: metadata.OwnerAccountId ?? context.place.account,
          region,
          identityStoreId: store,
          ownerAccount: metadata.OwnerAccountId,
          status: metadata.Status,
          createdAt: metadata.CreatedDate?.toISOString(),
          accessControlAttributes:
            attributes.ok === false
              ? undefined
              : list.map(({ Key, Value }) => `${Key ?? ''}=${Value?.Source?.join(',') ?? ''}`).sort(),
        },
        { unread: attributes.ok === false ? [attributesAction] : [] },
      ),
    );
  }
  return draft.toPart();
}

function unread(resource: string, gap: CollectedPart['gaps'][number]): CollectedPart {
  return { resource, state: gap.reason, nodes: [], edges: [], gaps: [{ ...gap, resource }] };
}
