import type { Decision } from '@ag/model';
import type { Hop, PrincipalRef } from '../answers.ts';
import { rankOf } from '../combine.ts';
import type { Engine } from '../engine.ts';
import type { Subject } from '../find-principal.ts';
import { nameOf, type PrincipalRecord } from '../principals.ts';
import type { Target } from '../target.ts';
import { decideFor } from '../to-question.ts';
import { asSession } from '../ways.ts';
import { needsOneOf } from './hops-for.ts';
import type { PathsQuestion } from './question.ts';
import type { PathStart } from './starts.ts';

// The reference evaluates some thousands of requests a second.
const mostDecisions = 50_000;

/** From each principal that is reached and can: the action on the resource. */
export function lastHops(
  engine: Engine,
  asked: {
    readonly subject: Subject | undefined;
    readonly starts: readonly PathStart[];
    readonly target: Target;
    readonly question: PathsQuestion;
    /** The nearest first. */
    readonly reached: ReadonlySet<string>;
  },
): { readonly hops: ReadonlyMap<string, Hop>; readonly complete: boolean } {
  const { subject, starts, target, question, reached } = asked;
  const { inventory, filter } = engine;
  const hops = new Map<string, Hop>();
  const first = new Map(starts.map((start) => [start.id, start.record]));
  let left = mostDecisions;
  // A resource that is no longer there is nobody's to use; the answer's gaps say so.
  if (target.record?.missingSince !== undefined) return { hops, complete: true };
  for (const id of reached) {
    const record = first.get(id) ?? inventory.principals.get(id);
    if (!record || !filter.mayAllow(record, target)) continue;
    if (left <= 0) return { hops, complete: false };
    left -= 1;
    const decision = decideFor(inventory, asHeld(engine, subject, record), target, question.context);
    if (rankOf(decision) === undefined || needsOneOf(decision, question)) continue;
    hops.set(id, {
      from: id,
      edge: 'CAN',
      to: target.arn,
      decision,
      sentence: sentenceOf(record.ref, target, decision),
    });
  }
  return { hops, complete: true };
}

/** The only way into a role of Identity Center is an assignment, and such a session bears the person's name (IC3). */
function asHeld({ inventory }: Engine, subject: Subject | undefined, record: PrincipalRecord): PrincipalRecord {
  const person = subject?.kind === 'person' ? inventory.data.nodes.get(subject.ref.id) : undefined;
  return person && record.facts.identityCenter ? asSession(record, person) : record;
}

function sentenceOf({ name }: PrincipalRef, { action, arn, record }: Target, decision: Decision): string {
  const verb = decision.outcome === 'unknown' ? 'may be able to do' : 'can do';
  const when = decision.outcome === 'conditional' ? ` when ${decision.text}` : '';
  const what = record && record.node.id === arn ? nameOf(record.node) : arn;
  return `${name} ${verb} ${action.name} on ${what}${when}`;
}
