import { UserError, exitCode } from '@ag/model';
import { openFolder } from './folder-storage.ts';
import { type S3Location, type S3Options, openBucket } from './s3-storage.ts';
import type { Storage } from './storage.ts';

/** Opens a folder, or a bucket where the location begins with `s3://`. */
export function openStorage(location: string, s3: S3Options = {}): Storage {
  if (!location.startsWith('s3://')) return openFolder(location);
  const found = findBucket(location);
  if (!found)
    throw new UserError(`\`${location}\` is not a place in S3: write it as s3://bucket/prefix`, exitCode.usage);
  return openBucket(found, s3);
}

/** Whether runs can be kept there, as far as the words tell. */
export function isLocation(text: string): boolean {
  return !text.startsWith('s3://') || findBucket(text) !== undefined;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
function findBucket(location: string): S3Location | undefined {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(location) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix: prefix.replace(/^\/+|\/+$/g, '') };
}
