import { DescribeFileSystemPolicyCommand, EFSClient, paginateDescribeFileSystems } from '@aws-sdk/client-efs';
import { boolean, date, defineResource, eventResource, string, strings, toKeyArn, toTags } from '@ag/resource';

export const fileSystem = defineResource('EfsFileSystem', {
  description: 'A network file system. Without a policy everybody who reaches it over the network may mount it.',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html',
  scope: 'regional',
  client: EFSClient,
})
  .list('elasticfilesystem:DescribeFileSystems', async function* ({ client }) {
    const pages = paginateDescribeFileSystems({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.FileSystems ?? [];
  })
  .detail('policy', 'elasticfilesystem:DescribeFileSystemPolicy', async ({ client }, { FileSystemId }) => {
    const answer = await client.send(new DescribeFileSystemPolicyCommand({ FileSystemId }));
    return answer.Policy;
  })
  .node(
    ({ item, place }) =>
      item.FileSystemArn ??
      `arn:${place.partition}:elasticfilesystem:${place.region}:${item.OwnerId ?? place.account}:file-system/${item.FileSystemId ?? ''}`,
    {
      fileSystemId: string('File system id.', ({ item }) => item.FileSystemId, { indexed: true }),
      name: string('The tag `Name`.', ({ item }) => item.Name || undefined, { indexed: true }),
      state: string('Whether it is available, creating …', ({ item }) => item.LifeCycleState),
      encrypted: boolean('Whether its files are encrypted at rest.', ({ item }) => item.Encrypted ?? false),
      createdAt: date('When it was made.', ({ item }) => item.CreationTime),
      tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
    },
  )
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'The files at rest are encrypted with the key.',
    ({ item, place }) => item.KmsKeyId && toKeyArn(item.KmsKeyId, place),
  )
  .policy('resource', ({ policy }) => policy)
  .alias(({ item }) => item.FileSystemId)
  .trail('elasticfilesystem.amazonaws.com', (event) => eventResource(event, 'elasticfilesystem', 'file-system/'));
