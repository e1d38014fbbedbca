import { EC2Client, paginateDescribeVolumes } from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, number, string, toKeyArn } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, snapshotArn, tagList, toBytes } from './names.ts';

export const volume = defineResource('Ec2Volume', {
  description: 'A disk of a virtual machine.',
  docs: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVolumes', async function* ({ client }) {
    for await (const page of paginateDescribeVolumes({ client, pageSize: 500 }, {})) yield* page.Volumes ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'volume', item.VolumeId), {
    name: nameTag,
    volumeId: string('Volume id.', ({ item }) => item.VolumeId, { indexed: true }),
    state: string('Whether it is in use, available …', ({ item }) => item.State),
    volumeType: string('`gp3`, `io2` …', ({ item }) => item.VolumeType),
    sizeBytes: number('How much it holds.', ({ item }) => toBytes(item.Size)),
    isEncrypted: boolean('Whether it is encrypted at rest.', ({ item }) => item.Encrypted),
    availabilityZone: string('Where it is: `eu-west-1a`.', ({ item }) => item.AvailabilityZone),
    createdAt: date('When it was made.', ({ item }) => item.CreateTime),
    tags: tagList,
  })
  .edge('ATTACHED_TO', 'Ec2Instance', 'The volume is a disk of the instance.', ({ item, place }) =>
    idsOf(item.Attachments?.map(({ InstanceId }) => InstanceId)).map((id) => ec2Arn(place, 'instance', id)),
  )
  .edge('MADE_FROM', 'Ec2Snapshot', 'The volume began with what the snapshot held.', ({ item, place }) =>
    item.SnapshotId ? snapshotArn(place, item.SnapshotId) : undefined,
  )
  .edge('ENCRYPTED_WITH', 'KmsKey', 'What it holds is encrypted with the key.', ({ item, place }) =>
    item.KmsKeyId ? toKeyArn(item.KmsKeyId, place) : undefined,
  )
  .alias(({ item }) => item.VolumeId)
  .trail('ec2.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::EC2::Volume')?.arn);
