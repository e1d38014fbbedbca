import type { PolicyKind, Residual, StatementRef } from '@ag/model';
import { all, any, never, not } from '../residual/build.ts';
import type { Policy, PolicyDocument, Statement } from '../types.ts';
import { type StatementMatch, matchStatement, toGuard } from './match-statement.ts';
import { type Naming, isExempt, naming } from './naming.ts';
import type { Scene } from './scene.ts';

/** One statement with what it asks of the context. */
export interface Judged {
  readonly ref: StatementRef;
  readonly statement: Statement;
  readonly match: StatementMatch;
  /** How a principal element names the caller; absent where policies have none. */
  readonly naming?: Naming;
  /** The version of its document. */
  readonly version: PolicyDocument['version'];
  /** Under which residual the statement applies. */
  readonly guard: Residual;
}

/** The statements of one layer, judged. */
export interface LayerResult {
  readonly statements: readonly Judged[];
  readonly allow: Residual;
  readonly deny: Residual;
  readonly doubts: readonly Doubt[];
}

/** A deny whose meaning nobody can tell, and under which residual it could apply (CL6). */
export interface Doubt {
  readonly ref: StatementRef;
  readonly guard: Residual;
}

/** Judges policies without a principal element: identity, boundary, session, SCP. */
export function evaluatePolicies(policies: readonly Policy[], scene: Scene): LayerResult {
  return summarize(
    policies.flatMap((policy) => policy.document.statements.map((statement) => judge(policy, statement, scene))),
  );
}

/** Judges policies that name principals: resource, trust, endpoint, access point, RCP. */
export function evaluateWithPrincipals(
  policies: readonly Policy[],
  scene: Scene,
  options: { readonly gateway?: boolean } = {},
): LayerResult {
  return summarize(
    policies.flatMap((policy) =>
      policy.document.statements.map((statement) => {
        const named = nameOf(statement, scene);
        return judgeNaming(policy, statement, scene, options.gateway ? toGatewayNaming(named) : named);
      }),
    ),
  );
}

const withoutPrincipals: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity', 'boundary', 'session', 'scp']);

function judge(policy: Policy, statement: Statement, scene: Scene): Judged {
  const match = matchStatement(policy, statement, scene);
  const { version } = policy.document;
  const judged = { ref: toRef(policy, statement), statement, version, match, guard: toGuard(match) };
  // PR7: a policy of this kind is about whom it is attached to; AWS takes none that names principals.
  const misplaced = withoutPrincipals.has(policy.kind) && (statement.principals ?? statement.notPrincipals);
  return misplaced ? { ...judged, naming: nobody, guard: never } : judged;
}

function judgeNaming(policy: Policy, statement: Statement, scene: Scene, named: Naming): Judged {
  const judged = judge(policy, statement, scene);
  return { ...judged, naming: named, guard: all([judged.guard, any([named.direct, named.role, named.account])]) };
}

const nobody: Naming = { direct: never, role: never, account: never };

function nameOf({ principals, notPrincipals, effect }: Statement, { subject, bounded }: Scene): Naming {
  if (principals) return naming(principals, subject);
  // PR9: NotPrincipal is for Deny only.
  if (notPrincipals && effect === 'Deny') {
    return { ...nobody, direct: not(isExempt(notPrincipals, subject, bounded)) };
  }
  return nobody;
}

/** VP2: in a gateway endpoint's policy an account is its root user, and roles are named by aws:PrincipalArn only. */
function toGatewayNaming({ direct }: Naming): Naming {
  return { ...nobody, direct };
}

function summarize(statements: readonly Judged[]): LayerResult {
  const of = (effect: 'Allow' | 'Deny') =>
    any(statements.filter(({ statement }) => statement.effect === effect).map(({ guard }) => guard));
  return { statements, allow: of('Allow'), deny: of('Deny'), doubts: statements.flatMap(toDoubt) };
}

function toDoubt({ ref, statement, match, naming: named }: Judged): readonly Doubt[] {
  if (statement.effect === 'Allow' || !match.action || match.readable === undefined) return [];
  const guard = all([
    match.resource,
    match.readable,
    ...(named ? [any([named.direct, named.role, named.account])] : []),
  ]);
  return guard.is === 'false' ? [] : [{ ref, guard }];
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
