import { EC2Client, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings, toTags } from '@ag/resource';

export const subnet = defineResource('Ec2Subnet', {
  description: 'A part of a network in one availability zone.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeSubnets', async function* ({ client }) {
    for await (const page of paginateDescribeSubnets({ client, pageSize: 1000 }, {})) yield* page.Subnets ?? [];
  })
  // A shared subnet is seen by accounts that do not own it.
  .node(
    ({ item, place }) =>
      item.SubnetArn ??
      `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:subnet/${item.SubnetId ?? ''}`,
    {
      account: string('The account that owns it: 12 digits.', ({ item, place }) => item.OwnerId ?? place.account),
      name: string('The tag `Name`.', ({ item }) => item.Tags?.find(({ Key }) => Key === 'Name')?.Value, {
        indexed: true,
      }),
      subnetId: string('Subnet id.', ({ item }) => item.SubnetId, { indexed: true }),
      cidrBlock: string('Its address range.', ({ item }) => item.CidrBlock),
      availabilityZone: string('Where it is: `eu-west-1a`.', ({ item }) => item.AvailabilityZone),
      givesPublicAddress: boolean(
        'Whether what starts in it gets a public address.',
        ({ item }) => item.MapPublicIpOnLaunch,
      ),
      tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
    },
  )
  .edge('IN_VPC', 'Ec2Vpc', 'The subnet is a part of the network.', ({ item, place }) =>
    item.VpcId === undefined
      ? undefined
      : `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:vpc/${item.VpcId}`,
  )
  .alias(({ item }) => item.SubnetId);
