import { EFSClient, paginateDescribeAccessPoints } from '@aws-sdk/client-efs';
import { defineResource, eventResource, number, string, strings, toTags } from '@ag/resource';

export const accessPoint = defineResource('EfsAccessPoint', {
  description: 'A way into a file system that begins at a folder and acts as one user of it.',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html',
  scope: 'regional',
  client: EFSClient,
})
  .list('elasticfilesystem:DescribeAccessPoints', async function* ({ client }) {
    const pages = paginateDescribeAccessPoints({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.AccessPoints ?? [];
  })
  .node(({ item }) => item.AccessPointArn ?? '', {
    accessPointId: string('Access point id.', ({ item }) => item.AccessPointId, { indexed: true }),
    name: string('The tag `Name`.', ({ item }) => item.Name || undefined, { indexed: true }),
    state: string('Whether it is available, creating …', ({ item }) => item.LifeCycleState),
    rootDirectory: string('The folder that it begins at.', ({ item }) => item.RootDirectory?.Path),
    posixUser: string('The user and group that it acts as: `1000:1000`.', ({ item: { PosixUser } }) =>
      PosixUser ? `${PosixUser.Uid ?? ''}:${PosixUser.Gid ?? ''}` : undefined,
    ),
    secondaryGroupsCount: number('How many further groups it acts as.', ({ item }) =>
      item.PosixUser ? (item.PosixUser.SecondaryGids ?? []).length : undefined,
    ),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
  })
  .edge('LEADS_TO', 'EfsFileSystem', 'Who mounts the access point reaches the file system.', ({ item, place }) =>
    item.FileSystemId === undefined
      ? undefined
      : `arn:${place.partition}:elasticfilesystem:${place.region}:${item.OwnerId ?? place.account}:file-system/${item.FileSystemId}`,
  )
  .alias(({ item }) => item.AccessPointId)
  .trail('elasticfilesystem.amazonaws.com', (event) => eventResource(event, 'elasticfilesystem', 'access-point/'));
