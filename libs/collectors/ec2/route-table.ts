import { EC2Client, type Route, type RouteTable, paginateDescribeRouteTables } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, findEc2Arn, idsOf, idsOfKind, idsOfOthers, nameTag, tagList } from './names.ts';

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
  .edge('SERVES', 'Ec2InternetGateway', 'The table routes what comes in by the gateway.', ({ item }) =>
    idsOfOthers(gatewaysOf(item), 'vgw'),
  )
  .edge('SERVES', 'Ec2VpnGateway', 'The table routes what comes in by the gateway.', ({ item }) =>
    idsOfKind(gatewaysOf(item), 'vgw'),
  )
  .edge('LEARNS_FROM', 'Ec2VpnGateway', 'The gateway adds routes to the table.', ({ item, place }) =>
    idsOf(item.PropagatingVgws?.map(({ GatewayId }) => findEc2Arn(place, 'vpn-gateway', GatewayId))),
  )
  // What a route leads to may be gone; then the edge leads to what is known of it, its id.
  .edge(
    'ROUTES_TO',
    'Ec2EgressOnlyInternetGateway',
    'A route of the table sends traffic to the internet by IPv6, and nothing from there.',
    ({ item }) => targetsOf(item, 'eigw'),
  )
  .edge('ROUTES_TO', 'Ec2NetworkInterface', 'A route of the table sends traffic to the interface.', ({ item }) =>
    targetsOf(item, 'eni'),
  )
  .edge('ROUTES_TO', 'Ec2Instance', 'A route of the table sends traffic to the instance.', ({ item }) =>
    targetsOf(item, 'i'),
  )
  .edge('ROUTES_TO', 'Ec2InternetGateway', 'A route of the table sends traffic to the internet.', ({ item }) =>
    targetsOf(item, 'igw'),
  )
  .edge(
    'ROUTES_TO',
    'Ec2NatGateway',
    'A route of the table sends traffic to the internet under the gateway’s address.',
    ({ item }) => targetsOf(item, 'nat'),
  )
  .edge('ROUTES_TO', 'Ec2VpcPeering', 'A route of the table sends traffic to the other network.', ({ item }) =>
    targetsOf(item, 'pcx'),
  )
  .edge('ROUTES_TO', 'Ec2TransitGateway', 'A route of the table sends traffic to the hub.', ({ item }) =>
    targetsOf(item, 'tgw'),
  )
  .edge('ROUTES_TO', 'Ec2VpnGateway', 'A route of the table sends traffic to the gateway.', ({ item }) =>
    targetsOf(item, 'vgw'),
  )
  .edge('ROUTES_TO', 'Ec2VpcEndpoint', 'A route of the table sends traffic to the endpoint.', ({ item }) =>
    targetsOf(item, 'vpce'),
  )
  .edge('ROUTES_TO', 'Uncollected', 'A route leads to a local or carrier gateway, or a core network.', ({ item }) =>
    idsOfOthers(allTargetsOf(item), ...kinds),
  )
  .alias(({ item }) => item.RouteTableId);

const kinds = ['eigw', 'eni', 'i', 'igw', 'nat', 'pcx', 'tgw', 'vgw', 'vpce'] as const;

function targetsOf(table: RouteTable, kind: (typeof kinds)[number]): readonly string[] {
  return idsOfKind(allTargetsOf(table), kind);
}

function allTargetsOf({ Routes }: RouteTable): readonly string[] {
  return idsOf(Routes?.map(targetOf)).filter((id) => id !== 'local');
}

function gatewaysOf({ Associations }: RouteTable): readonly string[] {
  return idsOf(Associations?.map(({ GatewayId }) => GatewayId));
}

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
