import { expect, test } from 'vitest';
import { account, arn, collect, edgesOf, other, propertiesOf } from './fixtures/collect.ts';
import { transitGateway } from './transit-gateway.ts';
import { transitGatewayAttachment } from './transit-gateway-attachment.ts';
import { transitGatewayRouteTable } from './transit-gateway-route-table.ts';

test('a shared transit gateway is its owner’s, and so are an attachment and what it connects', async () => {
  const hub = await collect(transitGateway, {
    DescribeTransitGateways: `<transitGatewaySet><item><transitGatewayId>tgw-0b1</transitGatewayId><ownerId>${other}</ownerId>
      <transitGatewayArn>${arn('transit-gateway/tgw-0b1', other)}</transitGatewayArn><state>available</state>
      <options><autoAcceptSharedAttachments>enable</autoAcceptSharedAttachments></options></item></transitGatewaySet>`,
  });
  const attachment = (id: string, type: string, resource: string, owner: string) =>
    `<item><transitGatewayAttachmentId>${id}</transitGatewayAttachmentId><transitGatewayId>tgw-0b1</transitGatewayId>
     <transitGatewayOwnerId>${other}</transitGatewayOwnerId><resourceType>${type}</resourceType><resourceId>${resource}</resourceId>
     <resourceOwnerId>${owner}</resourceOwnerId><association><transitGatewayRouteTableId>tgw-rtb-0b1</transitGatewayRouteTableId></association></item>`;
  const made = await collect(transitGatewayAttachment, {
    DescribeTransitGatewayAttachments: `<transitGatewayAttachments>
      ${attachment('tgw-attach-0a1', 'vpc', 'vpc-0a1', account)}
      ${attachment('tgw-attach-0a2', 'direct-connect-gateway', '1-2', account)}
      ${attachment('tgw-attach-0a3', 'peering', 'tgw-0c1', '999988887777')}</transitGatewayAttachments>`,
  });

  expect(hub.nodes[0]).toMatchObject({
    id: arn('transit-gateway/tgw-0b1', other),
    properties: { account: other, acceptsAttachmentsByItself: true },
  });
  // A peering has an attachment on each side under one id: only one of them could be meant by it.
  expect(made.nodes.map(({ id, aliases }) => [id, aliases])).toEqual([
    [arn('transit-gateway-attachment/tgw-attach-0a1'), ['tgw-attach-0a1']],
    [arn('transit-gateway-attachment/tgw-attach-0a2'), ['tgw-attach-0a2']],
    [arn('transit-gateway-attachment/tgw-attach-0a3', other), undefined],
  ]);
  expect(edgesOf(made).filter((edge) => edge.startsWith('CONNECTS'))).toEqual([
    `CONNECTS ${arn('vpc/vpc-0a1')}`,
    `CONNECTS arn:aws:directconnect::${account}:dx-gateway/1-2`,
    'CONNECTS tgw-0c1',
  ]);
  expect(edgesOf(made).slice(0, 1)).toEqual([`ATTACHED_TO ${arn('transit-gateway/tgw-0b1', other)}`]);
  expect(edgesOf(made)).toContain(`ROUTED_BY ${arn('transit-gateway-route-table/tgw-rtb-0b1', other)}`);
});

const tables = `<transitGatewayRouteTables><item><transitGatewayRouteTableId>tgw-rtb-0a1</transitGatewayRouteTableId>
  <transitGatewayId>tgw-0a1</transitGatewayId><state>available</state></item></transitGatewayRouteTables>`;

test('a transit gateway’s routes are read to the last page, with those that drop', async () => {
  const route = (cidr: string, rest: string) =>
    `<item><destinationCidrBlock>${cidr}</destinationCidrBlock>${rest}</item>`;
  const to = (id: string, type: string, resource: string) =>
    `<transitGatewayAttachments><item><transitGatewayAttachmentId>${id}</transitGatewayAttachmentId>
     <resourceType>${type}</resourceType><resourceId>${resource}</resourceId></item></transitGatewayAttachments>`;
  const made = await collect(transitGatewayRouteTable, {
    DescribeTransitGatewayRouteTables: tables,
    SearchTransitGatewayRoutes: [
      `<routeSet>${route('10.0.0.0/16', `<type>propagated</type><state>active</state>${to('tgw-attach-0b1', 'vpc', 'vpc-0b1')}`)}</routeSet>
       <additionalRoutesAvailable>true</additionalRoutesAvailable><nextToken>2</nextToken>`,
      `<routeSet>${route('10.1.0.0/16', `<type>static</type><state>active</state>${to('tgw-attach-0a3', 'peering', 'tgw-0c1')}`)}
       ${route('10.2.0.0/16', '<type>static</type><state>blackhole</state>')}</routeSet>
       <additionalRoutesAvailable>false</additionalRoutesAvailable>`,
    ],
  });

  expect(propertiesOf(made)).toMatchObject({
    routes: [
      '10.0.0.0/16 to vpc-0b1 (propagated)',
      '10.1.0.0/16 to tgw-0c1 (static)',
      '10.2.0.0/16 to nowhere (blackhole)',
    ],
    blackholeRoutes: ['10.2.0.0/16 to nowhere (blackhole)'],
  });
  expect(edgesOf(made)).toEqual([
    'IN_TRANSIT_GATEWAY tgw-0a1',
    `ROUTES_TO ${arn('transit-gateway-attachment/tgw-attach-0a3')}`,
    'ROUTES_TO tgw-attach-0b1',
  ]);
});

test('routes of which AWS says that there are more, and not where, are not taken for all of them', async () => {
  const answers = {
    DescribeTransitGatewayRouteTables: tables,
    SearchTransitGatewayRoutes: '<routeSet/><additionalRoutesAvailable>true</additionalRoutesAvailable>',
  };

  await expect(collect(transitGatewayRouteTable, answers)).rejects.toThrow('has more routes than AWS tells');
});
