import { createHash, randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { s3Endpoint } from './environment.ts';
import { uploadInParts } from './s3-upload.ts';
import { type Storage, StorageFailure } from './storage.ts';

/** A bucket, and what the names of all files in it begin with. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
}

export interface S3Options {
  /** Where S3 answers; the SDK's own configuration unless given. */
  readonly endpointUrl?: string | undefined;
  /** Files larger than this go up in parts of this size, so that memory is bounded; S3 stands no smaller ones than 5 MiB. */
  readonly partBytes?: number;
}

const usualPart = 8 * 1024 * 1024;
// The most that one call deletes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
const deletedAtOnce = 1000;
/** How often a put is tried that meets another of the same name. */
const conflicts = 3;

/** Keeps files in a bucket, with the SDK's default credentials. A put is atomic there, so nothing needs to be renamed. */
export function openBucket({ bucket, prefix }: S3Location, options: S3Options = {}): Storage {
  const { endpointUrl = s3Endpoint(), partBytes = usualPart } = options;
  const client = new S3Client({
    maxAttempts: 5,
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
    ...(endpointUrl !== undefined && { endpoint: endpointUrl, forcePathStyle: true }),
  });
  const nameIn = (name: string) => ({ Bucket: bucket, Key: prefix === '' ? name : `${prefix}/${name}` });

  async function ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (error) {
      throw toFailure(error, bucket);
    }
  }

  /** What is known of what is there. */
  async function find(name: string): Promise<HeadObjectCommandOutput | undefined> {
    try {
      return await client.send(new HeadObjectCommand({ ...nameIn(name), ChecksumMode: 'ENABLED' }));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw toFailure(error, bucket);
    }
  }

  async function* keysBelow(below: string, delimiter?: string) {
    const { Key } = nameIn(`${below}/`);
    const asked = { Bucket: bucket, Prefix: Key, ...(delimiter !== undefined && { Delimiter: delimiter }) };
    for await (const { Contents = [], CommonPrefixes = [] } of paginateListObjectsV2({ client }, asked)) {
      yield [...Contents.flatMap((one) => one.Key ?? []), ...CommonPrefixes.flatMap((one) => one.Prefix ?? [])];
    }
  }

  return {
    list: (below) =>
      ask(async () => {
        const start = nameIn(`${below}/`).Key.length;
        const names: string[] = [];
        for await (const keys of keysBelow(below, '/')) {
          names.push(...keys.map((key) => key.slice(start).replace(/\/$/, '')));
        }
        return names.sort();
      }),

    async readText(name) {
      try {
        const { Body } = await client.send(new GetObjectCommand(nameIn(name)));
        return await Body?.transformToString('utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw toFailure(error, bucket);
      }
    },

    async writeText(name, text) {
      const Body = Buffer.from(text, 'utf8');
      const put = { ...nameIn(name), Body, ContentLength: Body.length, ChecksumAlgorithm: 'SHA256' as const };
      await ask(() => client.send(new PutObjectCommand(put)));
    },

    read: (name) => Readable.from(chunks(name), { objectMode: false }),

    // Written here first, because its name follows from all that it holds.
    async temporaryFile() {
      const file = path.join(tmpdir(), `accessgraph-${randomUUID()}.tmp`);
      // For our eyes only: every user of the machine may look into that folder.
      await writeFile(file, '', { mode: 0o600, flag: 'wx' });
      return file;
    },

    async keep(file, name) {
      const [{ size }, there] = [await stat(file), await find(name)];
      if (size > partBytes) {
        // Its checksum there is one of checksums: S3 proved it when it took the parts.
        if (size === there?.ContentLength) return;
        await ask(() => uploadInParts(client, { ...nameIn(name), file, size, partBytes }));
        return;
      }
      const Body = await readFile(file);
      if (size === there?.ContentLength && isSame(there.ChecksumSHA256, Body)) return;
      const put = {
        ...nameIn(name),
        Body,
        ContentLength: size,
        ChecksumAlgorithm: 'SHA256' as const,
      };
      const command = () => new PutObjectCommand({ ...put, ...(there === undefined && { IfNoneMatch: '*' }) });
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(command());
          return;
        } catch (error) {
          // Whoever else keeps the same at this moment writes the same: theirs is as good once it is there.
          if (isNamed(error, 'PreconditionFailed')) return;
          if (!isNamed(error, 'ConditionalRequestConflict') || attempt === conflicts) throw toFailure(error, bucket);
        }
      }
    },

    remove: (below) =>
      ask(async () => {
        const found: string[] = [];
        for await (const keys of keysBelow(below)) found.push(...keys);
        for (let from = 0; from < found.length; from += deletedAtOnce) {
          const Objects = found.slice(from, from + deletedAtOnce).map((Key) => ({ Key }));
          const { Errors = [] } = await client.send(
            new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
          );
          const [first] = Errors;
          if (first) throw new Error(`${first.Code ?? ''}: ${first.Message ?? ''}`);
        }
      }),
  };

  async function* chunks(name: string): AsyncGenerator<Uint8Array> {
    try {
      const { Body } = await client.send(new GetObjectCommand(nameIn(name)));
      if (Body instanceof Readable) for await (const chunk of Body) if (chunk instanceof Uint8Array) yield chunk;
    } catch (error) {
      // It is not there, or not whole: that is damage. Anything else is the bucket's own failure.
      throw isMissing(error) ? error : toFailure(error, bucket);
    }
  }
}

/** Whether what is there has our checksum; one without any was put there by somebody else. */
function isSame(checksum: string | undefined, body: Buffer): boolean {
  return checksum === createHash('sha256').update(body).digest('base64');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function toFailure(error: unknown, bucket: string): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const { name = 'Error', message = '' } = error instanceof Error ? error : {};
  const said = name === 'Error' || message.includes(name) ? message : `${name}: ${message}`;
  return new StorageFailure(`the bucket \`${bucket}\` cannot be used: ${said.replace(/\s+/g, ' ')}`, { cause: error });
}
