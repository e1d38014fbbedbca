import {
  EC2Client,
  type TransitGatewayRoute,
  type TransitGatewayRouteAttachment,
  paginateDescribeTransitGatewayRouteTables,
  paginateSearchTransitGatewayRoutes,
} from '@aws-sdk/client-ec2';
import type { Place } from '@ag/model';
import { boolean, date, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const transitGatewayRouteTable = defineResource('Ec2TransitGatewayRouteTable', {
  description: 'Where a transit gateway sends what comes from the attachments that use the table.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeTransitGatewayRouteTables', async function* ({ client }) {
    const pages = paginateDescribeTransitGatewayRouteTables({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.TransitGatewayRouteTables ?? [];
  })
  .detail('routes', 'ec2:SearchTransitGatewayRoutes', async ({ client }, { TransitGatewayRouteTableId }) => {
    const routes: TransitGatewayRoute[] = [];
    // The search wants a filter: these are all states that a route can be in and stay. Where no size is asked for, a page has
    // 1,000 routes, which is the most. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html
    const input = { TransitGatewayRouteTableId, Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] };
    let isCut: boolean | undefined = false;
    for await (const page of paginateSearchTransitGatewayRoutes({ client }, input)) {
      routes.push(...(page.Routes ?? []));
      isCut = page.AdditionalRoutesAvailable && !page.NextToken;
    }
    if (isCut) throw new Error(`the table \`${TransitGatewayRouteTableId ?? ''}\` has more routes than AWS tells`);
    return routes;
  })
  .node(({ item, place }) => ec2Arn(place, 'transit-gateway-route-table', item.TransitGatewayRouteTableId), {
    name: nameTag,
    transitGatewayRouteTableId: string('Table id.', ({ item }) => item.TransitGatewayRouteTableId, { indexed: true }),
    state: string('Whether it is available, pending …', ({ item }) => item.State),
    isDefaultForAssociation: boolean(
      'Whether new attachments use it.',
      ({ item }) => item.DefaultAssociationRouteTable,
    ),
    isDefaultForPropagation: boolean(
      'Whether new attachments add their routes to it.',
      ({ item }) => item.DefaultPropagationRouteTable,
    ),
    routes: strings('Where each destination is sent: `10.0.0.0/8 to vpc-… (propagated)`.', ({ routes }) =>
      routes?.map(toText).sort(),
    ),
    blackholeRoutes: strings('Routes whose traffic is dropped.', ({ routes }) =>
      routes
        ?.filter(({ State }) => State === 'blackhole')
        .map(toText)
        .sort(),
    ),
    createdAt: date('When it was made.', ({ item }) => item.CreationTime),
    tags: tagList,
  })
  .edge('IN_TRANSIT_GATEWAY', 'Ec2TransitGateway', 'The table belongs to the gateway.', ({ item }) =>
    idsOf([item.TransitGatewayId]),
  )
  .edge('ROUTES_TO', 'Ec2TransitGatewayAttachment', 'A route of the table sends traffic there.', ({ routes, place }) =>
    idsOf(
      routes?.flatMap(({ TransitGatewayAttachments = [] }) => TransitGatewayAttachments.map((one) => idOf(one, place))),
    ),
  )
  .alias(({ item }) => item.TransitGatewayRouteTableId);

function toText(route: TransitGatewayRoute): string {
  const to = route.DestinationCidrBlock ?? route.PrefixListId ?? '';
  const targets = idsOf(route.TransitGatewayAttachments?.map(({ ResourceId }) => ResourceId));
  const kind = route.State === 'blackhole' ? 'blackhole' : (route.Type ?? 'static');
  return `${to} to ${targets.join(', ') || 'nowhere'} (${kind})`;
}

/** Of a peering both sides have an attachment under one id, and the route means the gateway's own. */
function idOf({ TransitGatewayAttachmentId, ResourceType }: TransitGatewayRouteAttachment, place: Place) {
  const isPeering = ResourceType === 'peering' || ResourceType === 'tgw-peering';
  return isPeering && TransitGatewayAttachmentId
    ? ec2Arn(place, 'transit-gateway-attachment', TransitGatewayAttachmentId)
    : TransitGatewayAttachmentId;
}
