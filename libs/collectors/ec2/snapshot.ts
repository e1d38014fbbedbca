import { DescribeSnapshotAttributeCommand, EC2Client, paginateDescribeSnapshots } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, number, string, toKeyArn } from '@ag/resource';
import { findEc2Arn, idsOf, nameTag, snapshotArn, tagList, toBytes } from './names.ts';

/** What AWS calls the volume of a copy, which has none. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html */
const noVolume = 'vol-ffffffff';

export const snapshot = defineResource('Ec2Snapshot', {
  description: 'A copy of a disk. Whoever it is shared with can read all that was on it.',
  docs: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeSnapshots', async function* ({ client }) {
    const pages = paginateDescribeSnapshots({ client, pageSize: 1000 }, { OwnerIds: ['self'] });
    for await (const page of pages) yield* page.Snapshots ?? [];
  })
  // One call each: the filter `RestorableByUserIds` finds the public ones, and of the rest only those shared with an account
  // that one already has in mind.
  .detail('permissions', 'ec2:DescribeSnapshotAttribute', async ({ client }, { SnapshotId }) => {
    const attribute = { SnapshotId, Attribute: 'createVolumePermission' as const };
    const answer = await client.send(new DescribeSnapshotAttributeCommand(attribute));
    return answer.CreateVolumePermissions ?? [];
  })
  .node(
    ({ item, place }) => {
      if (!item.SnapshotId) throw new Error('the answer names no id of the snapshot');
      return snapshotArn(place, item.SnapshotId);
    },
    {
      name: nameTag,
      snapshotId: string('Snapshot id.', ({ item }) => item.SnapshotId, { indexed: true }),
      description: string('What its owner wrote about it.', ({ item }) => item.Description),
      isPublic: boolean(
        'Whether every AWS account may read it.',
        ({ permissions }) => permissions?.some(({ Group }) => Group === 'all'),
        { indexed: true },
      ),
      isEncrypted: boolean('Whether it is encrypted at rest.', ({ item }) => item.Encrypted),
      state: string('Whether it is completed, pending …', ({ item }) => item.State),
      storageTier: string('Standard, or archive.', ({ item }) => item.StorageTier),
      sizeBytes: number('How much its volume held.', ({ item }) => toBytes(item.VolumeSize)),
      createdAt: date('When it was begun.', ({ item }) => item.StartTime),
      tags: tagList,
    },
  )
  .edge('MADE_FROM', 'Ec2Volume', 'The snapshot is a copy of the volume as it was.', ({ item, place }) =>
    item.VolumeId === noVolume ? undefined : findEc2Arn(place, 'volume', item.VolumeId),
  )
  .edge('ENCRYPTED_WITH', 'KmsKey', 'What it holds is encrypted with the key.', ({ item, place }) =>
    item.KmsKeyId ? toKeyArn(item.KmsKeyId, place) : undefined,
  )
  .edge('SHARED_WITH', 'AwsAccount', 'The account may make volumes of the snapshot.', ({ permissions }) =>
    idsOf(permissions?.map(({ UserId }) => UserId)),
  )
  .alias(({ item }) => item.SnapshotId)
  .trail('ec2.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::EC2::Snapshot')?.arn);
