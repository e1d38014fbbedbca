import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, string, strings, toTags } from '@ag/resource';

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
  .node(
    ({ item, place }) =>
      `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:instance/${item.InstanceId ?? ''}`,
    {
      name: string('The tag `Name`.', ({ item }) => item.Tags?.find(({ Key }) => Key === 'Name')?.Value, {
        indexed: true,
      }),
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
      tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
    },
  )
  .edge(
    'USES',
    'IamInstanceProfile',
    'The instance is given its role by the profile.',
    ({ item }) => item.IamInstanceProfile?.Arn,
  )
  // Filled when the run is closed: only the profile's own reader knows which role it carries.
  .edge('RUNS_AS', 'IamRole', 'Whatever runs on the instance can act as the role.', () => undefined)
  .edge(
    'IN_SECURITY_GROUP',
    'Ec2SecurityGroup',
    'The group decides which traffic reaches the instance.',
    ({ item, place }) =>
      item.SecurityGroups?.flatMap(({ GroupId }) =>
        GroupId === undefined
          ? []
          : `arn:${place.partition}:ec2:${place.region}:${place.account}:security-group/${GroupId}`,
      ),
  )
  .edge('IN_SUBNET', 'Ec2Subnet', 'The instance has its address in the subnet.', ({ item, place }) =>
    item.SubnetId === undefined
      ? undefined
      : `arn:${place.partition}:ec2:${place.region}:${place.account}:subnet/${item.SubnetId}`,
  )
  .alias(({ item }) => item.InstanceId)
  .trail('ec2.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::EC2::Instance')?.arn);
