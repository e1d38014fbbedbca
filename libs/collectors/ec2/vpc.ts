import { EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const vpc = defineResource('Ec2Vpc', {
  description: 'A private network. Policies name it by `aws:SourceVpc`.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcs', async function* ({ client }) {
    for await (const page of paginateDescribeVpcs({ client, pageSize: 1000 }, {})) yield* page.Vpcs ?? [];
  })
  // A network whose subnets are shared is seen by accounts that do not own it.
  .node(({ item, place }) => ec2Arn(place, 'vpc', item.VpcId, item.OwnerId), {
    name: nameTag,
    vpcId: string('Network id.', ({ item }) => item.VpcId, { indexed: true }),
    cidrBlocks: strings('Its address ranges.', ({ item }) =>
      idsOf([
        ...(item.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock),
        ...(item.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
      ]),
    ),
    isDefault: boolean('Whether AWS made it with the account.', ({ item }) => item.IsDefault),
    tags: tagList,
  })
  .alias(({ item }) => item.VpcId);
