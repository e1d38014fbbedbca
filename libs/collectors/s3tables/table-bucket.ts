import {
  GetTableBucketEncryptionCommand,
  GetTableBucketPolicyCommand,
  ListTagsForResourceCommand,
  S3TablesClient,
  paginateListTableBuckets,
} from '@aws-sdk/client-s3tables';
import { encodeTags } from '@ag/model';
import { date, defineResource, eventParameter, string, strings } from '@ag/resource';

export const tableBucket = defineResource('S3TablesTableBucket', {
  description: 'A bucket of tables. Its policy decides about every table in it, beside the table’s own.',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html',
  scope: 'regional',
  client: S3TablesClient,
})
  .list('s3tables:ListTableBuckets', async function* ({ client }) {
    const pages = paginateListTableBuckets({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.tableBuckets ?? [];
  })
  .detail('policy', 's3tables:GetTableBucketPolicy', async ({ client }, { arn }) => {
    const answer = await client.send(new GetTableBucketPolicyCommand({ tableBucketARN: arn }));
    return answer.resourcePolicy;
  })
  .detail('encryption', 's3tables:GetTableBucketEncryption', async ({ client }, { arn }) => {
    const answer = await client.send(new GetTableBucketEncryptionCommand({ tableBucketARN: arn }));
    return answer.encryptionConfiguration;
  })
  .detail('tags', 's3tables:ListTagsForResource', async ({ client }, { arn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return answer.tags;
  })
  .node(({ item }) => item.arn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.name, { indexed: true }),
    kind: string('Whose it is: customer, or aws for one that AWS keeps.', ({ item }) => item.type),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    encryptionAlgorithm: string(
      'How new tables are encrypted: AES256 or aws:kms.',
      ({ encryption }) => encryption?.sseAlgorithm,
    ),
    tags: strings('Tags as `key=value`.', ({ tags }) => encodeTags(tags ?? {})),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'New tables in the bucket are encrypted with the key.',
    ({ encryption }) => encryption?.kmsKeyArn,
  )
  .policy('resource', ({ policy }) => policy)
  .trail('s3tables.amazonaws.com', (event) => eventParameter(event, 'tableBucketARN'));
