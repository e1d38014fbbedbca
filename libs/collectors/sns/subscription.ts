import { SNSClient, paginateListSubscriptions } from '@aws-sdk/client-sns';
import { defineResource, eventParameter, string } from '@ag/resource';

export const subscription = defineResource('SnsSubscription', {
  description: 'Where the messages of a topic go. Addresses that are no ARN are not kept: they may hold a password.',
  docs: 'https://docs.aws.amazon.com/sns/latest/api/API_Subscription.html',
  scope: 'regional',
  client: SNSClient,
})
  .list('sns:ListSubscriptions', async function* ({ client }) {
    for await (const page of paginateListSubscriptions({ client }, {})) {
      // One that nobody has confirmed yet has no ARN but says `PendingConfirmation`; nothing is delivered by it.
      yield* (page.Subscriptions ?? []).filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:') === true);
    }
  })
  .node(({ item }) => item.SubscriptionArn ?? '', {
    protocol: string('How messages are handed on: sqs, lambda, email, https …', ({ item }) => item.Protocol),
    owner: string('The account that subscribed.', ({ item }) => item.Owner, { indexed: true }),
  })
  .edge('SUBSCRIBED_TO', 'SnsTopic', 'The subscription gets the messages of the topic.', ({ item }) => item.TopicArn)
  .edge('DELIVERS_TO', 'AwsResource', 'The subscription hands messages on to the resource.', ({ item }) =>
    item.Endpoint?.startsWith('arn:') === true ? item.Endpoint : undefined,
  )
  .trail('sns.amazonaws.com', (event) => eventParameter(event, 'subscriptionArn'));
