import type { Place } from '@ag/model';

/**
 * The ARN of a KMS key or of its alias, from any form in which a service names the key that it encrypts with.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function toKeyArn(reference: string, place: Place): string {
  if (reference.startsWith('arn:')) return reference;
  const resource = reference.startsWith('alias/') ? reference : `key/${reference}`;
  return `arn:${place.partition}:kms:${place.region}:${place.account}:${resource}`;
}
