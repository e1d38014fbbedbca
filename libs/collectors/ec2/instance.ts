import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, number, string } from '@ag/resource';
import { ec2Arn, findEc2Arn, idsOf, imageArn, nameTag, tagList } from './names.ts';

// Its user data is never asked for: people put secrets there.
export const instance = defineResource('Ec2Instance', {
  description: 'A virtual machine. Whatever runs on it can act as the role of its instance profile.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeInstances', async function* ({ client }) {
    for await (const page of paginateDescribeInstances({ client, pageSize: 1000 }, {})) {
      // The owner stands on the reservation: a shared subnet shows other accounts' instances to nobody else.
      for (const { Instances = [], OwnerId } of page.Reservations ?? []) {
        yield* Instances.map((machine) => ({ ...machine, OwnerId }));
      }
    }
  })
  .node(({ item, place }) => ec2Arn(place, 'instance', item.InstanceId, item.OwnerId), {
    name: nameTag,
    instanceId: string('Instance id.', ({ item }) => item.InstanceId, { indexed: true }),
    instanceType: string('Its size: `m7g.large`.', ({ item }) => item.InstanceType),
    imageId: string('The image that it was started from.', ({ item }) => item.ImageId),
    state: string('Whether it is running, stopped, terminated …', ({ item }) => item.State?.Name),
    launchedAt: date('When it was last started.', ({ item }) => item.LaunchTime),
    privateIpAddress: string('Address inside its network.', ({ item }) => item.PrivateIpAddress),
    publicIpAddress: string('Address on the internet, where it has one.', ({ item }) => item.PublicIpAddress),
    requiresMetadataToken: boolean(
      'Whether its credentials are given out by IMDSv2 only, which resists request forgery.',
      ({ item }) => item.MetadataOptions && item.MetadataOptions.HttpTokens === 'required',
    ),
    metadataHopCount: number(
      'How far its credentials may travel from the metadata service: more than 1 reaches containers.',
      ({ item }) => item.MetadataOptions?.HttpPutResponseHopLimit,
    ),
    servesMetadata: boolean(
      'Whether the metadata service, which gives out its credentials, answers at all.',
      ({ item }) => item.MetadataOptions && item.MetadataOptions.HttpEndpoint !== 'disabled',
    ),
    tags: tagList,
  })
  .edge(
    'USES',
    'IamInstanceProfile',
    'The instance is given its role by the profile.',
    ({ item }) => item.IamInstanceProfile?.Arn,
  )
  // Filled when the run is closed: only the profile's own reader knows which role it carries.
  .edge('RUNS_AS', 'IamRole', 'Whatever runs on the instance can act as the role.', () => undefined)
  .edge('IN_SECURITY_GROUP', 'Ec2SecurityGroup', 'The group decides which traffic reaches the instance.', ({ item }) =>
    idsOf(item.SecurityGroups?.map(({ GroupId }) => GroupId)),
  )
  // A shared subnet is another account's, and the instance does not say whose.
  .edge('IN_SUBNET', 'Ec2Subnet', 'The instance has its address in the subnet.', ({ item }) => idsOf([item.SubnetId]))
  .edge('IN_VPC', 'Ec2Vpc', 'The instance is in the network.', ({ item }) => idsOf([item.VpcId]))
  .edge('STARTED_FROM', 'Ec2Image', 'The instance was started from the image.', ({ item, place }) =>
    item.ImageId ? imageArn(place, item.ImageId) : undefined,
  )
  .edge(
    'ACCEPTS_KEY',
    'Ec2KeyPair',
    'Whoever holds the key could sign in when the instance was made.',
    ({ item, place }) => findEc2Arn(place, 'key-pair', item.KeyName),
  )
  .alias(({ item }) => item.InstanceId)
  .trail('ec2.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::EC2::Instance')?.arn);
