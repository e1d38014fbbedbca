import { type PolicyKind, type Principal, accountOf } from '@ag/model';
import { parsePolicyValue } from '../parse/parse-policy.ts';
import type { AdditionalCheck, Context, Facts, Knowledge, Level, Policy, PolicySet, Question } from '../types.ts';

/** A row of the gold schema, as far as it makes a question. The schema stands in `cases/gold/row.schema.json`. */
export interface GoldRow {
  readonly id: string;
  /** Ids of the rules that it shows. */
  readonly rules: readonly string[];
  readonly mode: 'concrete' | 'unknown-context';
  readonly source: { readonly name: string; readonly doc: string };
  /** `false`: the answer is an open question. */
  readonly gate: boolean;
  readonly policies: GoldPolicies;
  readonly request: {
    readonly principal: GoldPrincipal;
    readonly action: string;
    readonly resource: GoldTarget;
    readonly wildcardOnlyAction?: boolean;
    readonly additional?: readonly {
      readonly principal?: GoldPrincipal;
      readonly action: string;
      readonly resource: GoldTarget;
      readonly context?: Context;
      readonly policies?: GoldPolicies;
    }[];
  };
  readonly context: Context;
  readonly facts: Facts;
  readonly knowledge?: Knowledge & { readonly default?: 'unknown' };
  readonly expected: GoldExpectation;
}

/** A concrete row says `decision`, or `allow` alone; one of an open context `verdict` and what its residual must be. */
export interface GoldExpectation {
  readonly decision?: string;
  readonly allow?: boolean;
  readonly compare?: 'allow';
  readonly verdict?: string;
  readonly neverKind?: string;
  readonly residualMentions?: readonly string[];
  readonly residualExcludes?: readonly string[];
  readonly witnesses?: { readonly allow: readonly Context[]; readonly deny: readonly Context[] };
}

type GoldPrincipal = string | { readonly type: string; readonly provider?: string };
interface GoldTarget {
  readonly arn: string;
  readonly accountId: string;
}
interface GoldLevel {
  readonly target: string;
  readonly policies: readonly unknown[];
}
interface GoldPolicies {
  readonly identity?: readonly unknown[];
  readonly session?: unknown;
  readonly permissionsBoundary?: readonly unknown[] | null;
  readonly scp?: readonly GoldLevel[] | null;
  readonly rcp?: readonly GoldLevel[] | null;
  readonly resource?: unknown;
  readonly vpcEndpoint?: readonly unknown[] | null;
  readonly accessPoint?: unknown;
}
/** Turns a row into the question it asks. Throws where a policy of the row cannot be parsed. */
export function goldRowToQuestion(row: GoldRow): Question {
  const { request, knowledge } = row;
  const { facts } = row;
  const principal = toPrincipal(request.principal, facts);
  return {
    request: {
      principal,
      action: request.action,
      resource: toTarget(request.resource),
      ...(request.wildcardOnlyAction !== undefined && { wildcardOnlyAction: request.wildcardOnlyAction }),
      ...(request.additional && {
        additional: request.additional.map((check): AdditionalCheck => ({
          action: check.action,
          resource: toTarget(check.resource),
          ...(check.principal !== undefined && { principal: toPrincipal(check.principal, facts) }),
          ...(check.context && { context: check.context }),
          ...(check.policies && { policies: toPolicies(check.policies, check.action) }),
        })),
      }),
    },
    policies: toPolicies(row.policies, request.action),
    facts,
    knowledge: knowledge
      ? {
          context: row.context,
          absent: knowledge.absent ?? [],
          present: knowledge.present ?? [],
          rest: 'unknown',
          sessionName: knowledge.sessionName ?? 'known',
          sessionTags: knowledge.sessionTags ?? 'known',
        }
      : { context: row.context, rest: 'absent' },
  };
}

function toTarget({ arn, accountId }: GoldTarget) {
  return { arn, account: accountId };
}

function toPrincipal(given: GoldPrincipal, facts: Facts): Principal {
  if (typeof given !== 'string') {
    switch (given.type) {
      case 'WebIdentity':
        return { kind: 'webIdentity', provider: given.provider ?? '' };
      case 'SAML':
        return { kind: 'saml', provider: given.provider ?? '' };
      default:
        return { kind: 'anonymous' };
    }
  }
  const account = accountOf(given);
  if (account === undefined) return { kind: 'service', name: given };
  const arn = given;
  if (arn.endsWith(':root')) return { kind: 'root', arn, account };
  if (arn.includes(':user/')) return { kind: 'user', arn, account };
  if (arn.includes(':federated-user/')) return { kind: 'federatedUser', arn, account };
  if (arn.includes(':role/')) return { kind: 'role', arn, account };
  const [, role = '', sessionName = ''] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  const roleArn = facts.principal?.roleArn ?? `arn:${arn.split(':')[1] ?? 'aws'}:iam::${account}:role/${role}`;
  return { kind: 'session', arn, account, roleArn, sessionName };
}

function toPolicies(given: GoldPolicies, action: string): PolicySet {
  const kind: PolicyKind = /^sts:/i.test(action) ? 'trust' : 'resource';
  return {
    identity: many(given.identity ?? [], 'identity'),
    ...(isGiven(given.session) && { session: [toPolicy(given.session, 'session', 'session')] }),
    ...(given.permissionsBoundary && { boundary: many(given.permissionsBoundary, 'boundary') }),
    ...(given.scp && { scp: levels(given.scp, 'scp') }),
    ...(given.rcp && { rcp: levels(given.rcp, 'rcp') }),
    ...(isGiven(given.resource) && { resource: toPolicy(given.resource, kind, kind) }),
    ...(given.vpcEndpoint && { endpoint: many(given.vpcEndpoint, 'endpoint') }),
    ...(isGiven(given.accessPoint) && { accessPoint: toPolicy(given.accessPoint, 'accessPoint', 'accessPoint') }),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function levels(given: readonly GoldLevel[], kind: PolicyKind): readonly Level[] {
  return given.map(({ target, policies }) => ({ target, policies: many(policies, kind) }));
}

function many(values: readonly unknown[], kind: PolicyKind): readonly Policy[] {
  return values.map((value, index) => toPolicy(value, kind, `${kind}-${index + 1}`));
}

function toPolicy(value: unknown, kind: PolicyKind, id: string): Policy {
  const parsed = parsePolicyValue(value, kind);
  if (parsed.ok) return { id, kind, document: parsed.document };
  const [first] = parsed.findings.filter(({ severity }) => severity === 'error');
  throw new Error(`cannot read policy \`${id}\`: ${first?.at ?? ''} ${first?.message ?? ''}`);
}
