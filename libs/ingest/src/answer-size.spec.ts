import { KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import { defineResource, string } from '@ag/resource';
import { afterEach, expect, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { readDefinition } from './read-definition.ts';
import { type StubAws, startStubAws } from './stub-aws.ts';
import { createVirtualClock } from './virtual-clock.ts';

const account = '111122223333';
const megabyte = 1024 * 1024;
const stubs: StubAws[] = [];

afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

const key = defineResource('KmsKey', { description: '', docs: '', scope: 'regional', client: KMSClient })
  .list('kms:ListKeys', async function* ({ client }) {
    for await (const page of paginateListKeys({ client }, {})) yield* page.Keys ?? [];
  })
  .node(({ item }) => item.KeyArn ?? '', { keyId: string('', ({ item }) => item.KeyId) });

/** Reads keys where the one answer has so many bytes. */
async function readKeys(bytes: number) {
  const start = '{"Truncated":false,"Keys":[{"KeyId":"one","KeyArn":"arn:aws:kms:::key/one"}],"padding":"';
  const body = `${start}${'a'.repeat(bytes - start.length - 2)}"}`;
  const stub = await startStubAws(() => ({ type: 'application/x-amz-json-1.1', body }));
  stubs.push(stub);
  const clients = createAwsClients({
    clock: createVirtualClock(),
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
      invalidate: () => undefined,
    },
  });
  const scope = clients.openScope({ account, region: 'eu-west-1' });
  const place = { partition: 'aws', account, region: 'eu-west-1' };
  const before = process.memoryUsage().rss;
  const part = await readDefinition(key, { client: scope.client(KMSClient), place });
  return { part, place, stub, grown: process.memoryUsage().rss - before };
}

test('an answer of 64 MB is read', async () => {
  const { part, grown } = await readKeys(64 * megabyte);

  expect(part).toMatchObject({ state: 'complete', gaps: [], nodes: [{ id: 'arn:aws:kms:::key/one' }] });
  // Its parts, the whole, its text and what that is parsed to, and the stub's own copies: it lives in the same process.
  expect(grown).toBeLessThan(512 * megabyte);
}, 30_000);

test('an answer of 65 MB is refused once, as a gap, and nothing of it is taken', async () => {
  const { part, place, stub } = await readKeys(65 * megabyte);

  expect(part).toEqual({
    resource: 'KmsKey',
    state: 'malformed',
    nodes: [],
    edges: [],
    gaps: [
      {
        place,
        resource: 'KmsKey',
        action: 'kms:ListKeys',
        reason: 'malformed',
        message: 'the answer is larger than 67108864 bytes',
      },
    ],
  });
  expect(stub.calls).toHaveLength(1);
}, 30_000);

test('one byte more than 64 MB is too much', async () => {
  const { part } = await readKeys(64 * megabyte + 1);

  expect(part.state).toBe('malformed');
}, 30_000);
