import { EC2Client, paginateDescribeNatGateways } from '@aws-sdk/client-ec2';
import { date, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, findEc2Arn, idsOf, nameTag, tagList } from './names.ts';

export const natGateway = defineResource('Ec2NatGateway', {
  description: 'The way out of private subnets. All that is behind it is seen under its address.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeNatGateways', async function* ({ client }) {
    for await (const page of paginateDescribeNatGateways({ client, pageSize: 1000 }, {})) yield* page.NatGateways ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'natgateway', item.NatGatewayId), {
    name: nameTag,
    natGatewayId: string('Gateway id.', ({ item }) => item.NatGatewayId, { indexed: true }),
    state: string('Whether it is available, pending, failed, deleted …', ({ item }) => item.State),
    connectivityType: string('`public`, or `private` for other networks only.', ({ item }) => item.ConnectivityType),
    publicIpAddresses: strings('Addresses on the internet.', ({ item }) =>
      idsOf(item.NatGatewayAddresses?.map(({ PublicIp }) => PublicIp)),
    ),
    privateIpAddresses: strings('Addresses inside its network.', ({ item }) =>
      idsOf(item.NatGatewayAddresses?.map(({ PrivateIp }) => PrivateIp)),
    ),
    createdAt: date('When it was made.', ({ item }) => item.CreateTime),
    tags: tagList,
  })
  .edge('IN_VPC', 'Ec2Vpc', 'The gateway is in the network.', ({ item }) => idsOf([item.VpcId]))
  .edge('IN_SUBNET', 'Ec2Subnet', 'The gateway has its address in the subnet.', ({ item }) => idsOf([item.SubnetId]))
  .edge('HAS_INTERFACE', 'Ec2NetworkInterface', 'The gateway sends by the interface.', ({ item }) =>
    idsOf(item.NatGatewayAddresses?.map(({ NetworkInterfaceId }) => NetworkInterfaceId)),
  )
  .edge('HAS_ADDRESS', 'Ec2ElasticIp', 'The gateway is seen under the address.', ({ item, place }) =>
    idsOf(item.NatGatewayAddresses?.map(({ AllocationId }) => findEc2Arn(place, 'elastic-ip', AllocationId))),
  )
  .alias(({ item }) => item.NatGatewayId);
