import type { Gap, Place } from '@ag/model';
import { expect, test } from 'vitest';
import { mustExist } from './draft-part.ts';
import { policyNodes } from './policy-nodes.ts';
import { boolean, date, defineResource, readNode, string } from './index.ts';

const place: Place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const id = 'arn:aws:s3:::invoices';

class Client {}

const bucket = defineResource('S3Bucket', { description: '', docs: '', scope: 'global', client: Client })
  .list('s3:ListAllMyBuckets', async function* () {
    await Promise.resolve();
    yield { name: 'invoices', madeAt: new Date('2024-01-02T03:04:05Z') };
  })
  .detail('block', 's3:GetBucketPublicAccessBlock', () => Promise.resolve({ acls: true }))
  .detail('policy', 's3:GetBucketPolicy', () => Promise.resolve('{}'))
  .detail('encryption', 's3:GetEncryptionConfiguration', () => Promise.resolve({ key: 'k' }))
  .node(({ item }) => `arn:aws:s3:::${item.name}`, {
    name: string('Name.', ({ item }) => item.name),
    createdAt: date('When it was made.', ({ item }) => item.madeAt),
    blocksPublicAcls: boolean('Whether it refuses public ACLs.', ({ block }) => block?.acls ?? false),
  })
  .edge('ENCRYPTED_WITH', 'KmsKey', 'It is encrypted with the key.', ({ encryption }) => encryption?.key)
  .policy('resource', ({ policy }) => policy)
  .alias(({ item }) => item.name);

const item = { name: 'invoices', madeAt: new Date('2024-01-02T03:04:05Z') };
const common = {
  account: '111122223333',
  region: 'eu-west-1',
  arn: id,
  name: 'invoices',
  createdAt: '2024-01-02T03:04:05.000Z',
};

function denied(action: string): Gap {
  return { place, resource: 'S3Bucket', action, reason: 'denied', message: 'not authorized' };
}

test('a resource becomes a node, its edges and the statements of its policy', () => {
  const policy = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}}';

  const read = readNode(bucket, { item, place, block: { acls: true }, policy, encryption: { key: 'arn:aws:kms:k' } });

  expect(read).toEqual({
    node: {
      id,
      labels: ['S3Bucket', 'AwsResource'],
      properties: { ...common, blocksPublicAcls: true, resourcePolicy: policy },
      aliases: ['invoices'],
    },
    edges: [{ type: 'ENCRYPTED_WITH', from: id, to: 'arn:aws:kms:k', properties: {} }],
    statements: {
      nodes: [
        {
          id: `${id}#resource/0`,
          labels: ['PolicyStatement'],
          properties: {
            kind: 'resource',
            index: 0,
            effect: 'Allow',
            actions: ['s3:GetObject'],
            resources: ['*'],
            principals: ['*'],
          },
        },
      ],
      edges: [{ type: 'HAS_STATEMENT', from: id, to: `${id}#resource/0`, properties: { kind: 'resource' } }],
    },
    gaps: [],
  });
});

test('a detail that was not found is absent, and known to be', () => {
  const read = readNode(bucket, { item, place, block: undefined, policy: undefined, encryption: undefined });

  expect(read.node.properties).toEqual({ ...common, blocksPublicAcls: false });
  expect(read.gaps).toEqual([]);
});

test('a denied detail becomes a gap, not an empty policy and not a default', () => {
  const failed = new Map([
    ['policy', denied('s3:GetBucketPolicy')],
    ['block', denied('s3:GetBucketPublicAccessBlock')],
  ]);

  const read = readNode(bucket, { item, place, encryption: undefined }, failed);

  expect(read.node.properties).toEqual({
    ...common,
    unread: ['s3:GetBucketPolicy', 's3:GetBucketPublicAccessBlock'],
    unreadPolicies: ['resource'],
  });
  expect(read.gaps).toEqual([
    { ...denied('s3:GetBucketPolicy'), arn: id },
    { ...denied('s3:GetBucketPublicAccessBlock'), arn: id },
  ]);
});

test('a denied detail that no policy rests on leaves the policies certain', () => {
  const failed = new Map([['encryption', denied('s3:GetEncryptionConfiguration')]]);

  const read = readNode(bucket, { item, place }, failed);

  expect(read.node.properties).toEqual({
    ...common,
    blocksPublicAcls: false,
    unread: ['s3:GetEncryptionConfiguration'],
  });
});

test('a policy that is not JSON is a gap, and the policy is unread', () => {
  const read = readNode(bucket, { item, place, policy: '{"Statement":' });

  expect(read.node.properties).toEqual({
    ...common,
    blocksPublicAcls: false,
    unread: ['s3:GetBucketPolicy'],
    unreadPolicies: ['resource'],
  });
  expect(read.gaps).toEqual([
    {
      place,
      resource: 'S3Bucket',
      action: 's3:GetBucketPolicy',
      arn: id,
      reason: 'malformed',
      message: `cannot read the resource policy of \`${id}\`: not a JSON object`,
    },
  ]);
});

test('a value that cannot be read is a gap of the listing, and the other values are kept', () => {
  const read = readNode(bucket, { item: { name: 'invoices', madeAt: new Date(NaN) }, place });

  expect(read.node.properties['name']).toBe('invoices');
  expect(read.gaps.map(({ action, reason }) => ({ action, reason }))).toEqual([
    { action: 's3:ListAllMyBuckets', reason: 'malformed' },
  ]);
});

test('what another account shares is that account’s, as its ARN says', () => {
  const subnet = defineResource('Ec2Subnet', { description: '', docs: '', scope: 'regional', client: Client })
    .list('ec2:DescribeSubnets', async function* () {
      await Promise.resolve();
      yield 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-1';
    })
    .node(({ item: arn }) => arn, {});

  const { node } = readNode(subnet, { item: 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-1', place });

  expect(node.properties).toEqual({
    account: '444455556666',
    region: 'eu-west-1',
    arn: 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-1',
  });
});

test('a document without a statement is no policy, and not an empty one', () => {
  expect(policyNodes('arn:aws:s3:::files', 'resource', '{}')).toEqual({ ok: false, reason: 'it has no statement' });
});

test('what was listed a moment ago and is not found is unknown, not absent', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'global' };
  const about = { place, resource: 'AwsAccount', action: 'organizations:ListAccountsForParent' };

  expect(mustExist({ ok: 'notFound' }, about)).toEqual({
    ok: false,
    gap: { ...about, reason: 'unexpected', message: 'what was listed a moment ago is not there' },
  });
  expect(mustExist({ ok: true, value: 1 }, about)).toEqual({ ok: true, value: 1 });
});
