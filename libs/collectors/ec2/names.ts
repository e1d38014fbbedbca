import type { Place } from '@ag/model';
import { string, strings, toTags } from '@ag/resource';
import type { Tag } from '@aws-sdk/client-ec2';

interface Tagged {
  readonly item: { readonly Tags?: readonly Tag[] | undefined };
}

/** The name that people give a thing of EC2: its tag `Name`. */
export const nameTag = string<Tagged>(
  'The tag `Name`.',
  ({ item }) => item.Tags?.find(({ Key }) => Key === 'Name')?.Value,
  { indexed: true },
);

export const tagList = strings<Tagged>('Tags as `key=value`.', ({ item }) => toTags(item.Tags));

/**
 * The ARN of a thing of EC2. What is shared is another account's, so its owner is given where AWS names one.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-resources-for-iam-policies
 */
export function ec2Arn(place: Place, type: string, id: string | undefined, owner: string = place.account): string {
  if (id === undefined || id === '') throw new Error(`the answer names no id of the ${type}`);
  return `arn:${place.partition}:ec2:${place.region}:${owner}:${type}/${id}`;
}

/** The same where there may be nothing to name. */
export function findEc2Arn(place: Place, type: string, id: string | undefined, owner?: string): string | undefined {
  return id === undefined || id === '' ? undefined : ec2Arn(place, type, id, owner);
}

/** Ids that are there, each once. An edge may lead to an id where the answer does not tell whose it is. */
export function idsOf(ids: readonly (string | undefined)[] | undefined): readonly string[] {
  return [...new Set((ids ?? []).flatMap((id) => (id === undefined || id === '' ? [] : id)))].sort();
}

/** Image and snapshot ARNs name no account: their ids are unique in the region. */
export function imageArn({ partition, region }: Place, id: string): string {
  return `arn:${partition}:ec2:${region}::image/${id}`;
}

export function snapshotArn({ partition, region }: Place, id: string): string {
  return `arn:${partition}:ec2:${region}::snapshot/${id}`;
}

const bytesPerGibibyte = 1024 ** 3;

/** EC2 tells sizes in GiB. */
export function toBytes(gibibytes: number | undefined): number | undefined {
  return gibibytes === undefined ? undefined : gibibytes * bytesPerGibibyte;
}
