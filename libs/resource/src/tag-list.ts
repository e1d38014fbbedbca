import { encodeTags } from '@ag/model';

/** A tag as AWS services spell it: KMS calls its parts `TagKey` and `TagValue`, younger services begin them small. */
export interface AwsTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly TagKey?: string | undefined;
  readonly TagValue?: string | undefined;
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** A service's list of tags as `key=value`; no list is no tags. */
export function toTags(tags: readonly AwsTag[] = []): readonly string[] {
  return encodeTags(
    Object.fromEntries(
      tags.map(({ Key, Value, TagKey, TagValue, key, value }) => [
        Key ?? TagKey ?? key ?? '',
        Value ?? TagValue ?? value ?? '',
      ]),
    ),
  );
}
