import { type Layer, type Residual, accountOf } from '@ag/model';
import { toKnown } from '../condition/known.ts';
import { always, never } from '../residual/build.ts';
import { policyReachesObject } from '../services/s3-acl.ts';
import type { Question } from '../types.ts';
import type { Scene } from './evaluate-policies.ts';
import { toSubject } from './subject.ts';

/** What an unread layer is taken to do: everything that helps the caller, or everything that stops them. */
export type Assumed = 'best' | 'worst';

/** A question with all that its layers share. */
export interface Setting {
  readonly question: Question;
  readonly scene: Scene;
  readonly service: string;
  readonly sameAccount: boolean;
  /** The account whose resource it is: the object's owner, where that is another than the bucket's (S33). */
  readonly owner: string | undefined;
  /** The allow of a layer; of an unread one what is assumed. */
  open(layer: Layer, allow: Residual): Residual;
  /** The deny of a layer; of an unread one what is assumed. */
  shut(layer: Layer, deny: Residual): Residual;
  isUnread(layer: Layer): boolean;
}

export function toSetting(question: Question, assumed: Assumed): Setting {
  const { request, policies, facts = {}, knowledge } = question;
  const known = toKnown(knowledge, facts, request.principal);
  const subject = toSubject(request.principal, facts, knowledge);
  const unread = new Set((policies.unread ?? []).map(({ layer }) => layer));
  const account = request.resource.account ?? accountOf(request.resource.arn) ?? subject.account;
  const owner = policyReachesObject(facts, account) ? account : facts.s3?.objectOwnerAccountId;
  return {
    question,
    scene: {
      asked: { action: request.action, arn: request.resource.arn, wildcardOnly: request.wildcardOnlyAction === true },
      known,
      subject,
      bounded: policies.boundary !== undefined,
    },
    service: request.action.split(':')[0]?.toLowerCase() ?? '',
    sameAccount: subject.account !== undefined && subject.account === owner,
    owner,
    isUnread: (layer) => unread.has(layer),
    open: (layer, allow) => (unread.has(layer) ? (assumed === 'best' ? always : never) : allow),
    shut: (layer, deny) => (unread.has(layer) ? (assumed === 'best' ? deny : always) : deny),
  };
}
