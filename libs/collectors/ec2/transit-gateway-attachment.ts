import {
  EC2Client,
  type TransitGatewayAttachment,
  paginateDescribeTransitGatewayAttachments,
} from '@aws-sdk/client-ec2';
import type { Place } from '@ag/model';
import { date, defineResource, string } from '@ag/resource';
import { ec2Arn, findEc2Arn, nameTag, tagList } from './names.ts';

// The owner of the gateway and the owner of what is attached both see it.
export const transitGatewayAttachment = defineResource('Ec2TransitGatewayAttachment', {
  description: 'What joins a network, a VPN or another gateway to a transit gateway.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeTransitGatewayAttachments', async function* ({ client }) {
    const pages = paginateDescribeTransitGatewayAttachments({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.TransitGatewayAttachments ?? [];
  })
  .node(
    ({ item, place }) => ec2Arn(place, 'transit-gateway-attachment', item.TransitGatewayAttachmentId, ownerOf(item)),
    {
      name: nameTag,
      transitGatewayAttachmentId: string('Attachment id.', ({ item }) => item.TransitGatewayAttachmentId, {
        indexed: true,
      }),
      resourceType: string(
        'What is attached: `vpc`, `vpn`, `peering`, `direct-connect-gateway` …',
        ({ item }) => item.ResourceType,
      ),
      state: string('Whether it is available, waits to be accepted …', ({ item }) => item.State),
      associationState: string(
        'How far the association with its route table has come.',
        ({ item }) => item.Association?.State,
      ),
      createdAt: date('When it was made.', ({ item }) => item.CreationTime),
      tags: tagList,
    },
  )
  .edge('ATTACHED_TO', 'Ec2TransitGateway', 'It is attached to the gateway.', ({ item, place }) =>
    findEc2Arn(place, 'transit-gateway', item.TransitGatewayId, item.TransitGatewayOwnerId),
  )
  .edge('CONNECTS', 'AwsResource', 'The attachment is a way to and from it.', ({ item, place }) =>
    resourceOf(item, place),
  )
  .edge(
    'ROUTED_BY',
    'Ec2TransitGatewayRouteTable',
    'What comes from the attachment is routed by the table.',
    ({ item, place }) =>
      findEc2Arn(
        place,
        'transit-gateway-route-table',
        item.Association?.TransitGatewayRouteTableId,
        item.TransitGatewayOwnerId,
      ),
  )
  .alias(({ item }) => (isPeering(item) ? undefined : item.TransitGatewayAttachmentId));

/** Each side of a peering sees one of its own under the same id, which attaches its own gateway. */
function ownerOf(item: TransitGatewayAttachment): string | undefined {
  return isPeering(item) ? item.TransitGatewayOwnerId : item.ResourceOwnerId;
}

function isPeering({ ResourceType }: TransitGatewayAttachment): boolean {
  return ResourceType === 'peering' || ResourceType === 'tgw-peering';
}

const arnTypes: Readonly<Record<string, string>> = { vpc: 'vpc', vpn: 'vpn-connection' };

// The other gateway of a peering may be in another region, and a Connect attachment goes over another attachment.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachment.html
function resourceOf({ ResourceType = 'vpc', ResourceId, ResourceOwnerId }: TransitGatewayAttachment, place: Place) {
  if (ResourceType === 'direct-connect-gateway' && ResourceId) {
    return `arn:${place.partition}:directconnect::${ResourceOwnerId ?? place.account}:dx-gateway/${ResourceId}`;
  }
  const type = arnTypes[ResourceType];
  return type === undefined ? ResourceId : findEc2Arn(place, type, ResourceId, ResourceOwnerId);
}
