import { GetQueueAttributesCommand, ListQueueTagsCommand, SQSClient, paginateListQueues } from '@aws-sdk/client-sqs';
import { encodeTags } from '@ag/model';
import { defineResource, json, number, string, strings, toKeyArn } from '@ag/resource';

export const queue = defineResource('SqsQueue', {
  description: 'A message queue. Its policy may let other accounts send to it.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html',
  scope: 'regional',
  client: SQSClient,
})
  .list('sqs:ListQueues', async function* ({ client }) {
    for await (const page of paginateListQueues({ client, pageSize: 1000 }, {})) yield* page.QueueUrls ?? [];
  })
  .detail('attributes', 'sqs:GetQueueAttributes', async ({ client }, url) => {
    const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    return answer.Attributes;
  })
  .detail('tags', 'sqs:ListQueueTags', async ({ client }, url) => {
    const answer = await client.send(new ListQueueTagsCommand({ QueueUrl: url }));
    return answer.Tags;
  })
  .node(({ item: url, place }) => `arn:${place.partition}:sqs:${place.region}:${place.account}:${queueName(url)}`, {
    name: string('Queue name.', ({ item: url }) => queueName(url), { indexed: true }),
    url: string('The address that requests are sent to.', ({ item: url }) => url),
    retentionSeconds: number('How long a message is kept.', ({ attributes }) =>
      toNumber(attributes?.MessageRetentionPeriod),
    ),
    encryption: string('`kms`, `sqs` (a key that SQS owns) or `none`.', ({ attributes }) => {
      if (attributes?.KmsMasterKeyId !== undefined) return 'kms';
      return attributes?.SqsManagedSseEnabled === 'true' ? 'sqs' : 'none';
    }),
    redrivePolicy: json('Where messages go that could not be handled.', ({ attributes }) =>
      parseJson(attributes?.RedrivePolicy),
    ),
    tags: strings('Tags as `key=value`.', ({ tags }) => encodeTags(tags ?? {})),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its messages at rest are encrypted with the key.',
    ({ attributes, place }) => attributes?.KmsMasterKeyId && toKeyArn(attributes.KmsMasterKeyId, place),
  )
  .policy('resource', ({ attributes }) => attributes?.Policy)
  .trail('sqs.amazonaws.com', ({ resources }) => resources[0]?.arn);

function queueName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function parseJson(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
