import { type Layer, accountOf } from '@ag/model';
import { type Known, toKnown } from '../condition/known.ts';
import { type ArnText, toArnText } from '../match/arn-pattern.ts';
import { bucketBehind } from '../services/bucket-behind.ts';
import { foreignOwner } from '../services/s3-acl.ts';
import type { Facts, Question } from '../types.ts';
import { type Unmodelled, findUnmodelled } from '../unmodelled.ts';
import { type Subject, toSubject } from './subject.ts';

/** What statements and services look at: the request with all that is known around it. */
export interface Scene {
  readonly question: Question;
  readonly facts: Facts;
  readonly known: Known;
  readonly subject: Subject;
  readonly action: string;
  /** The action in lower case, as statements compare it (MA1). */
  readonly actionName: string;
  /** The action's prefix, in lower case: `s3`. */
  readonly service: string;
  readonly arn: string;
  readonly arnText: ArnText;
  /** The action has no resource-level permissions, so that only `*` names its resource (RQ3). */
  readonly wildcardOnly: boolean;
  /** The account that owns the resource. */
  readonly owner: string | undefined;
  readonly sameAccount: boolean;
  /** The account of the bucket, which an access point may stand before. */
  readonly bucketOwner: string | undefined;
  /** The caller has a permissions boundary (EV16). */
  readonly bounded: boolean;
  readonly readings: Readings;
  /** What takes part in the decision and is not modelled. */
  readonly unmodelled: readonly Unmodelled[];
}

/**
 * How layers that could not be read are taken: at their best they allow everything and deny nothing, at their worst they
 * allow what was read of them and deny everything. `undefined` for a layer that was read.
 */
export type Readings = (layer: Layer) => 'best' | 'worst' | undefined;

/** Sets the scene; every unread layer is taken at its best, but for the one that is named. */
export function toScene(question: Question, worst?: Layer): Scene {
  const { request, policies, facts = {}, knowledge } = question;
  const { principal, action, resource } = request;
  const actionName = action.toLowerCase();
  const subject = toSubject(principal, facts, knowledge);
  const named = resource.account ?? accountOf(resource.arn);
  const bucketOwner = bucketBehind(facts, resource.arn)?.bucketAccountId ?? named;
  const owner = foreignOwner(facts, action, bucketOwner) ?? named ?? subject.account;
  const wildcardOnly = request.wildcardOnlyAction === true || resource.arn === '*';
  const unmodelled = findUnmodelled(question);
  const unread = new Set((policies.unread ?? []).map(({ layer }) => layer));
  if (unmodelled.length > 0) unread.add('service');
  return {
    question,
    facts,
    known: toKnown(knowledge, facts, principal),
    subject,
    action,
    actionName,
    service: actionName.slice(0, Math.max(0, actionName.indexOf(':'))),
    arn: resource.arn,
    arnText: toArnText(resource.arn),
    wildcardOnly,
    owner,
    // An action without resource types is about the caller's own account.
    sameAccount: subject.account !== undefined && (wildcardOnly || subject.account === owner),
    bucketOwner,
    bounded: policies.boundary !== undefined,
    readings: (layer) => (unread.has(layer) ? (layer === worst ? 'worst' : 'best') : undefined),
    unmodelled,
  };
}
