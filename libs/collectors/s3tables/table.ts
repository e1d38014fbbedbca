import {
  GetTablePolicyCommand,
  S3TablesClient,
  paginateListTableBuckets,
  paginateListTables,
} from '@aws-sdk/client-s3tables';
import { date, defineResource, string } from '@ag/resource';

export const table = defineResource('S3TablesTable', {
  description: 'A table in a table bucket. Its policy and the bucket’s decide about it together.',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html',
  scope: 'regional',
  client: S3TablesClient,
})
  .list('s3tables:ListTableBuckets', async function* ({ client }) {
    const pages = paginateListTableBuckets({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* (page.tableBuckets ?? []).flatMap(({ arn }) => arn ?? []);
  })
  .within('s3tables:ListTables', async function* ({ client }, bucket) {
    const pages = paginateListTables({ client, pageSize: 1000 }, { tableBucketARN: bucket });
    for await (const page of pages) yield* (page.tables ?? []).map((table) => ({ ...table, bucket }));
  })
  .detail('policy', 's3tables:GetTablePolicy', async ({ client }, { bucket, namespace, name }) => {
    const answer = await client.send(
      new GetTablePolicyCommand({ tableBucketARN: bucket, namespace: namespace?.[0], name }),
    );
    return answer.resourcePolicy;
  })
  .node(({ item }) => item.tableARN ?? '', {
    name: string('Its name, unique in its namespace.', ({ item }) => item.name, { indexed: true }),
    namespace: string('The namespace that it is in.', ({ item }) => item.namespace?.join('.')),
    kind: string('Whose it is: customer, or aws for one that AWS keeps.', ({ item }) => item.type),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
  })
  .edge('IN_TABLE_BUCKET', 'S3TablesTableBucket', 'The table is in the table bucket.', ({ item }) => item.bucket)
  .policy('resource', ({ policy }) => policy);
