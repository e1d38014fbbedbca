import { EC2Client, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings, toTags } from '@ag/resource';
import { ec2Arn, findEc2Arn, idsOf } from './names.ts';

export const networkInterface = defineResource('Ec2NetworkInterface', {
  description: 'A place in a subnet with an address: of a machine, a function, a gateway, an endpoint.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeNetworkInterfaces', async function* ({ client }) {
    const pages = paginateDescribeNetworkInterfaces({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.NetworkInterfaces ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'network-interface', item.NetworkInterfaceId, item.OwnerId), {
    name: string('The tag `Name`.', ({ item }) => item.TagSet?.find(({ Key }) => Key === 'Name')?.Value, {
      indexed: true,
    }),
    networkInterfaceId: string('Interface id.', ({ item }) => item.NetworkInterfaceId, { indexed: true }),
    description: string(
      'What its maker wrote about it: services tell there what it is for.',
      ({ item }) => item.Description,
    ),
    interfaceType: string('`interface`, `lambda`, `nat_gateway`, `vpc_endpoint` …', ({ item }) => item.InterfaceType),
    state: string('Whether it is in use, available …', ({ item }) => item.Status),
    requesterManaged: boolean('Whether a service made it and keeps it.', ({ item }) => item.RequesterManaged),
    requesterId: string('The service or account that made it for its owner.', ({ item }) => item.RequesterId),
    privateIpAddresses: strings('Addresses inside its network.', ({ item }) =>
      idsOf([
        ...(item.PrivateIpAddresses ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
        ...(item.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address),
      ]),
    ),
    publicIpAddresses: strings('Addresses on the internet, where it has any.', ({ item }) =>
      idsOf([
        item.Association?.PublicIp,
        ...(item.PrivateIpAddresses ?? []).map(({ Association }) => Association?.PublicIp),
      ]),
    ),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.TagSet)),
  })
  .edge('IN_VPC', 'Ec2Vpc', 'The interface is in the network.', ({ item }) => idsOf([item.VpcId]))
  .edge('IN_SUBNET', 'Ec2Subnet', 'The interface has its address in the subnet.', ({ item }) => idsOf([item.SubnetId]))
  .edge('IN_SECURITY_GROUP', 'Ec2SecurityGroup', 'The group decides which traffic reaches the interface.', ({ item }) =>
    idsOf(item.Groups?.map(({ GroupId }) => GroupId)),
  )
  .edge('ATTACHED_TO', 'Ec2Instance', 'The interface is the instance’s.', ({ item, place }) =>
    // A service attaches its own instances, which nobody sees: then the owner is AWS, as `amazon-elb`.
    findEc2Arn(place, 'instance', item.Attachment?.InstanceId, item.Attachment?.InstanceOwnerId),
  )
  .alias(({ item }) => item.NetworkInterfaceId);
