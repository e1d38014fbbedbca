import type { Decision, Principal } from '@ag/model';
import { decide } from '../decide.ts';
import { keysOf } from '../residual/build.ts';
import { evaluateResidual } from '../residual/evaluate.ts';
import { sessionNameKey } from '../condition/session-name.ts';
import type { Context, Question } from '../types.ts';
import { type GoldRow, goldRowToQuestion } from './row.ts';

/** What one row of a corpus came to. */
export interface RowResult {
  readonly id: string;
  readonly rules: readonly string[];
  /** `open`: its answer is an open question, so it is reported and counted neither way. */
  readonly status: 'passed' | 'failed' | 'open';
  /** Whether the engine answers as the row expects; of an open row too. */
  readonly agrees: boolean;
  readonly expected: string;
  readonly got: string;
  /** What else of the answer is not as expected: keys of the residual, and contexts that it judges wrongly. */
  readonly differences: readonly string[];
  /** Absent where the row could not be asked. */
  readonly decision?: Decision;
}

/**
 * Asks the engine one row and compares the answer with the expected one. Never throws: a row whose policies cannot be read
 * has failed, and says why.
 */
export function judgeRow(row: GoldRow): RowResult {
  const { id, rules, gate } = row;
  const base = { id, rules, expected: expectedOf(row) };
  const statusOf = (agrees: boolean) => (gate ? (agrees ? 'passed' : 'failed') : 'open');
  try {
    const question = goldRowToQuestion(row);
    const decision = decide(question);
    const got = row.mode === 'concrete' ? concreteAnswer(row, decision) : openAnswer(row, decision);
    const differences = row.mode === 'concrete' ? [] : differencesOf(row, question, decision);
    const agrees = got === base.expected && differences.length === 0;
    return { ...base, status: statusOf(agrees), agrees, got, differences, decision };
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    return { ...base, status: statusOf(false), agrees: false, got, differences: [] };
  }
}

function expectedOf({ mode, expected }: GoldRow): string {
  if (mode !== 'concrete') return withKind(expected.verdict ?? '', expected.neverKind);
  // The documentation then says only whether the call fails.
  if (expected.compare === 'allow') return expected.allow === true ? 'Allowed' : 'Denied';
  return expected.decision ?? '';
}

function withKind(verdict: string, kind: string | undefined): string {
  return kind === undefined ? verdict : `${verdict} (${kind})`;
}

const concreteNames = {
  allowed: 'Allowed',
  explicitlyDenied: 'ExplicitlyDenied',
  implicitlyDenied: 'ImplicitlyDenied',
  conditional: 'Conditional',
  unknown: 'Unknown',
} as const;

function concreteAnswer({ expected }: GoldRow, { outcome }: Decision): string {
  const name = concreteNames[outcome];
  return expected.compare === 'allow' && name.endsWith('Denied') ? 'Denied' : name;
}

function openAnswer({ expected }: GoldRow, decision: Decision): string {
  const [verdict, kind] = verdictOf(decision);
  return withKind(verdict, expected.neverKind === undefined ? undefined : kind);
}

function verdictOf(decision: Decision): readonly [verdict: string, neverKind?: string] {
  switch (decision.outcome) {
    case 'allowed':
      return ['ALWAYS'];
    case 'conditional':
      return ['CONDITIONAL'];
    case 'unknown':
      return ['UNKNOWN'];
    case 'explicitlyDenied':
      return ['NEVER', 'explicit'];
    case 'implicitlyDenied':
      return ['NEVER', decision.mayBeDeniedBy.length > 0 ? 'mixed' : 'implicit'];
  }
}

function differencesOf({ expected, context }: GoldRow, question: Question, decision: Decision): readonly string[] {
  const { residualMentions = [], residualExcludes = [], witnesses = { allow: [], deny: [] } } = expected;
  const when = decision.outcome === 'conditional' ? decision.when : undefined;
  const named = new Set((when ? keysOf(when) : []).map((key) => key.toLowerCase()));
  const judged = (wanted: boolean, contexts: readonly Context[]) =>
    contexts.flatMap((witness) => {
      const said = when ? evaluateResidual(when, { ...context, ...witness }) : decision.outcome === 'allowed';
      const concrete = decide(toConcrete(question, witness)).outcome === 'allowed';
      const name = JSON.stringify(witness);
      const word = wanted ? 'allowed' : 'denied';
      return [
        ...(said === wanted ? [] : [`the residual says otherwise than ${word} in ${name}`]),
        ...(concrete === wanted ? [] : [`the concrete decision is not ${word} in ${name}`]),
      ];
    });
  return [
    ...residualMentions.filter((key) => !named.has(key.toLowerCase())).map((key) => `the residual lacks ${key}`),
    ...residualExcludes.filter((key) => named.has(key.toLowerCase())).map((key) => `the residual names ${key}`),
    ...judged(true, witnesses.allow),
    ...judged(false, witnesses.deny),
  ];
}

/** The question in one context: what the witness does not name is absent. */
function toConcrete({ request, facts, knowledge, ...rest }: Question, witness: Context): Question {
  const { [sessionNameKey]: name, ...keys } = witness;
  const uniqueId = facts?.principal?.uniqueId;
  const principal = typeof name === 'string' ? withSessionName(request.principal, name) : request.principal;
  const userId = typeof name === 'string' && uniqueId !== undefined ? { 'aws:userid': `${uniqueId}:${name}` } : {};
  return {
    ...rest,
    ...(facts && { facts }),
    request: { ...request, principal },
    knowledge: { context: { ...userId, ...knowledge.context, ...keys }, rest: 'absent' },
  };
}

function withSessionName(principal: Principal, sessionName: string): Principal {
  if (principal.kind !== 'role' && principal.kind !== 'session') return principal;
  const roleArn = principal.kind === 'role' ? principal.arn : principal.roleArn;
  const [, partition = '', , , account = ''] = roleArn.split(':');
  const role = roleArn.split('/').at(-1) ?? '';
  const arn = `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
  return { kind: 'session', arn, account, roleArn, sessionName };
}
