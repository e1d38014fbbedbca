import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { type TestPlace, content, node, useTestPlace } from './fixtures.ts';
import { openSnapshotStore } from './index.ts';
import { openObjects } from './objects.ts';
import { openBucket } from './s3-storage.ts';

const endpoint = inject('awsEndpoint');
const bucket = 'accessgraph-runs';
vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
vi.stubEnv('AWS_REGION', 'us-east-1');
vi.stubEnv('AWS_PROFILE', undefined);
const s3 = new S3Client({ endpoint, forcePathStyle: true });
await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
await s3.send(new CreateBucketCommand({ Bucket: bucket }));

afterAll(() => {
  s3.destroy();
  vi.unstubAllEnvs();
});

const keyOf = (location: string, name: string) => `${location.slice(`s3://${bucket}/`.length)}/${name}`;

const buckets: TestPlace = {
  within: (use) => use(`s3://${bucket}/${randomBytes(8).toString('hex')}`),
  list: (location, below) => openBucket({ bucket, prefix: keyOf(location, '').slice(0, -1) }).list(below),
  readText: async (location, name) => (await bytesOf(keyOf(location, name))).toString('utf8'),
  blank: async (location, name) => {
    const Key = keyOf(location, name);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.alloc((await bytesOf(Key)).length) }));
  },
  truncate: async (location, name, bytes) => {
    const Key = keyOf(location, name);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: (await bytesOf(Key)).subarray(0, bytes) }));
  },
};

async function bytesOf(Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

// What holds for a folder holds for a bucket: the same specs over another place.
useTestPlace(buckets);
describe('in a bucket', async () => {
  await import('./snapshot.spec.ts');
});
describe('in a bucket, whatever was read', async () => {
  await import('./invariants.spec.ts');
});

test('a large object goes up in parts, reads back whole, and leaves no open upload', async () => {
  const objects = openObjects(openBucket({ bucket, prefix: 'large' }, { partBytes: 5 * 1024 * 1024 }));
  // Hardly compressed, so more than two parts of the least size that S3 stands.
  const lines = Array.from({ length: 12 }, () => randomBytes(1024 * 1024).toString('base64'));

  const ref = await objects.write(lines);
  const read: string[] = [];
  for await (const line of objects.read(ref)) read.push(line);

  expect(read).toEqual(lines);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  expect(Uploads).toEqual([]);
});

test('more runs than one page lists are all listed', async () => {
  const storage = openBucket({ bucket, prefix: 'many' });
  const names = Array.from({ length: 1_005 }, (_, number) => `run-${String(number).padStart(4, '0')}`);
  for (let from = 0; from < names.length; from += 50) {
    await Promise.all(names.slice(from, from + 50).map((name) => storage.writeText(`runs/${name}/manifest.json`, '')));
  }

  expect(await storage.list('runs')).toEqual(names);
  await storage.remove('runs');
  expect(await storage.list('runs')).toEqual([]);
});

test('two that keep the same at once leave one whole object', async () => {
  const [one, other] = [0, 1].map(() => openObjects(openBucket({ bucket, prefix: 'twice' })));
  const lines = Array.from({ length: 1_000 }, (_, number) => `line ${number}`);

  const refs = await Promise.all([one?.write(lines), other?.write(lines)]);

  expect(refs[0]).toEqual(refs[1]);
  await expect(one?.verify(refs[0] ?? { sha256: '', lines: 0 })).resolves.toBeUndefined();
});

test('a bucket that is not there is one clear sentence, and no damage of what it would hold', async () => {
  const store = openSnapshotStore('s3://accessgraph-nowhere/runs');

  await expect(store.latest()).rejects.toThrow(/^the bucket `accessgraph-nowhere` cannot be used: NoSuchBucket: /);
  await expect(store.keep(content('A', [node('a')]))).rejects.toThrow(/^the bucket `accessgraph-nowhere` cannot be/);
});

test('what is no place in S3 is refused before anything is read', () => {
  expect(() => openSnapshotStore('s3://')).toThrow('`s3://` is not a place in S3: write it as s3://bucket/prefix');
});
