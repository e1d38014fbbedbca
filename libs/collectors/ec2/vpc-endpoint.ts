import { EC2Client, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import { date, defineResource, string, strings, toTags } from '@ag/resource';

export const vpcEndpoint = defineResource('Ec2VpcEndpoint', {
  description: 'A way from a network to an AWS service. Its policy limits who may use it, and what for.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcEndpoints', async function* ({ client }) {
    const pages = paginateDescribeVpcEndpoints({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.VpcEndpoints ?? [];
  })
  .node(
    ({ item, place }) =>
      `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:vpc-endpoint/${item.VpcEndpointId ?? ''}`,
    {
      name: string('The tag `Name`.', ({ item }) => item.Tags?.find(({ Key }) => Key === 'Name')?.Value, {
        indexed: true,
      }),
      vpcEndpointId: string('Endpoint id, which policies name by `aws:SourceVpce`.', ({ item }) => item.VpcEndpointId, {
        indexed: true,
      }),
      serviceName: string('The service: `com.amazonaws.eu-west-1.s3`.', ({ item }) => item.ServiceName),
      endpointType: string('Gateway, Interface …', ({ item }) => item.VpcEndpointType),
      state: string('Whether it is available, pending …', ({ item }) => item.State),
      createdAt: date('When it was made.', ({ item }) => item.CreationTimestamp),
      tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
    },
  )
  .edge('IN_VPC', 'Ec2Vpc', 'The endpoint serves the network.', ({ item, place }) =>
    item.VpcId === undefined
      ? undefined
      : `arn:${place.partition}:ec2:${place.region}:${place.account}:vpc/${item.VpcId}`,
  )
  .policy('endpoint', ({ item }) => item.PolicyDocument)
  .alias(({ item }) => item.VpcEndpointId);
