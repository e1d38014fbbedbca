import { DescribeImageAttributeCommand, EC2Client, paginateDescribeImages } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, string } from '@ag/resource';
import { idsOf, imageArn, snapshotArn, tagList } from './names.ts';

// Only the account's own: what it may use of others and of AWS is tens of thousands.
export const image = defineResource('Ec2Image', {
  description: 'What a virtual machine starts from. Whoever it is shared with can start it and read its disks.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeImages', async function* ({ client }) {
    const input = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true };
    for await (const page of paginateDescribeImages({ client, pageSize: 1000 }, input)) yield* page.Images ?? [];
  })
  // The list tells whether an image is public; whom else it is shared with is told by this attribute alone.
  .detail('permissions', 'ec2:DescribeImageAttribute', async ({ client }, { ImageId }) => {
    const answer = await client.send(new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' }));
    return answer.LaunchPermissions ?? [];
  })
  .node(
    ({ item, place }) => {
      if (!item.ImageId) throw new Error('the answer names no id of the image');
      return imageArn(place, item.ImageId);
    },
    {
      name: string('Image name.', ({ item }) => item.Name, { indexed: true }),
      imageId: string('Image id.', ({ item }) => item.ImageId, { indexed: true }),
      description: string('What its owner wrote about it.', ({ item }) => item.Description),
      isPublic: boolean('Whether every AWS account may start it.', ({ item }) => item.Public ?? false, {
        indexed: true,
      }),
      state: string('Whether it is available, pending, disabled …', ({ item }) => item.State),
      architecture: string('`x86_64`, `arm64` …', ({ item }) => item.Architecture),
      requiresMetadataToken: boolean(
        'Whether what starts from it gives out its credentials by IMDSv2 only.',
        ({ item }) => item.ImdsSupport === 'v2.0',
      ),
      createdAt: date('When it was made.', ({ item }) => toDate(item.CreationDate)),
      deprecatedAt: date('From when on it is no longer offered.', ({ item }) => toDate(item.DeprecationTime)),
      lastLaunchedAt: date('When it was last started, as far as AWS tells.', ({ item }) =>
        toDate(item.LastLaunchedTime),
      ),
      tags: tagList,
    },
  )
  .edge('MADE_FROM', 'Ec2Snapshot', 'The snapshot is one of the disks of the image.', ({ item, place }) =>
    idsOf(item.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.SnapshotId)).map((id) => snapshotArn(place, id)),
  )
  .edge('MADE_FROM', 'Ec2Image', 'The image is a copy of the other one.', ({ item, place }) =>
    // A copy from another region has its source there.
    item.SourceImageId
      ? imageArn({ ...place, region: item.SourceImageRegion ?? place.region }, item.SourceImageId)
      : undefined,
  )
  .edge('SHARED_WITH', 'AwsAccount', 'The account may start the image.', ({ permissions }) =>
    idsOf(permissions?.map(({ UserId }) => UserId)),
  )
  .edge('SHARED_WITH', 'Organization', 'All accounts of the organization may start the image.', ({ permissions }) =>
    idsOf(permissions?.map(({ OrganizationArn }) => OrganizationArn)),
  )
  .edge('SHARED_WITH', 'OrganizationalUnit', 'All accounts below the unit may start the image.', ({ permissions }) =>
    idsOf(permissions?.map(({ OrganizationalUnitArn }) => OrganizationalUnitArn)),
  )
  .alias(({ item }) => item.ImageId)
  .trail('ec2.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::EC2::Ami')?.arn);

/** These three are texts where the rest of EC2 answers with moments. */
function toDate(text: string | undefined): Date | undefined {
  return text === undefined || text === '' ? undefined : new Date(text);
}
