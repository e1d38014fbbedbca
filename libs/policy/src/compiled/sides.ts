import type { Layer, Residual } from '@ag/model';
import { exceptionsOf, isGate, reachBeyondModel } from '../layers/evaluate.ts';
import { evaluateResourceGates, evaluateScps } from '../layers/gates.ts';
import type { LayerView } from '../layers/layer-view.ts';
import { evaluatePrincipalSide } from '../layers/principal-side.ts';
import { type ResourceSide, evaluateOwn, evaluateResourceSide } from '../layers/resource-side.ts';
import { type Scene, toScene } from '../layers/scene.ts';
import { toArnText } from '../match/arn-pattern.ts';
import { all, any, not } from '../residual/build.ts';
import { bucketBehind } from '../services/bucket-behind.ts';
import { type RetireSide, retireSide } from '../services/kms-retire.ts';
import { serviceViews } from '../services/refusals.ts';
import { blockView } from '../services/s3-public.ts';
import { needsNoPermission } from '../services/sts.ts';
import type { Question } from '../types.ts';

/** How a resource's policy lets the caller in, by the way in which it names it (EV7–EV14). */
export interface Forms {
  readonly direct: Residual;
  readonly role: Residual;
  readonly account: Residual;
  /** The caller is of the account whose policy it is. */
  readonly within: boolean;
}

/** Everything of a decision that the resource's side contributes, for one caller. */
export interface ResourceVerdict {
  /** Needs no permission, and cannot be denied (ST9). */
  readonly isFree: boolean;
  readonly hasIdentity: boolean;
  readonly own: Forms;
  /** The bucket behind an access point, which must allow as well (S34). */
  readonly behind?: Forms;
  readonly mustAllow: boolean;
  readonly worksAcross: boolean;
  /** KM4: whom grants name, and whether the caller's account may delegate it. */
  readonly retire?: RetireSide;
  readonly gate: Residual;
  readonly deny: Residual;
  /** Under which residual a deny whose meaning nobody can tell could apply (CL6). */
  readonly doubt: Residual;
  readonly beyond: 'everything' | 'resource' | 'nothing';
}

/** Everything that the caller's side contributes. */
export interface PrincipalVerdict {
  readonly identity: Residual;
  readonly limits: Residual;
  readonly gate: Residual;
  readonly deny: Residual;
  readonly doubt: Residual;
}

/** The resource's side of a question, by the reference's own functions; unread layers at their best, but for `worst`. */
export function resourceVerdict(question: Question, worst?: Layer): ResourceVerdict {
  const scene = toScene(question, worst);
  const { own, behind, views } = formsOf(scene);
  const block = blockView(scene);
  const every = [...evaluateResourceGates(scene), ...views, ...(block ? [block] : []), ...serviceViews(scene)];
  const exceptions = exceptionsOf(scene);
  const retire = behind ? undefined : retireSide(scene);
  return {
    isFree: needsNoPermission(scene),
    hasIdentity: scene.subject.account !== undefined,
    own,
    ...(behind && { behind }),
    mustAllow: exceptions.resourceMustAllow,
    worksAcross: exceptions.worksAcross,
    ...(retire && { retire }),
    ...summarize(every),
    beyond: reachBeyondModel(scene),
  };
}

/** The caller's side of a question, likewise. */
export function principalVerdict(question: Question, worst?: Layer): PrincipalVerdict {
  const scene = toScene(question, worst);
  const { identity, limits, views } = evaluatePrincipalSide(scene);
  return { identity, limits, ...summarize([...evaluateScps(scene), ...views]) };
}

function summarize(views: readonly LayerView[]) {
  return {
    gate: all(views.filter(({ layer }) => isGate(layer)).map(({ blocks }) => not(blocks))),
    deny: any(views.map(({ deny }) => deny)),
    doubt: any(views.flatMap(({ result }) => result.doubts.map(({ guard }) => guard))),
  };
}

function formsOf(scene: Scene): {
  readonly own: Forms;
  readonly behind?: Forms;
  readonly views: readonly LayerView[];
} {
  const point = bucketBehind(scene.facts, scene.arn);
  if (!point) {
    const side = evaluateResourceSide(scene);
    return { own: toForms(side, scene.sameAccount), views: side.views };
  }
  const { policies } = scene.question;
  const behind: Scene = { ...scene, arn: point.bucketObjectArn, arnText: toArnText(point.bucketObjectArn) };
  const own = evaluateOwn(scene, policies.accessPoint, 'accessPoint');
  const bucket = evaluateOwn(behind, policies.resource, 'resource');
  const isOwner = scene.subject.account !== undefined && scene.subject.account === point.bucketAccountId;
  return {
    own: toForms(own, scene.sameAccount),
    behind: toForms(bucket, isOwner),
    views: [...own.views, ...bucket.views],
  };
}

function toForms({ direct, role, account }: ResourceSide, within: boolean): Forms {
  return { direct, role, account, within };
}
