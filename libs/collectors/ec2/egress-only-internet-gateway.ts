import { EC2Client, paginateDescribeEgressOnlyInternetGateways } from '@aws-sdk/client-ec2';
import { defineResource, string } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const egressOnlyInternetGateway = defineResource('Ec2EgressOnlyInternetGateway', {
  description: 'The way from a network to the internet by IPv6: nothing gets in that was not asked for.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeEgressOnlyInternetGateways', async function* ({ client }) {
    const pages = paginateDescribeEgressOnlyInternetGateways({ client, pageSize: 255 }, {});
    for await (const page of pages) yield* page.EgressOnlyInternetGateways ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'egress-only-internet-gateway', item.EgressOnlyInternetGatewayId), {
    name: nameTag,
    egressOnlyInternetGatewayId: string('Gateway id.', ({ item }) => item.EgressOnlyInternetGatewayId, {
      indexed: true,
    }),
    tags: tagList,
  })
  .edge('ATTACHED_TO', 'Ec2Vpc', 'The gateway lets the network out to the internet.', ({ item }) =>
    idsOf(item.Attachments?.map(({ VpcId }) => VpcId)),
  )
  .alias(({ item }) => item.EgressOnlyInternetGatewayId);
