import { DescribeCustomerGatewaysCommand, EC2Client } from '@aws-sdk/client-ec2';
import { defineResource, string } from '@ag/resource';
import { ec2Arn, nameTag, tagList } from './names.ts';

export const customerGateway = defineResource('Ec2CustomerGateway', {
  description: 'The far end of VPN connections: a device that is not AWS’s.',
  docs: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/your-cgw.html',
  scope: 'regional',
  client: EC2Client,
})
  // It answers with all of them at once.
  .list('ec2:DescribeCustomerGateways', async function* ({ client }) {
    const answer = await client.send(new DescribeCustomerGatewaysCommand({}));
    yield* answer.CustomerGateways ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'customer-gateway', item.CustomerGatewayId), {
    name: nameTag,
    customerGatewayId: string('Gateway id.', ({ item }) => item.CustomerGatewayId, { indexed: true }),
    deviceName: string('What its owner calls the device.', ({ item }) => item.DeviceName),
    publicIpAddress: string('Its address on the internet.', ({ item }) => item.IpAddress),
    bgpAsn: string('Its number in BGP.', ({ item }) => item.BgpAsnExtended ?? item.BgpAsn),
    state: string('Whether it is available, pending, deleted …', ({ item }) => item.State),
    tags: tagList,
  })
  .edge('PROVES_ITSELF_BY', 'AwsResource', 'The device is known by the certificate.', ({ item }) =>
    item.CertificateArn ? item.CertificateArn : undefined,
  )
  .alias(({ item }) => item.CustomerGatewayId);
