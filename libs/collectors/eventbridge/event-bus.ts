import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-eventbridge';
import { date, defineResource, eventParameter, string, strings, toKeyArn, toTags } from '@ag/resource';

export const eventBus = defineResource('EventBridgeEventBus', {
  description: 'Takes events and hands them to rules. Its policy lets others put events and keep rules on it.',
  docs: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html',
  scope: 'regional',
  client: EventBridgeClient,
})
  .list('events:ListEventBuses', async function* ({ client }) {
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListEventBusesCommand({ NextToken, Limit: 100 }));
      yield* page.EventBuses ?? [];
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  })
  .detail('settings', 'events:DescribeEventBus', ({ client }, { Name }) =>
    client.send(new DescribeEventBusCommand({ Name })),
  )
  .detail('tags', 'events:ListTagsForResource', async ({ client }, { Arn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ ResourceARN: Arn }));
    return answer.Tags;
  })
  .node(({ item }) => item.Arn ?? '', {
    name: string('Its name; every account has one that is called `default`.', ({ item }) => item.Name, {
      indexed: true,
    }),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    createdAt: date('When it was made.', ({ item }) => item.CreationTime),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('ENCRYPTED_WITH', 'KmsKey', 'Its events at rest are encrypted with the key.', ({ settings, place }) =>
    settings?.KmsKeyIdentifier ? toKeyArn(settings.KmsKeyIdentifier, place) : undefined,
  )
  .policy('resource', ({ settings }) => settings?.Policy || undefined)
  .trail('events.amazonaws.com', (event) => eventParameter(event, 'eventBusArn'));
