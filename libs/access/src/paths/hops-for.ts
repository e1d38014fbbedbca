import type { Decision, GraphNode } from '@ag/model';
import { keysOf } from '@ag/policy';
import type { Hop } from '../answers.ts';
import { rankOf } from '../combine.ts';
import type { Engine } from '../engine.ts';
import type { Subject } from '../find-principal.ts';
import { remember } from '../inventory.ts';
import { toHop } from '../paths.ts';
import type { PrincipalRecord } from '../principals.ts';
import { getAction, makeTarget } from '../target.ts';
import { assumeAction } from '../can-assume.ts';
import { decideFor } from '../to-question.ts';
import { asSession } from '../ways.ts';
import type { PathsQuestion } from './question.ts';

/** The hops that one question may take. */
export interface QuestionHops {
  from(id: string): readonly Hop[];
}

/**
 * The hops as they are for who asks: a person's sessions bear their name (IC3), and a context that is given is evaluated.
 * Hops whose condition needs a key that is not wanted are left out.
 */
export function hopsFor(engine: Engine, subject: Subject | undefined, question: PathsQuestion): QuestionHops {
  const { inventory, steps } = engine;
  const person = subject?.kind === 'person' ? inventory.data.nodes.get(subject.ref.id) : undefined;
  const records = question.context && new Map(engine.assumptions.map(({ from }) => [from.ref.id, from]));
  const from = remember((id: string) =>
    steps.from(id).flatMap((hop): readonly Hop[] => {
      const asked = askAgain(engine, hop, { person, question, record: recordOf(hop.from) });
      return rankOf(asked.decision) === undefined || needsOneOf(asked.decision, question) ? [] : [asked];
    }),
  );
  return { from };

  function recordOf(id: string): PrincipalRecord | undefined {
    return inventory.principals.get(id) ?? records?.get(id);
  }
}

/** Only what is conditional can come out differently for one session or in one context. */
function askAgain(
  { inventory }: Engine,
  hop: Hop,
  asking: {
    readonly person: GraphNode | undefined;
    readonly question: PathsQuestion;
    readonly record: PrincipalRecord | undefined;
  },
): Hop {
  const { person, question, record } = asking;
  const role = inventory.findNode(hop.to);
  if (hop.decision?.outcome !== 'conditional' || !record || !role) return hop;
  const isNamed = person !== undefined && record.facts.identityCenter === true;
  if (!isNamed && question.context === undefined) return hop;
  const from = isNamed ? asSession(record, person) : record;
  const target = makeTarget(inventory, getAction(inventory, assumeAction(from)), role.id, role);
  return toHop({ from, role, decision: decideFor(inventory, from, target, question.context) });
}

/** Whether a condition needs one of the keys that the question leaves out. Names of keys have no case. */
export function needsOneOf(decision: Decision | undefined, { withoutKeys = [] }: PathsQuestion): boolean {
  if (withoutKeys.length === 0 || decision?.outcome !== 'conditional') return false;
  const unwanted = new Set(withoutKeys.map((key) => key.toLowerCase()));
  return keysOf(decision.when).some((key) => unwanted.has(key.toLowerCase()));
}
