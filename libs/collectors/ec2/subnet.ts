import { EC2Client, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string } from '@ag/resource';
import { ec2Arn, findEc2Arn, nameTag, tagList } from './names.ts';

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
  .node(({ item, place }) => item.SubnetArn ?? ec2Arn(place, 'subnet', item.SubnetId, item.OwnerId), {
    name: nameTag,
    subnetId: string('Subnet id.', ({ item }) => item.SubnetId, { indexed: true }),
    cidrBlock: string('Its address range.', ({ item }) => item.CidrBlock),
    availabilityZone: string('Where it is: `eu-west-1a`.', ({ item }) => item.AvailabilityZone),
    givesPublicAddress: boolean(
      'Whether what starts in it gets a public address.',
      ({ item }) => item.MapPublicIpOnLaunch,
    ),
    tags: tagList,
  })
  .edge('IN_VPC', 'Ec2Vpc', 'The subnet is a part of the network.', ({ item, place }) =>
    findEc2Arn(place, 'vpc', item.VpcId, item.OwnerId),
  )
  .alias(({ item }) => item.SubnetId);
