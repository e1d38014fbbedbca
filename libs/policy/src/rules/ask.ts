import type { Layer, PolicyKind, Principal } from '@ag/model';
import {
  type Context,
  decide,
  type Facts,
  parsePolicyValue,
  type Policy,
  type PolicySet,
  type Question,
} from '../index.ts';

export const home = '111122223333';
export const other = '444455556666';
export const ana: Principal = { kind: 'user', arn: `arn:aws:iam::${home}:user/ana`, account: home };
export const stranger: Principal = { kind: 'user', arn: `arn:aws:iam::${other}:user/bob`, account: other };
export const session: Principal = {
  kind: 'session',
  arn: `arn:aws:sts::${home}:assumed-role/app/s1`,
  account: home,
  roleArn: `arn:aws:iam::${home}:role/app`,
  sessionName: 's1',
};
export const root: Principal = { kind: 'root', arn: `arn:aws:iam::${home}:root`, account: home };

export const all = { Effect: 'Allow', Action: '*', Resource: '*' };
export const deny = { ...all, Effect: 'Deny' };

/** A policy of one kind, from its statements. */
export function policy(kind: PolicyKind, ...statements: readonly unknown[]): Policy {
  return read(kind, { Version: '2012-10-17', Statement: statements });
}

/** A policy of one kind, from its document. */
export function read(kind: PolicyKind, document: unknown): Policy {
  const parsed = parsePolicyValue(document, kind);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return { id: kind, kind, document: parsed.document };
}

/** The policy of the resource that is asked about, with whom it names. */
export function own(principal: unknown, more: object = {}): Policy {
  return policy('resource', { ...all, ...more, Principal: principal });
}

/** One level of SCPs or RCPs. */
export function level(kind: 'scp' | 'rcp', ...statements: readonly unknown[]) {
  return { target: 'r-1', policies: [policy(kind, ...statements)] };
}

/** Layers that nobody could read. */
export function unread(...layers: readonly Layer[]): Pick<PolicySet, 'unread'> {
  return { unread: layers.map((layer) => ({ layer, reason: `no ${layer}` })) };
}

export interface Asked extends Partial<PolicySet> {
  readonly as?: Principal;
  readonly action?: string;
  readonly arn?: string;
  /** Who owns the resource. */
  readonly owner?: string;
  readonly wildcardOnly?: boolean;
  readonly facts?: Facts;
  readonly context?: Context;
  readonly rest?: 'absent' | 'unknown';
}

/** A question: by default of a user with every permission, about an object of its own account, in a closed world. */
export function question(asked: Asked): Question {
  const { as = ana, action = 's3:GetObject', arn = 'arn:aws:s3:::b/k', owner = home, wildcardOnly, ...more } = asked;
  const { facts, context = {}, rest = 'absent', identity = [policy('identity', all)], ...policies } = more;
  return {
    request: {
      principal: as,
      action,
      resource: { arn, account: owner },
      ...(wildcardOnly !== undefined && { wildcardOnlyAction: wildcardOnly }),
    },
    policies: { identity, ...policies },
    ...(facts && { facts }),
    knowledge: { context, rest },
  };
}

export function outcome(asked: Asked): string {
  return decide(question(asked)).outcome;
}
