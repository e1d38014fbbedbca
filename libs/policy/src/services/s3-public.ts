import { type LayerView, emptyResult } from '../layers/layer-view.ts';
import type { Scene } from '../layers/scene.ts';
import { findRange } from '../match/ip.ts';
import { always, never } from '../residual/build.ts';
import type { BlockSettings, Condition, Policy, Statement } from '../types.ts';
import { bucketBehind } from './bucket-behind.ts';

// A statement is not public when one of these keys is held to fixed values (S32).
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
const fixing = new Set([
  'aws:principal',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceip',
  'aws:userid',
  'aws:vpcsourceip',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

const everyBlock: BlockSettings = { ignorePublicAcls: true, restrictPublicBuckets: true };

/** The settings of account and bucket, of which the stricter wins (S31). */
export function blocksOf({ facts, readings }: Scene): readonly BlockSettings[] {
  const { account, bucket } = facts.s3?.publicAccessBlock ?? {};
  return [account ?? {}, bucket ?? {}, ...(readings('publicAccessBlock') === 'worst' ? [everyBlock] : [])];
}

/** S31: under RestrictPublicBuckets a public policy leaves only services and the owner's account, named others are cut off too. */
export function blockView(scene: Scene): LayerView | undefined {
  const { subject, question, bucketOwner } = scene;
  const { resource, accessPoint } = question.policies;
  // Through an access point its own policy counts as the bucket's does.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
  const behind = bucketBehind(scene.facts, scene.arn) ? accessPoint : undefined;
  if (!blocksOf(scene).some(({ restrictPublicBuckets }) => restrictPublicBuckets === true)) return undefined;
  if (scene.service !== 's3' || ![resource, behind].some((policy) => policy && isPublicPolicy(policy)))
    return undefined;
  if (subject.principal.kind === 'service') return undefined;
  if (subject.account !== undefined && subject.account === bucketOwner) return undefined;
  const because = 'the bucket policy is public, and RestrictPublicBuckets leaves only services and the owner';
  return { layer: 'publicAccessBlock', result: emptyResult, allow: never, deny: always, blocks: never, because };
}

/** Whether a bucket policy is public: a statement lets in everyone and is not held to fixed values. */
export function isPublicPolicy(policy: Policy): boolean {
  return policy.document.statements.some(isPublicStatement);
}

function isPublicStatement({ effect, principals, notPrincipals, conditions }: Statement): boolean {
  if (effect !== 'Allow') return false;
  if (!principals?.anyone && !notPrincipals) return false;
  return !conditions.some(isFixed);
}

function isFixed({ operator, negated, ifExists, set, key, values }: Condition): boolean {
  if (negated || ifExists || set === 'ForAllValues' || !fixing.has(key.toLowerCase())) return false;
  if (operator === 'IpAddress') return values.every(isNarrow);
  if (!/^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/.test(operator)) return false;
  // The access point keys may hold a wildcard as long as the account is fixed.
  if (key.toLowerCase() === 's3:dataaccesspointarn')
    return values.every((value) => /^arn:[^:*?]+:s3:[^:]*:\d{12}:/.test(value));
  // A fixed value holds neither a wildcard nor a variable, whatever the operator makes of them.
  return values.every((value) => !/[*?]|\$\{/.test(value));
}

// Wider than /8 of IPv4 or /32 of IPv6 is public; private ranges are not fixed either, but no caller from outside has them.
function isNarrow(text: string): boolean {
  const range = findRange(text);
  if (!range) return false;
  const size = range.last - range.first + 1n;
  return range.version === 4 ? size <= 1n << 24n : size <= 1n << 96n;
}
