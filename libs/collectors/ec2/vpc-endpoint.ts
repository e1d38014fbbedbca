import { EC2Client, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, string } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

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
  .node(({ item, place }) => ec2Arn(place, 'vpc-endpoint', item.VpcEndpointId, item.OwnerId), {
    name: nameTag,
    vpcEndpointId: string('Endpoint id, which policies name by `aws:SourceVpce`.', ({ item }) => item.VpcEndpointId, {
      indexed: true,
    }),
    serviceName: string('The service: `com.amazonaws.eu-west-1.s3`.', ({ item }) => item.ServiceName),
    endpointType: string('Gateway, Interface …', ({ item }) => item.VpcEndpointType),
    state: string('Whether it is available, pending …', ({ item }) => item.State),
    createdAt: date('When it was made.', ({ item }) => item.CreationTimestamp),
    requesterManaged: boolean('Whether a service made it and keeps it.', ({ item }) => item.RequesterManaged),
    privateDnsEnabled: boolean(
      'Whether the service’s usual name leads to it inside the network.',
      ({ item }) => item.PrivateDnsEnabled,
    ),
    tags: tagList,
  })
  .edge('IN_VPC', 'Ec2Vpc', 'The endpoint serves the network.', ({ item }) => idsOf([item.VpcId]))
  .edge('IN_SUBNET', 'Ec2Subnet', 'The endpoint has an address in the subnet.', ({ item }) => idsOf(item.SubnetIds))
  .edge('IN_SECURITY_GROUP', 'Ec2SecurityGroup', 'The group decides which traffic reaches the endpoint.', ({ item }) =>
    idsOf(item.Groups?.map(({ GroupId }) => GroupId)),
  )
  .edge('HAS_INTERFACE', 'Ec2NetworkInterface', 'The endpoint is reached by the interface.', ({ item }) =>
    idsOf(item.NetworkInterfaceIds),
  )
  .edge('ROUTED_BY', 'Ec2RouteTable', 'The table sends the service’s traffic to the endpoint.', ({ item }) =>
    idsOf(item.RouteTableIds),
  )
  // The services of AWS itself are nobody's resources.
  .edge('CONNECTS_TO', 'Ec2VpcEndpointService', 'The endpoint leads to the service.', ({ item }) =>
    idsOf([/vpce-svc-[0-9a-f]+$/.exec(item.ServiceName ?? '')?.[0]]),
  )
  .policy('endpoint', ({ item }) => item.PolicyDocument)
  .alias(({ item }) => item.VpcEndpointId);
