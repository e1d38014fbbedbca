import { DescribeVpnConnectionsCommand, EC2Client, type VpnConnection } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, findEc2Arn, idsOf, nameTag, tagList } from './names.ts';

export const vpn = defineResource('Ec2Vpn', {
  description: 'An encrypted way between AWS and a network elsewhere. The keys of its tunnels are never kept.',
  docs: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html',
  scope: 'regional',
  client: EC2Client,
})
  // It answers with all of them at once.
  .list('ec2:DescribeVpnConnections', async function* ({ client }) {
    const answer = await client.send(new DescribeVpnConnectionsCommand({}));
    for (const connection of answer.VpnConnections ?? []) yield withoutKeys(connection);
  })
  .node(({ item, place }) => ec2Arn(place, 'vpn-connection', item.VpnConnectionId), {
    name: nameTag,
    vpnConnectionId: string('Connection id.', ({ item }) => item.VpnConnectionId, { indexed: true }),
    state: string('Whether it is available, pending, deleted …', ({ item }) => item.State),
    connectionType: string('`ipsec.1`, the one kind that there is.', ({ item }) => item.Type),
    staticRoutesOnly: boolean(
      'Whether its routes are written by hand, and not told by BGP.',
      ({ item }) => item.staticRoutesOnly,
    ),
    outsideIpAddresses: strings(
      'Addresses of its tunnels on the internet, at AWS.',
      ({ item }) => item.outsideIpAddresses,
    ),
    localCidrBlock: string('The address range at the other end.', ({ item }) => item.localCidrBlock),
    remoteCidrBlock: string('The address range at AWS.', ({ item }) => item.remoteCidrBlock),
    routes: strings('Address ranges that are sent through it.', ({ item }) =>
      idsOf(item.Routes?.map(({ DestinationCidrBlock }) => DestinationCidrBlock)),
    ),
    tags: tagList,
  })
  .edge('CONNECTS_TO', 'Ec2CustomerGateway', 'The connection leads to the gateway elsewhere.', ({ item, place }) =>
    findEc2Arn(place, 'customer-gateway', item.CustomerGatewayId),
  )
  .edge('ATTACHED_TO', 'Ec2VpnGateway', 'The connection ends at the gateway.', ({ item, place }) =>
    findEc2Arn(place, 'vpn-gateway', item.VpnGatewayId),
  )
  // A shared transit gateway is another account's.
  .edge('ATTACHED_TO', 'Ec2TransitGateway', 'The connection ends at the gateway.', ({ item }) =>
    idsOf([item.TransitGatewayId]),
  )
  .edge('KEEPS_KEYS_IN', 'AwsResource', 'Whoever can read the secret has the keys of the tunnels.', ({ item }) =>
    idsOf([item.PreSharedKeyArn]),
  )
  .alias(({ item }) => item.VpnConnectionId);

/** The configuration for the other end, and the options of each tunnel, hold the pre-shared keys: dropped before anything is made. */
function withoutKeys(connection: VpnConnection) {
  const { VpnConnectionId, State, Type, Routes, Tags, CustomerGatewayId, VpnGatewayId, TransitGatewayId } = connection;
  const { PreSharedKeyArn, Options: { StaticRoutesOnly, LocalIpv4NetworkCidr, RemoteIpv4NetworkCidr } = {} } =
    connection;
  const { Options, VgwTelemetry } = connection;
  const kept = { VpnConnectionId, State, Type, Routes, Tags, CustomerGatewayId, VpnGatewayId, TransitGatewayId };
  return {
    ...kept,
    PreSharedKeyArn,
    staticRoutesOnly: StaticRoutesOnly,
    localCidrBlock: LocalIpv4NetworkCidr,
    remoteCidrBlock: RemoteIpv4NetworkCidr,
    outsideIpAddresses: idsOf([
      ...(Options?.TunnelOptions ?? []).map(({ OutsideIpAddress }) => OutsideIpAddress),
      ...(VgwTelemetry ?? []).map(({ OutsideIpAddress }) => OutsideIpAddress),
    ]),
  };
}
