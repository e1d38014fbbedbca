import {
  EC2Client,
  type VpcPeeringConnectionVpcInfo,
  paginateDescribeVpcPeeringConnections,
} from '@aws-sdk/client-ec2';
import type { Place } from '@ag/model';
import { boolean, date, defineResource, string } from '@ag/resource';
import { ec2Arn, nameTag, tagList } from './names.ts';

// Both sides see it, each in its own account and region. It is one thing, and the requester’s. Its label does not end in
// `Connection`, by which GraphQL's clients know lists. https://relay.dev/graphql/connections.htm#sec-Connection-Types
export const vpcPeering = defineResource('Ec2VpcPeering', {
  description: 'A way between two networks, which may be of two accounts.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcPeeringConnections', async function* ({ client }) {
    const pages = paginateDescribeVpcPeeringConnections({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.VpcPeeringConnections ?? [];
  })
  .node(
    ({ item, place }) => {
      const { OwnerId } = item.RequesterVpcInfo ?? {};
      return ec2Arn(at(place, item.RequesterVpcInfo), 'vpc-peering-connection', item.VpcPeeringConnectionId, OwnerId);
    },
    {
      name: nameTag,
      vpcPeeringConnectionId: string('Connection id.', ({ item }) => item.VpcPeeringConnectionId, { indexed: true }),
      state: string('Whether it is active, waits to be accepted, is deleted …', ({ item }) => item.Status?.Code),
      requesterAccount: string('The account that asked: 12 digits.', ({ item }) => item.RequesterVpcInfo?.OwnerId),
      accepterAccount: string('The account that was asked: 12 digits.', ({ item }) => item.AccepterVpcInfo?.OwnerId),
      requesterCidrBlock: string(
        'The address range of the network that asked.',
        ({ item }) => item.RequesterVpcInfo?.CidrBlock,
      ),
      accepterCidrBlock: string(
        'The address range of the network that was asked.',
        ({ item }) => item.AccepterVpcInfo?.CidrBlock,
      ),
      crossesAccounts: boolean('Whether it joins networks of two accounts.', ({ item }) =>
        item.RequesterVpcInfo?.OwnerId === undefined || item.AccepterVpcInfo?.OwnerId === undefined
          ? undefined
          : item.RequesterVpcInfo.OwnerId !== item.AccepterVpcInfo.OwnerId,
      ),
      expiresAt: date('Until when it waits to be accepted.', ({ item }) => item.ExpirationTime),
      tags: tagList,
    },
  )
  .edge('CONNECTS', 'Ec2Vpc', 'The connection is a way to and from the network.', ({ item, place }) =>
    [item.RequesterVpcInfo, item.AccepterVpcInfo].flatMap((side) =>
      side?.VpcId ? ec2Arn(at(place, side), 'vpc', side.VpcId, side.OwnerId) : [],
    ),
  )
  .alias(({ item }) => item.VpcPeeringConnectionId);

function at(place: Place, side: VpcPeeringConnectionVpcInfo | undefined): Place {
  return { ...place, region: side?.Region ?? place.region };
}
