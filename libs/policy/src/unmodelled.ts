import { accountOf } from '@ag/model';
import { isShareable } from './services/ram-shareable.ts';
import type { Question } from './types.ts';

/** A part of AWS that takes part in decisions and that the engine does not model. */
export interface Unmodelled {
  readonly id: string;
  /** One sentence, as a decision gives it. */
  readonly reason: string;
  /**
   * What the part could do to a decision: `share`, take the place of the resource's side, so that the caller's own account
   * must allow. An explicit denial by what is modelled stands in any case.
   */
  readonly could: 'share' | 'deny' | 'either';
  /** The AWS page that describes the part. */
  readonly page: string;
  /** Whether a question depends on it. */
  readonly concerns: (question: Question) => boolean;
}

/** Everything that makes a decision `unknown` because it is not modelled, never `denied`. */
export const unmodelled: readonly Unmodelled[] = [
  {
    id: 's3-object-lambda',
    reason: 'S3 Object Lambda access points have a chain of their own, which is not modelled',
    could: 'either',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html',
    concerns: ({ request }) =>
      /^s3-object-lambda:/i.test(request.action) || /^arn:[^:]+:s3-object-lambda:/.test(request.resource.arn),
  },
  {
    id: 's3-multi-region-access-point',
    reason: 'the buckets behind the Multi-Region access point are not known, so their policies cannot be asked',
    could: 'either',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html',
    concerns: ({ request, facts }) =>
      /^arn:[^:]+:s3::\d{12}:accesspoint\//.test(request.resource.arn) && !facts?.s3?.accessPoint,
  },
  {
    id: 's3-access-point-bucket',
    reason: 'the bucket behind the access point is not known, so its policy cannot be asked',
    could: 'either',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
    concerns: ({ request, facts }) =>
      /^arn:[^:]+:s3:[^:]+:\d{12}:accesspoint[/:][^/:]+[/:]object/.test(request.resource.arn) &&
      !facts?.s3?.accessPoint,
  },
  {
    id: 's3-access-point-vpc',
    reason: 'the access point takes requests from one VPC only, and which is not known',
    could: 'deny',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html',
    concerns: ({ facts }) => {
      const point = facts?.s3?.accessPoint;
      return point?.networkOrigin === 'VPC' && point.vpcId === undefined;
    },
  },
  {
    id: 'sts-assume-root',
    reason: 'centralized root sessions (sts:AssumeRoot) are not modelled',
    could: 'share',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management',
    concerns: ({ request }) => /^sts:assumeroot$/i.test(request.action),
  },
  {
    id: 'resource-owner',
    reason: 'the owner of the resource is not known; where it is another account, the resource must allow as well',
    could: 'deny',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
    concerns: ({ request }) =>
      'account' in request.principal &&
      request.wildcardOnlyAction !== true &&
      request.resource.account === undefined &&
      !/^s3:createbucket$/i.test(request.action) &&
      /^arn:[^:]+:s3:::/.test(request.resource.arn),
  },
  {
    id: 'resource-access-manager',
    reason: 'the resource is of a type that AWS RAM shares between accounts, and shares are not modelled',
    could: 'share',
    page: 'https://docs.aws.amazon.com/ram/latest/userguide/shareable.html',
    concerns: (question) => isOfAnother(question) && isShareable(question.request.resource.arn),
  },
  {
    id: 'ssm-document-sharing',
    reason: 'a Systems Manager document can be shared with other accounts without a policy, which is not modelled',
    could: 'share',
    page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
    concerns: (question) =>
      isOfAnother(question) && /^arn:[^:]+:ssm:[^:]*:\d*:document\//.test(question.request.resource.arn),
  },
];

/** The parts that a question depends on. */
export function findUnmodelled(question: Question): readonly Unmodelled[] {
  return unmodelled.filter(({ concerns }) => concerns(question));
}

/** How much what is not modelled could allow: everything, the resource's side alone, or nothing. */
export function unmodelledAllows(
  question: Question,
  found: readonly Unmodelled[],
): 'everything' | 'resource' | 'nothing' {
  if (isUnread(question) || found.some(({ could }) => could === 'either')) return 'everything';
  return found.some(({ could }) => could === 'share') ? 'resource' : 'nothing';
}

/** Whether something that is not modelled could deny the request. */
export function unmodelledDenies(question: Question, found: readonly Unmodelled[]): boolean {
  return isUnread(question) || found.some(({ could }) => could !== 'share');
}

/** Whether somebody asks for a resource of another account that has no policy of its own. */
function isOfAnother({ request: { principal, resource }, policies }: Question): boolean {
  if (policies.resource || !('account' in principal)) return false;
  return principal.account !== (resource.account ?? accountOf(resource.arn) ?? principal.account);
}

// A caller may say itself that it does not know what a service does.
function isUnread({ policies }: Question): boolean {
  return (policies.unread ?? []).some(({ layer }) => layer === 'service');
}
