import { encodeTags } from '@ag/model';

/** A tag as AWS services spell it; KMS alone calls its parts `TagKey` and `TagValue`. */
export interface AwsTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly TagKey?: string | undefined;
  readonly TagValue?: string | undefined;
}

/** A service's list of tags as `key=value`; no list is no tags. */
export function toTags(tags: readonly AwsTag[] = []): readonly string[] {
  return encodeTags(
    Object.fromEntries(tags.map(({ Key, Value, TagKey, TagValue }) => [Key ?? TagKey ?? '', Value ?? TagValue ?? ''])),
  );
}
