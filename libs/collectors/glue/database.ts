import { GlueClient, paginateGetDatabases } from '@aws-sdk/client-glue';
import { date, defineResource, string } from '@ag/resource';

export const database = defineResource('GlueDatabase', {
  description: 'A database of the catalog: a set of tables over files. The catalog’s policy decides about it.',
  docs: 'https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html',
  scope: 'regional',
  client: GlueClient,
})
  .list('glue:GetDatabases', async function* ({ client }) {
    const pages = paginateGetDatabases({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.DatabaseList ?? [];
  })
  .node(
    ({ item, place }) => `arn:${place.partition}:glue:${place.region}:${place.account}:database/${item.Name ?? ''}`,
    {
      name: string('Its name, unique in the catalog.', ({ item }) => item.Name, { indexed: true }),
      description: string('What its owner wrote about it.', ({ item }) => item.Description || undefined),
      location: string('Where its files are: `s3://…`.', ({ item }) => item.LocationUri || undefined),
      sharedFrom: string('The account whose database it is a link to.', ({ item }) => item.TargetDatabase?.CatalogId),
      createdAt: date('When it was made.', ({ item }) => item.CreateTime),
    },
  )
  .edge(
    'IN_CATALOG',
    'GlueCatalog',
    'The database is in the catalog.',
    ({ place }) => `arn:${place.partition}:glue:${place.region}:${place.account}:catalog`,
  );
