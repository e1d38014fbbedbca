import { EC2Client, paginateDescribeTransitGateways } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

// A shared one is seen by accounts that do not own it.
export const transitGateway = defineResource('Ec2TransitGateway', {
  description: 'A hub between networks, of one account or of several.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/tgw/what-is-transit-gateway.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeTransitGateways', async function* ({ client }) {
    const pages = paginateDescribeTransitGateways({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.TransitGateways ?? [];
  })
  .node(
    ({ item, place }) =>
      item.TransitGatewayArn ?? ec2Arn(place, 'transit-gateway', item.TransitGatewayId, item.OwnerId),
    {
      name: nameTag,
      transitGatewayId: string('Transit gateway id.', ({ item }) => item.TransitGatewayId, { indexed: true }),
      description: string('What its owner wrote about it.', ({ item }) => item.Description),
      state: string('Whether it is available, pending …', ({ item }) => item.State),
      acceptsAttachmentsByItself: boolean('Whether accounts that it is shared with may attach unasked.', ({ item }) =>
        toBoolean(item.Options?.AutoAcceptSharedAttachments),
      ),
      associatesByDefault: boolean('Whether new attachments use its default route table.', ({ item }) =>
        toBoolean(item.Options?.DefaultRouteTableAssociation),
      ),
      propagatesByDefault: boolean('Whether new attachments add their routes to its default route table.', ({ item }) =>
        toBoolean(item.Options?.DefaultRouteTablePropagation),
      ),
      referencesSecurityGroups: boolean('Whether rules may name groups of networks behind it.', ({ item }) =>
        toBoolean(item.Options?.SecurityGroupReferencingSupport),
      ),
      cidrBlocks: strings('Its own address ranges.', ({ item }) => idsOf(item.Options?.TransitGatewayCidrBlocks)),
      createdAt: date('When it was made.', ({ item }) => item.CreationTime),
      tags: tagList,
    },
  )
  .alias(({ item }) => item.TransitGatewayId);

function toBoolean(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'enable';
}
