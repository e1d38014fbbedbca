import { paginateListKeys } from '@aws-sdk/client-kms';
import { SQSClient, paginateListQueues, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { actionsOf, defineResource, number, string } from './index.ts';

function listed() {
  return defineResource('SqsQueue', {
    description: 'A message queue.',
    docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html',
    scope: 'regional',
    client: SQSClient,
  }).list('sqs:ListQueues', async function* ({ client }) {
    for await (const page of paginateListQueues({ client }, {})) yield* page.QueueUrls ?? [];
  });
}

function queue() {
  return listed()
    .detail('attributes', 'sqs:GetQueueAttributes', async ({ client }, url) => {
      const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
      return answer.Attributes;
    })
    .node(({ item: url, place }) => `arn:${place.partition}:sqs:${url}`, {
      name: string('Queue name.', ({ item: url }) => url.split('/').at(-1), { indexed: true }),
      retentionSeconds: number('How long a message is kept.', ({ attributes }) =>
        Number(attributes?.MessageRetentionPeriod),
      ),
    })
    .edge(
      'ENCRYPTED_WITH',
      'KmsKey',
      'The queue is encrypted with the key.',
      ({ attributes }) => attributes?.KmsMasterKeyId,
    )
    .policy('resource', ({ attributes }) => attributes?.Policy)
    .trail('sqs.amazonaws.com', ({ resources }) => resources[0]?.arn);
}

test('a definition names every action it issues', () => {
  expect(actionsOf(queue())).toEqual(['sqs:ListQueues', 'sqs:GetQueueAttributes']);
});

test('a policy becomes a property of its own', () => {
  expect(Object.keys(queue().properties)).toEqual(['name', 'retentionSeconds', 'resourcePolicy']);
});

test('what does not fit does not compile', () => {
  // Never called: the compiler is the test, `@ts-expect-error` fails the type check where an error is missing.
  function mistakes() {
    // @ts-expect-error an action without a service
    listed().detail('attributes', 'GetQueueAttributes', () => Promise.resolve(1));
    // @ts-expect-error a detail with the name of a fixed field
    listed().detail('item', 'sqs:GetQueueAttributes', () => Promise.resolve(1));
    // @ts-expect-error a detail never fetched
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- what does not compile has no type
    listed().node(({ item }) => item, { a: string('', ({ tags }) => tags) });
    // @ts-expect-error a misspelt field of the SDK
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- what does not compile has no type
    queue().edge('ENCRYPTED_WITH', 'KmsKey', '', ({ attributes }) => attributes?.KmsMasterKeyID);
    // @ts-expect-error a number where text is declared
    listed().node(({ item }) => item, { a: string('', () => 1) });
    // @ts-expect-error a policy that is not text
    queue().policy('resource', ({ attributes }) => Boolean(attributes));
    defineResource('KmsKey', { description: '', docs: '', scope: 'regional', client: SQSClient }).list(
      'kms:ListKeys',
      // @ts-expect-error the client of another service
      ({ client }) => paginateListKeys({ client }, {}),
    );
  }

  expect(mistakes).toBeTypeOf('function');
});
