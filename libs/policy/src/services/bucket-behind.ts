import type { Facts } from '../types.ts';

export type AccessPoint = NonNullable<NonNullable<Facts['s3']>['accessPoint']>;

/** The access point that a request names, with the bucket behind it; `undefined` for any other resource. */
export function bucketBehind({ s3 }: Facts, arn: string): AccessPoint | undefined {
  return s3?.accessPoint && /^arn:[^:]+:s3:[^:]*:\d{12}:accesspoint[/:]/.test(arn) ? s3.accessPoint : undefined;
}
