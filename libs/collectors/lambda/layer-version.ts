import {
  GetLayerVersionPolicyCommand,
  LambdaClient,
  paginateListLayers,
  paginateListLayerVersions,
} from '@aws-sdk/client-lambda';
import { date, defineResource, string, strings } from '@ag/resource';
import { toDate } from './function-configuration.ts';

export const layerVersion = defineResource('LambdaLayerVersion', {
  description: 'One published state of a layer. Its policy says which other accounts may read its code.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListLayers', async function* ({ client }) {
    for await (const page of paginateListLayers({ client, pageSize: 50 }, {})) yield* page.Layers ?? [];
  })
  .within('lambda:ListLayerVersions', async function* ({ client }, { LayerArn, LayerName }) {
    const pages = paginateListLayerVersions({ client, pageSize: 50 }, { LayerName });
    for await (const page of pages) {
      yield* (page.LayerVersions ?? []).map((version) => ({ ...version, LayerArn, LayerName }));
    }
  })
  .detail('policy', 'lambda:GetLayerVersionPolicy', async ({ client }, { LayerName, Version }) => {
    const answer = await client.send(new GetLayerVersionPolicyCommand({ LayerName, VersionNumber: Version }));
    return answer.Policy;
  })
  .node(({ item }) => item.LayerVersionArn ?? '', {
    name: string('The layer’s name and the version: `tracing:2`.', ({ item }) => nameOf(item), { indexed: true }),
    version: string('Its number.', ({ item }) => item.Version?.toString()),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    createdAt: date('When it was published.', ({ item }) => toDate(item.CreatedDate)),
    compatibleRuntimes: strings('Languages that it is made for.', ({ item }) => item.CompatibleRuntimes ?? []),
  })
  .edge('VERSION_OF', 'LambdaLayer', 'It is a published state of the layer.', ({ item }) => item.LayerArn)
  .policy('resource', ({ policy }) => policy);

function nameOf({ LayerName = '', Version = 0 }): string {
  return `${LayerName}:${Version}`;
}
