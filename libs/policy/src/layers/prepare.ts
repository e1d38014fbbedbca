import type { PolicyKind, StatementRef } from '@ag/model';
import { toActionGlob } from '../match/action.ts';
import { type ArnPattern, toArnPattern } from '../match/arn-pattern.ts';
import { type Glob, matchesGlob } from '../match/glob.ts';
import { remember, rememberFor } from '../match/remember.ts';
import { isOfKind } from '../condition/compare.ts';
import { literal } from '../condition/variables.ts';
import type { Policy, PolicyDocument, Statement } from '../types.ts';

/** A statement with all that can be said of it before anybody asks. */
export interface Prepared {
  readonly ref: StatementRef;
  readonly statement: Statement;
  /** The version of its document. */
  readonly version: PolicyDocument['version'];
  /** Of Action or NotAction. */
  readonly actions: readonly Glob[];
  /** Of Resource or NotResource. */
  readonly resources: readonly PreparedResource[];
  /** PR7: a policy of this kind is about whom it is attached to; AWS takes none that names principals. */
  readonly isMisplaced: boolean;
  /** CL6: an Allow that negates a comparison with a value of the wrong kind allows nothing. */
  readonly hasJunk: boolean;
  /** A statement of such a policy may leave its Resource out, and is then about what it is attached to. */
  readonly mayOmitResource: boolean;
}

export interface PreparedResource {
  readonly text: string;
  /** Absent where variables stand in the text, so that what it names depends on the request. */
  readonly pattern?: ArnPattern;
  /** VA2: before the fifth colon there are no variables, and no ARN has the text of one. */
  readonly isNothing: boolean;
  /** RQ3: it names actions without resource types. */
  readonly isOnlyStars: boolean;
}

const withoutPrincipals: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity', 'boundary', 'session', 'scp']);
const attached: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['trust', 'resource', 'accessPoint']);

/** The statements of a policy, prepared once for all questions. */
export interface PreparedPolicy {
  readonly statements: readonly Prepared[];
  /** Which of them are about an action, given in lower case. */
  readonly areAbout: (actionName: string) => readonly boolean[];
}

// Questions come about a few actions at a time.
const mostActions = 64;

/** Prepares a policy, or finds it prepared. */
export const prepare = rememberFor((policy: Policy): PreparedPolicy => {
  const statements = policy.document.statements.map((statement) => prepareStatement(policy, statement));
  const areAbout = remember((actionName) => statements.map((of) => isAbout(of, actionName)), mostActions);
  return { statements, areAbout };
});

/** Whether a statement's Action or NotAction is about an action, given in lower case. */
export function isAbout({ statement, actions }: Prepared, actionName: string): boolean {
  const fits = actions.some((glob) => matchesGlob(glob, actionName));
  // MA2
  return statement.actions ? fits : statement.notActions !== undefined && !fits;
}

function prepareStatement({ id, kind, document: { version } }: Policy, statement: Statement): Prepared {
  const { actions, notActions, resources, notResources, principals, notPrincipals, index, sid, holder } = statement;
  return {
    ref: { policy: holder ?? id, kind, index, ...(sid !== undefined && { sid }) },
    statement,
    version,
    actions: (actions ?? notActions ?? []).map(toActionGlob),
    resources: (resources ?? notResources ?? []).map((text) => prepareResource(text, version)),
    isMisplaced: withoutPrincipals.has(kind) && (principals ?? notPrincipals) !== undefined,
    hasJunk:
      statement.effect === 'Allow' &&
      statement.conditions.some(
        ({ negated, operator, values }) => negated && !values.every((value) => isOfKind(operator, value)),
      ),
    mayOmitResource: attached.has(kind),
  };
}

function prepareResource(text: string, version: PolicyDocument['version']): PreparedResource {
  const isOnlyStars = /^\*+$/.test(text);
  const hasVariable = version === '2012-10-17' && text.includes('${');
  const isNothing = hasVariable && /^(?:[^:$]*:){0,4}[^:]*\$\{/.test(text);
  if (hasVariable) return { text, isNothing, isOnlyStars };
  return { text, pattern: toArnPattern(literal(text)), isNothing, isOnlyStars };
}
