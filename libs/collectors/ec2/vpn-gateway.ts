import { DescribeVpnGatewaysCommand, EC2Client } from '@aws-sdk/client-ec2';
import { defineResource, string } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const vpnGateway = defineResource('Ec2VpnGateway', {
  description: 'Where VPN connections and Direct Connect enter a network.',
  docs: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html',
  scope: 'regional',
  client: EC2Client,
})
  // It answers with all of them at once.
  .list('ec2:DescribeVpnGateways', async function* ({ client }) {
    const answer = await client.send(new DescribeVpnGatewaysCommand({}));
    yield* answer.VpnGateways ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'vpn-gateway', item.VpnGatewayId), {
    name: nameTag,
    vpnGatewayId: string('Gateway id.', ({ item }) => item.VpnGatewayId, { indexed: true }),
    state: string('Whether it is available, pending, deleted …', ({ item }) => item.State),
    tags: tagList,
  })
  .edge('ATTACHED_TO', 'Ec2Vpc', 'The gateway leads into the network.', ({ item }) =>
    idsOf(item.VpcAttachments?.filter(({ State }) => State !== 'detached').map(({ VpcId }) => VpcId)),
  )
  .alias(({ item }) => item.VpnGatewayId);
