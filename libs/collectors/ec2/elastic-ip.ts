import { DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { defineResource, string } from '@ag/resource';
import { ec2Arn, findEc2Arn, nameTag, tagList } from './names.ts';

export const elasticIp = defineResource('Ec2ElasticIp', {
  description: 'An address on the internet that an account keeps.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html',
  scope: 'regional',
  client: EC2Client,
})
  // It answers with all of them at once.
  .list('ec2:DescribeAddresses', async function* ({ client }) {
    const answer = await client.send(new DescribeAddressesCommand({}));
    yield* answer.Addresses ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'elastic-ip', item.AllocationId), {
    name: nameTag,
    allocationId: string('Allocation id.', ({ item }) => item.AllocationId, { indexed: true }),
    publicIpAddress: string('The address.', ({ item }) => item.PublicIp, { indexed: true }),
    privateIpAddress: string('The address inside the network that it stands for.', ({ item }) => item.PrivateIpAddress),
    serviceManaged: string(
      'The service that keeps it, where it is not the account.',
      ({ item }) => item.ServiceManaged,
    ),
    tags: tagList,
  })
  .edge('ATTACHED_TO', 'Ec2NetworkInterface', 'Traffic to the address goes to the interface.', ({ item, place }) =>
    // The owner may be AWS itself, as `amazon-elb`; the interface is in the account all the same.
    findEc2Arn(place, 'network-interface', item.NetworkInterfaceId, accountIn(item.NetworkInterfaceOwnerId)),
  )
  .edge('ATTACHED_TO', 'Ec2Instance', 'Traffic to the address goes to the instance.', ({ item, place }) =>
    findEc2Arn(place, 'instance', item.InstanceId),
  )
  .alias(({ item }) => item.AllocationId);

function accountIn(owner: string | undefined): string | undefined {
  return owner !== undefined && /^\d{12}$/.test(owner) ? owner : undefined;
}
