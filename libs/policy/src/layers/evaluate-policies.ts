import type { Residual, StatementRef } from '@ag/model';
import { itemAt } from '../match/item-at.ts';
import { all, any, never } from '../residual/build.ts';
import type { Policy } from '../types.ts';
import { type StatementMatch, matchStatement, toGuard } from './match-statement.ts';
import { type Naming, nameStatement, nobody } from './naming.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { Scene } from './scene.ts';

/** One statement with what it asks of the context. */
export interface Judged {
  readonly of: Prepared;
  readonly match: StatementMatch;
  /** How a principal element names the caller; `undefined` where policies have none. */
  readonly naming: Naming | undefined;
  /** Under which residual the statement applies. */
  readonly guard: Residual;
}

/** The statements of one layer, judged. */
export interface LayerResult {
  readonly statements: readonly Judged[];
  /** Those of them that allow or deny, or may. */
  readonly applying: readonly Judged[];
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
  return judgeAll(policies, scene, (of, match) => {
    if (of.isMisplaced) return { of, match, naming: nobody, guard: never };
    return { of, match, naming: undefined, guard: toGuard(match) };
  });
}

/** Judges policies that name principals: resource, trust, endpoint, access point, RCP. */
export function evaluateWithPrincipals(
  policies: readonly Policy[],
  scene: Scene,
  { gateway = false }: { readonly gateway?: boolean } = {},
): LayerResult {
  return judgeAll(policies, scene, (of, match) => {
    const naming = nameStatement(of.statement, scene, gateway);
    const guard = toGuard(match);
    return { of, match, naming, guard: guard.is === 'false' ? never : all([guard, anyNaming(naming)]) };
  });
}

function judgeAll(
  policies: readonly Policy[],
  scene: Scene,
  judge: (of: Prepared, match: StatementMatch) => Judged,
): LayerResult {
  const judged: Judged[] = [];
  for (const policy of policies) {
    const { statements, areAbout } = prepare(policy);
    const about = areAbout(scene.actionName);
    // By index: this loop is where decisions spend most of their time.
    for (let index = 0; index < statements.length; index++) {
      const of = itemAt(statements, index);
      judged.push(judge(of, matchStatement(of, itemAt(about, index), scene)));
    }
  }
  return summarize(judged);
}

function anyNaming({ direct, role, account }: Naming): Residual {
  return any([direct, role, account]);
}

function summarize(statements: readonly Judged[]): LayerResult {
  const applying: Judged[] = [];
  const allow: Residual[] = [];
  const deny: Residual[] = [];
  const doubts: Doubt[] = [];
  for (const judged of statements) {
    const { guard, of, match } = judged;
    if (guard.is !== 'false') {
      applying.push(judged);
      (of.statement.effect === 'Allow' ? allow : deny).push(guard);
    }
    const doubt = match.readable && toDoubt(judged, match.readable);
    if (doubt) doubts.push(doubt);
  }
  return { statements, applying, allow: any(allow), deny: any(deny), doubts };
}

function toDoubt({ of, match, naming: named }: Judged, readable: Residual): Doubt | undefined {
  if (of.statement.effect === 'Allow') return undefined;
  const guard = all([match.resource, readable, ...(named ? [anyNaming(named)] : [])]);
  return guard.is === 'false' ? undefined : { ref: of.ref, guard };
}

/** The allow of a layer by one way of naming the caller. */
export function allowBy({ applying }: LayerResult, form: keyof Naming): Residual {
  return any(
    applying.flatMap(({ of, match, naming: named }) =>
      of.statement.effect === 'Allow' && named ? [all([toGuard(match), named[form]])] : [],
    ),
  );
}
