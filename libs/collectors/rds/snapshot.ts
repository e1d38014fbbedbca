import { DescribeDBSnapshotAttributesCommand, RDSClient, paginateDescribeDBSnapshots } from '@aws-sdk/client-rds';
import { boolean, date, defineResource, string, strings, toKeyArn, toTags } from '@ag/resource';
import { accountsOf, canBeShared, isPublic } from './shared-with.ts';

export const snapshot = defineResource('RdsSnapshot', {
  description: 'A backup of a database server, with the accounts that may restore it.',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
  scope: 'regional',
  client: RDSClient,
})
  .list('rds:DescribeDBSnapshots', async function* ({ client }) {
    // Without a type it lists the account's own: neither what others share nor what is public.
    const pages = paginateDescribeDBSnapshots({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.DBSnapshots ?? [];
  })
  .detail('attributes', 'rds:DescribeDBSnapshotAttributes', async ({ client }, item) => {
    if (!canBeShared(item.SnapshotType)) return [];
    const { DBSnapshotIdentifier } = item;
    const answer = await client.send(new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier }));
    return answer.DBSnapshotAttributesResult?.DBSnapshotAttributes;
  })
  .node(({ item }) => item.DBSnapshotArn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.DBSnapshotIdentifier, {
      indexed: true,
    }),
    kind: string('How it came to be: manual, automated or awsbackup.', ({ item }) => item.SnapshotType),
    state: string('Whether it is available, creating …', ({ item }) => item.Status),
    engine: string('Its engine: postgres, aurora-postgresql …', ({ item }) => item.Engine),
    encrypted: boolean('Whether it is encrypted.', ({ item }) => item.Encrypted),
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
  .edge('SNAPSHOT_OF', 'RdsInstance', 'The snapshot was made of the database server.', ({ item, place }) =>
    item.DBInstanceIdentifier === undefined
      ? undefined
      : `arn:${place.partition}:rds:${place.region}:${place.account}:db:${item.DBInstanceIdentifier}`,
  )
  .edge('SHARED_WITH', 'AwsAccount', 'The account may restore the snapshot.', ({ attributes }) =>
    accountsOf(attributes),
  );
