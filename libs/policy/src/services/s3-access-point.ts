import type { Residual } from '@ag/model';
import { conditionOn, conditionToResidual } from '../condition/to-residual.ts';
import { anyForm, combine } from '../layers/combine.ts';
import type { LayerView } from '../layers/layer-view.ts';
import type { PrincipalSide } from '../layers/principal-side.ts';
import { type ResourceSide, evaluateOwn } from '../layers/resource-side.ts';
import type { Scene } from '../layers/scene.ts';
import { toArnText } from '../match/arn-pattern.ts';
import { escapePattern } from '../match/pattern.ts';
import { all, any, not } from '../residual/build.ts';
import { type AccessPoint, bucketBehind } from './bucket-behind.ts';
import type { CredentialLimit } from './sts.ts';

/**
 * A request through an access point is judged twice, by the access point's policy on its own ARN and by the bucket's on the
 * bucket's ARN; both must allow, or the bucket delegates to the access point (S34).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function throughAccessPoint(
  scene: Scene,
  principal: PrincipalSide,
  { bucketObjectArn: behind, bucketAccountId }: AccessPoint,
): { readonly access: Residual; readonly views: readonly LayerView[] } {
  const { policies } = scene.question;
  const bucketScene: Scene = { ...scene, arn: behind, arnText: toArnText(behind) };
  const point = evaluateOwn(scene, policies.accessPoint, 'accessPoint');
  const bucket = evaluateOwn(bucketScene, policies.resource, 'resource');
  const ordinary = { resourceMustAllow: false, worksAcross: true };
  const sameBucketAccount = scene.subject.account !== undefined && scene.subject.account === bucketAccountId;
  const onPoint = combine(principal, point, scene.sameAccount, ordinary);
  const onBucket = combine(principal, bucket, sameBucketAccount, ordinary);
  const views = [
    ...point.views.map((view) => marked(view, point, scene.sameAccount, onPoint)),
    ...bucket.views.map((view) => marked(view, bucket, sameBucketAccount, onBucket)),
  ];
  return { access: all([onPoint, onBucket]), views };
}

function marked(view: LayerView, side: ResourceSide, same: boolean, access: Residual): LayerView {
  return { ...view, blocks: not(same ? any([access, anyForm(side)]) : anyForm(side)) };
}

/** An access point of a VPC refuses requests from anywhere else. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html */
export function vpcOriginLimit({ facts, arn, known }: Scene): CredentialLimit | undefined {
  const point = bucketBehind(facts, arn);
  if (point?.networkOrigin !== 'VPC') return undefined;
  const { vpcId } = point;
  const key = 'aws:SourceVpc';
  // Which VPC it is may be unknown; that the request must come from one is not.
  const isVpc =
    vpcId === undefined
      ? conditionOn('Null', key, ['false'])
      : conditionOn('StringEquals', key, [escapePattern(vpcId)]);
  return {
    because: `the access point takes requests from ${vpcId ?? 'a VPC'} only`,
    unless: conditionToResidual(isVpc, '2012-10-17', known),
  };
}
