import {
  type Principal,
  RAMClient,
  type Resource,
  type ResourceShare,
  type ResourceSharePermissionSummary,
  paginateGetResourceShares,
  paginateListPrincipals,
  paginateListResourceSharePermissions,
  paginateListResources,
} from '@aws-sdk/client-ram';
import type { Place } from '@ag/model';
import { boolean, date, defineResource, string, strings, toTags } from '@ag/resource';

const owners = ['SELF', 'OTHER-ACCOUNTS'] as const;

// It is listed by the account that owns it and by those that it is shared with: what only its owner is told, the others leave out.
export const resourceShare = defineResource('RamResourceShare', {
  description: 'Resources that an account lets other accounts, organizational units or principals use, and what for.',
  docs: 'https://docs.aws.amazon.com/ram/latest/userguide/what-is.html',
  scope: 'regional',
  client: RAMClient,
})
  .list('ram:GetResourceShares', async function* ({ client }) {
    for (const resourceOwner of owners) {
      const pages = paginateGetResourceShares({ client, pageSize: 500 }, { resourceOwner });
      for await (const page of pages) {
        // A deleted share is listed for some hours more.
        yield* (page.resourceShares ?? []).filter(({ status }) => status !== 'DELETED');
      }
    }
  })
  .detail('principals', 'ram:ListPrincipals', async ({ client, place }, share) => {
    if (!isOwn(share, place)) return undefined;
    const principals: Principal[] = [];
    const resourceShareArns = [share.resourceShareArn ?? ''];
    const pages = paginateListPrincipals({ client, pageSize: 500 }, { resourceOwner: 'SELF', resourceShareArns });
    for await (const page of pages) {
      principals.push(...(page.principals ?? []));
    }
    return principals;
  })
  .detail('resources', 'ram:ListResources', async ({ client, place }, share) => {
    const resources: Resource[] = [];
    const resourceOwner = isOwn(share, place) ? 'SELF' : 'OTHER-ACCOUNTS';
    const resourceShareArns = [share.resourceShareArn ?? ''];
    const pages = paginateListResources({ client, pageSize: 500 }, { resourceOwner, resourceShareArns });
    for await (const page of pages) {
      resources.push(...(page.resources ?? []));
    }
    return resources;
  })
  .detail('permissions', 'ram:ListResourceSharePermissions', async ({ client, place }, share) => {
    if (!isOwn(share, place)) return undefined;
    const permissions: ResourceSharePermissionSummary[] = [];
    const about = { resourceShareArn: share.resourceShareArn };
    for await (const page of paginateListResourceSharePermissions({ client, pageSize: 500 }, about)) {
      permissions.push(...(page.permissions ?? []));
    }
    return permissions;
  })
  .node(({ item }) => item.resourceShareArn ?? '', {
    name: string('Its name.', ({ item }) => item.name, { indexed: true }),
    status: string('ACTIVE, PENDING, FAILED …', ({ item }) => item.status),
    allowsOutsiders: boolean(
      'Whether principals outside the organization may be added.',
      ({ item }) => item.allowExternalPrincipals,
    ),
    // AWS tells it of each principal, and it is what one looks for.
    outsiders: strings('Principals outside the organization that it is shared with.', ({ principals }) =>
      principals?.flatMap(({ external, id }) => (external === true && id !== undefined ? [id] : [])).sort(),
    ),
    permissionNames: strings('What may be done, by the name of RAM’s permission.', ({ permissions }) =>
      permissions?.flatMap(({ name }) => name ?? []).sort(),
    ),
    createdAt: date('When it was made.', ({ item }) => item.creationTime),
    tags: strings('Tags as `key=value`.', ({ item, place }) => (isOwn(item, place) ? toTags(item.tags) : undefined)),
  })
  .edge('SHARES', 'Entity', 'What the share lets others use.', ({ resources }) =>
    resources?.flatMap(({ arn }) => arn ?? []),
  )
  .edge(
    'SHARED_WITH',
    'Entity',
    'The account, unit, organization or principal may use what is shared.',
    ({ principals }) => principals?.flatMap(({ id }) => id ?? []),
  );

function isOwn({ owningAccountId }: ResourceShare, { account }: Place): boolean {
  return owningAccountId === undefined || owningAccountId === account;
}
