import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SNSClient,
  paginateListTopics,
} from '@aws-sdk/client-sns';
import { boolean, defineResource, eventParameter, string, strings, toKeyArn, toTags } from '@ag/resource';

export const topic = defineResource('SnsTopic', {
  description: 'A topic that messages are published to. Its policy may let other accounts publish and subscribe.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html',
  scope: 'regional',
  client: SNSClient,
})
  .list('sns:ListTopics', async function* ({ client }) {
    for await (const page of paginateListTopics({ client }, {})) {
      yield* (page.Topics ?? []).flatMap(({ TopicArn }) => TopicArn ?? []);
    }
  })
  .detail('attributes', 'sns:GetTopicAttributes', async ({ client }, TopicArn) => {
    const answer = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    return answer.Attributes;
  })
  .detail('tags', 'sns:ListTagsForResource', async ({ client }, ResourceArn) => {
    const answer = await client.send(new ListTagsForResourceCommand({ ResourceArn }));
    return answer.Tags;
  })
  .node(({ item: arn }) => arn, {
    name: string('Topic name.', ({ item: arn }) => arn.slice(arn.lastIndexOf(':') + 1), { indexed: true }),
    displayName: string('What text messages call it.', ({ attributes }) => attributes?.['DisplayName'] || undefined),
    fifo: boolean('Whether it keeps messages in order.', ({ attributes }) => attributes?.['FifoTopic'] === 'true'),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('ENCRYPTED_WITH', 'KmsKey', 'Its messages at rest are encrypted with the key.', ({ attributes, place }) => {
    const key = attributes?.['KmsMasterKeyId'];
    return key ? toKeyArn(key, place) : undefined;
  })
  .policy('resource', ({ attributes }) => attributes?.['Policy'])
  .trail('sns.amazonaws.com', (event) => eventParameter(event, 'topicArn'));
