import {
  DescribeDBClusterSnapshotAttributesCommand,
  RDSClient,
  paginateDescribeDBClusterSnapshots,
} from '@aws-sdk/client-rds';
import { boolean, date, defineResource, string, strings, toKeyArn, toTags } from '@ag/resource';
import { accountsOf, canBeShared, isPublic } from './shared-with.ts';

export const clusterSnapshot = defineResource('RdsClusterSnapshot', {
  description: 'A backup of a cluster, with the accounts that may restore it.',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
  scope: 'regional',
  client: RDSClient,
})
  .list('rds:DescribeDBClusterSnapshots', async function* ({ client }) {
    // Without a type it lists the account's own: neither what others share nor what is public.
    const pages = paginateDescribeDBClusterSnapshots({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.DBClusterSnapshots ?? [];
  })
  .detail('attributes', 'rds:DescribeDBClusterSnapshotAttributes', async ({ client }, item) => {
    if (!canBeShared(item.SnapshotType)) return [];
    const { DBClusterSnapshotIdentifier } = item;
    const answer = await client.send(new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier }));
    return answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes;
  })
  .node(({ item }) => item.DBClusterSnapshotArn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.DBClusterSnapshotIdentifier, {
      indexed: true,
    }),
    kind: string('How it came to be: manual, automated or awsbackup.', ({ item }) => item.SnapshotType),
    state: string('Whether it is available, creating …', ({ item }) => item.Status),
    engine: string('Its engine: postgres, aurora-postgresql …', ({ item }) => item.Engine),
    encrypted: boolean('Whether it is encrypted.', ({ item }) => item.StorageEncrypted),
    isPublic: boolean('Whether every account may restore it.', ({ attributes }) => attributes && isPublic(attributes)),
    createdAt: date('When it was made.', ({ item }) => item.SnapshotCreateTime),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.TagList)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'The snapshot is encrypted with the key.',
    ({ item, place }) => item.KmsKeyId && toKeyArn(item.KmsKeyId, place),
  )
  .edge('SNAPSHOT_OF', 'RdsCluster', 'The snapshot was made of the cluster.', ({ item, place }) =>
    item.DBClusterIdentifier === undefined
      ? undefined
      : `arn:${place.partition}:rds:${place.region}:${place.account}:cluster:${item.DBClusterIdentifier}`,
  )
  .edge('SHARED_WITH', 'AwsAccount', 'The account may restore the snapshot.', ({ attributes }) =>
    accountsOf(attributes),
  );
