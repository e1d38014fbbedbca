import { EC2Client, type Route, paginateDescribeRouteTables } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, findEc2Arn, idsOf, nameTag, tagList } from './names.ts';

export const routeTable = defineResource('Ec2RouteTable', {
  description: 'Where traffic goes that leaves the subnets of a network.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeRouteTables', async function* ({ client }) {
    for await (const page of paginateDescribeRouteTables({ client, pageSize: 100 }, {})) yield* page.RouteTables ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'route-table', item.RouteTableId, item.OwnerId), {
    name: nameTag,
    routeTableId: string('Table id.', ({ item }) => item.RouteTableId, { indexed: true }),
    isMain: boolean('Whether it serves every subnet of the network that has no table of its own.', ({ item }) =>
      (item.Associations ?? []).some(({ Main }) => Main),
    ),
    routes: strings('Where each destination is sent: `0.0.0.0/0 to igw-…`.', ({ item }) =>
      (item.Routes ?? []).map(toText).sort(),
    ),
    blackholeRoutes: strings('Routes whose target is gone, so that their traffic is dropped.', ({ item }) =>
      (item.Routes ?? [])
        .filter(({ State }) => State === 'blackhole')
        .map(toText)
        .sort(),
    ),
    tags: tagList,
  })
  .edge('IN_VPC', 'Ec2Vpc', 'The table belongs to the network.', ({ item }) => idsOf([item.VpcId]))
  .edge('SERVES', 'Ec2Subnet', 'The table routes what leaves the subnet.', ({ item }) =>
    idsOf(item.Associations?.map(({ SubnetId }) => SubnetId)),
  )
  .edge('SERVES', 'AwsResource', 'The table routes what comes in by the gateway.', ({ item }) =>
    idsOf(item.Associations?.map(({ GatewayId }) => GatewayId)),
  )
  .edge('LEARNS_FROM', 'Ec2VpnGateway', 'The gateway adds routes to the table.', ({ item, place }) =>
    idsOf(item.PropagatingVgws?.map(({ GatewayId }) => findEc2Arn(place, 'vpn-gateway', GatewayId))),
  )
  .edge(
    'ROUTES_TO',
    'AwsResource',
    'A route of the table sends traffic there, or would if it were not gone.',
    ({ item }) => idsOf(item.Routes?.map(targetOf)).filter((id) => id !== 'local'),
  )
  .alias(({ item }) => item.RouteTableId);

function toText(route: Route): string {
  const to = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '';
  const gone = route.State === 'blackhole' ? ' (blackhole)' : '';
  return `${to} to ${targetOf(route) ?? 'nowhere'}${gone}`;
}

// A route has one target; to an instance it names the interface, too.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
function targetOf(route: Route): string | undefined {
  return (
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.EgressOnlyInternetGatewayId ??
    route.InstanceId ??
    route.NetworkInterfaceId ??
    route.LocalGatewayId ??
    route.CarrierGatewayId ??
    route.CoreNetworkArn ??
    route.OdbNetworkArn
  );
}
