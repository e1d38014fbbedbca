import { LambdaClient, paginateListLayers } from '@aws-sdk/client-lambda';
import { defineResource, string, strings } from '@ag/resource';

export const layer = defineResource('LambdaLayer', {
  description: 'Code that functions share. Each of its versions has a policy of its own.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListLayers', async function* ({ client }) {
    for await (const page of paginateListLayers({ client, pageSize: 50 }, {})) yield* page.Layers ?? [];
  })
  .node(({ item }) => item.LayerArn ?? '', {
    name: string('Layer name.', ({ item }) => item.LayerName, { indexed: true }),
    description: string(
      'What its owner wrote about the newest version.',
      ({ item }) => item.LatestMatchingVersion?.Description,
    ),
    compatibleRuntimes: strings(
      'Languages that the newest version is made for.',
      ({ item }) => item.LatestMatchingVersion?.CompatibleRuntimes ?? [],
    ),
  })
  .edge(
    'HAS_LATEST',
    'LambdaLayerVersion',
    'The version is the newest of the layer.',
    ({ item }) => item.LatestMatchingVersion?.LayerVersionArn,
  );
