import { EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings, toTags } from '@ag/resource';

export const vpc = defineResource('Ec2Vpc', {
  description: 'A private network. Policies name it by `aws:SourceVpc`.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcs', async function* ({ client }) {
    for await (const page of paginateDescribeVpcs({ client, pageSize: 1000 }, {})) yield* page.Vpcs ?? [];
  })
  .node(
    ({ item, place }) =>
      `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:vpc/${item.VpcId ?? ''}`,
    {
      name: string('The tag `Name`.', ({ item }) => item.Tags?.find(({ Key }) => Key === 'Name')?.Value, {
        indexed: true,
      }),
      vpcId: string('Network id.', ({ item }) => item.VpcId, { indexed: true }),
      cidrBlocks: strings('Its address ranges.', ({ item }) =>
        (item.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []).sort(),
      ),
      isDefault: boolean('Whether AWS made it with the account.', ({ item }) => item.IsDefault),
      tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
    },
  )
  .alias(({ item }) => item.VpcId);
