import type { Residual, StatementRef } from '@ag/model';
import type { Known } from '../condition/known.ts';
import { all, any, never, not } from '../residual/build.ts';
import type { Policy, Statement } from '../types.ts';
import { type Asked, type StatementMatch, matchStatement, toGuard } from './match-statement.ts';
import { type Naming, type Subject, isExempt, naming } from './subject.ts';

/** One statement with what it asks of the context. */
export interface Judged {
  readonly ref: StatementRef;
  readonly statement: Statement;
  readonly match: StatementMatch;
  /** How a principal element names the caller; absent where policies have none. */
  readonly naming?: Naming;
  /** Under which residual the statement applies. */
  readonly guard: Residual;
}

/** The statements of one layer, judged. */
export interface LayerResult {
  readonly statements: readonly Judged[];
  readonly allow: Residual;
  readonly deny: Residual;
}

export interface Scene {
  readonly asked: Asked;
  readonly known: Known;
  readonly subject: Subject;
  /** The caller has a permissions boundary (EV16). */
  readonly bounded: boolean;
}

/** Judges policies without a principal element: identity, boundary, session, SCP. */
export function evaluatePolicies(policies: readonly Policy[], scene: Scene): LayerResult {
  return summarize(
    policies.flatMap((policy) => policy.document.statements.map((statement) => judge(policy, statement, scene))),
  );
}

/** Judges policies that name principals: resource, trust, endpoint, access point, RCP. */
export function evaluateWithPrincipals(policies: readonly Policy[], scene: Scene): LayerResult {
  return summarize(
    policies.flatMap((policy) => policy.document.statements.map((statement) => judgeNaming(policy, statement, scene))),
  );
}

function judge(policy: Policy, statement: Statement, { asked, known }: Scene): Judged {
  const match = matchStatement(statement, policy.document.version, asked, known);
  return { ref: toRef(policy, statement), statement, match, guard: toGuard(match) };
}

function judgeNaming(policy: Policy, statement: Statement, scene: Scene): Judged {
  const judged = judge(policy, statement, scene);
  const named = nameOf(statement, scene);
  return { ...judged, naming: named, guard: all([judged.guard, any([named.direct, named.role, named.account])]) };
}

function nameOf({ principals, notPrincipals, effect }: Statement, { subject, bounded }: Scene): Naming {
  if (principals) return naming(principals, subject);
  // PR9: NotPrincipal is for Deny only.
  if (notPrincipals && effect === 'Deny') {
    return { direct: not(isExempt(notPrincipals, subject, bounded)), role: never, account: never };
  }
  return { direct: never, role: never, account: never };
}

function summarize(statements: readonly Judged[]): LayerResult {
  const of = (effect: 'Allow' | 'Deny') =>
    any(statements.filter(({ statement }) => statement.effect === effect).map(({ guard }) => guard));
  return { statements, allow: of('Allow'), deny: of('Deny') };
}

/** The allow of a layer by one way of naming the caller. */
export function allowBy({ statements }: LayerResult, form: keyof Naming): Residual {
  return any(
    statements.flatMap(({ statement, match, naming: named }) =>
      statement.effect === 'Allow' && named ? [all([toGuard(match), named[form]])] : [],
    ),
  );
}

function toRef(policy: Policy, { index, sid }: Statement): StatementRef {
  return { policy: policy.id, kind: policy.kind, index, ...(sid !== undefined && { sid }) };
}
