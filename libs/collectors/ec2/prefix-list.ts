import {
  EC2Client,
  type PrefixListEntry,
  paginateDescribeManagedPrefixLists,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { defineResource, number, string, strings } from '@ag/resource';
import { ec2Arn, tagList } from './names.ts';

/** Who AWS says owns its own lists. */
const aws = 'AWS';

export const prefixList = defineResource('Ec2PrefixList', {
  description:
    'Address ranges under one name, for rules and routes. A shared one is seen by accounts that do not own it.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeManagedPrefixLists', async function* ({ client }) {
    const pages = paginateDescribeManagedPrefixLists({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.PrefixLists ?? [];
  })
  // AWS's own lists are the same for everybody, and long: which addresses they hold is not kept.
  .detail('entries', 'ec2:GetManagedPrefixListEntries', async ({ client }, { PrefixListId, OwnerId }) => {
    if (OwnerId === aws) return undefined;
    const entries: PrefixListEntry[] = [];
    const pages = paginateGetManagedPrefixListEntries({ client, pageSize: 100 }, { PrefixListId });
    for await (const page of pages) entries.push(...(page.Entries ?? []));
    return entries;
  })
  .node(
    ({ item, place }) => {
      if (item.OwnerId === aws) return ec2Arn(place, 'prefix-list', item.PrefixListId, 'aws');
      return item.PrefixListArn ?? ec2Arn(place, 'prefix-list', item.PrefixListId, item.OwnerId);
    },
    {
      account: string('The account that owns it: 12 digits; none owns AWS’s own.', ({ item, place }) =>
        item.OwnerId === aws ? undefined : (item.OwnerId ?? place.account),
      ),
      name: string('List name.', ({ item }) => item.PrefixListName, { indexed: true }),
      prefixListId: string('List id.', ({ item }) => item.PrefixListId, { indexed: true }),
      addressFamily: string('`IPv4` or `IPv6`.', ({ item }) => item.AddressFamily),
      state: string('Whether its last change is done, pending, failed.', ({ item }) => item.State),
      managedBy: string('`aws` or `customer`.', ({ item }) => (item.OwnerId === aws ? 'aws' : 'customer')),
      maxEntriesCount: number('How many entries it counts for in rules.', ({ item }) => item.MaxEntries),
      entries: strings('Address ranges, with what is written about them; not kept of AWS’s own.', ({ entries }) =>
        entries?.map(({ Cidr = '', Description }) => (Description ? `${Cidr} ${Description}` : Cidr)).sort(),
      ),
      tags: tagList,
    },
  )
  .alias(({ item }) => item.PrefixListId);
