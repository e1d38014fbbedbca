import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { date, defineResource, string } from '@ag/resource';

export const eventSourceMapping = defineResource('LambdaEventSourceMapping', {
  description: 'Reads a queue or a stream with the function’s role, and calls the function with what it finds.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListEventSourceMappings', async function* ({ client }) {
    const pages = paginateListEventSourceMappings({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.EventSourceMappings ?? [];
  })
  .node(
    ({ item, place }) =>
      item.EventSourceMappingArn ??
      `arn:${place.partition}:lambda:${place.region}:${place.account}:event-source-mapping:${item.UUID ?? ''}`,
    {
      name: string('Its id.', ({ item }) => item.UUID, { indexed: true }),
      state: string('Enabled, Disabled, Creating …', ({ item }) => item.State),
      modifiedAt: date('When it was last changed.', ({ item }) => item.LastModified),
    },
  )
  .edge('READS_FROM', 'AwsResource', 'It takes what arrives there.', ({ item }) => item.EventSourceArn)
  .edge('INVOKES', 'AwsResource', 'It calls the function, version or alias.', ({ item }) => item.FunctionArn);
