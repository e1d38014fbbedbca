import type { Place } from './place.ts';

/** Why something could not be read. `held` is no failure of AWS: a reading lost so much that it waits to be confirmed. */
export const gapReasons = [
  'denied',
  'deniedByScp',
  'throttled',
  'network',
  'timeout',
  'expiredCredentials',
  'regionDisabled',
  'malformed',
  'notCollected',
  'held',
  'unexpected',
] as const;
export type GapReason = (typeof gapReasons)[number];

/** Something we could not read, and why. `arn` is the node it belongs to; without it the whole listing is missing. */
export interface Gap {
  readonly place: Place;
  /** The scope's resource label, such as `S3Bucket`. */
  readonly resource: string;
  /** The IAM action that failed, such as `s3:GetBucketPolicy`. */
  readonly action: string;
  readonly arn?: string;
  readonly reason: GapReason;
  /** One sentence for people: AWS's own message, without secrets. */
  readonly message: string;
}
