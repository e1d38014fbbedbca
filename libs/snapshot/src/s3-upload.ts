import { open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

export interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly file: string;
  readonly size: number;
  readonly partBytes: number;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const mostParts = 10_000;

/**
 * Uploads a large file, one part in memory at a time. Nobody sees it before it is completed; what breaks off is given up at once,
 * since its parts would be paid for.
 */
export async function uploadInParts(client: S3Client, { Bucket, Key, file, size, partBytes }: Upload): Promise<void> {
  const each = Math.max(partBytes, Math.ceil(size / mostParts));
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
  );
  const upload = { Bucket, Key, UploadId };
  const handle = await open(file);
  try {
    const Parts: CompletedPart[] = [];
    for (let from = 0; from < size; from += each) {
      const Body = Buffer.alloc(Math.min(each, size - from));
      // A read of a file on disk may bring less than was asked for.
      for (let read = 0; read < Body.length;) {
        const { bytesRead } = await handle.read(Body, read, Body.length - read, from + read);
        if (bytesRead === 0) throw new Error('the file became shorter while it was uploaded');
        read += bytesRead;
      }
      const PartNumber = Parts.length + 1;
      const { ETag, ChecksumSHA256 } = await client.send(
        new UploadPartCommand({ ...upload, PartNumber, Body, ChecksumAlgorithm: 'SHA256' }),
      );
      Parts.push({ PartNumber, ETag, ...(ChecksumSHA256 !== undefined && { ChecksumSHA256 }) });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}
