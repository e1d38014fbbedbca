import { EC2Client, paginateDescribeInternetGateways } from '@aws-sdk/client-ec2';
import { defineResource, string } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const internetGateway = defineResource('Ec2InternetGateway', {
  description: 'The way between a network and the internet, both ways.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeInternetGateways', async function* ({ client }) {
    const pages = paginateDescribeInternetGateways({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.InternetGateways ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'internet-gateway', item.InternetGatewayId, item.OwnerId), {
    name: nameTag,
    internetGatewayId: string('Gateway id.', ({ item }) => item.InternetGatewayId, { indexed: true }),
    tags: tagList,
  })
  .edge('ATTACHED_TO', 'Ec2Vpc', 'The gateway joins the network to the internet.', ({ item }) =>
    idsOf(item.Attachments?.map(({ VpcId }) => VpcId)),
  )
  .alias(({ item }) => item.InternetGatewayId);
