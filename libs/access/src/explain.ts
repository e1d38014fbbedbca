import type { Decision } from '@ag/model';
import { explain as explainRequest, type Explanation } from '@ag/policy';
import type { ExplainAnswer, ExplainQuestion, Way } from './answers.ts';
import { combine, type Rank, rankOf } from './combine.ts';
import type { Engine } from './engine.ts';
import { getSubject, type Subject } from './find-principal.ts';
import { decisionsOf } from './paths.ts';
import type { PrincipalRecord } from './principals.ts';
import { gapsOfExplain } from './relevant-gaps.ts';
import { getAction, getTarget, type Target } from './target.ts';
import { decideFor, refusal, toQuestion } from './to-question.ts';
import { waysFrom } from './ways.ts';

/** Why a principal or person can or cannot: for a person every role they reach, for a principal also what it can become. */
export function explain(engine: Engine, question: ExplainQuestion): ExplainAnswer {
  const { inventory } = engine;
  const subject = getSubject(inventory, question.principal);
  const target = getTarget(inventory, getAction(inventory, question.action), question.resource);
  const ask = (record: PrincipalRecord): Explanation => explainFor(engine, record, target, question);
  const ways = findWays(engine, subject, ask);
  const explanation = subject.kind === 'principal' ? ask(subject.record) : explainPerson(engine, subject, ways);
  return {
    principal: subject.ref,
    action: target.action.name,
    resource: target.arn,
    decision: explanation.decision,
    explanation,
    ways,
    asOf: inventory.data.run,
    gaps: gapsOfExplain(inventory, target, subject),
  };
}

function explainFor(
  engine: Engine,
  record: PrincipalRecord,
  target: Target,
  { context }: ExplainQuestion,
): Explanation {
  const explanation = explainRequest(toQuestion(engine.inventory, record, target, context));
  const reason = refusal(record, target);
  const decision = decideFor(engine.inventory, record, target, context);
  return { ...explanation, decision, warnings: [...explanation.warnings, ...(reason === undefined ? [] : [reason])] };
}

function findWays(engine: Engine, subject: Subject, ask: (record: PrincipalRecord) => Explanation): readonly Way[] {
  const ways = waysFrom(engine.inventory, engine.steps, subject.ref.id).map(({ as, path }): Way => {
    const explanation = ask(as);
    const decision = combine(decisionsOf(path), explanation.decision);
    return { as: as.ref, path, explanation: { ...explanation, decision } };
  });
  // A principal is asked for itself; what it could become is told only where that leads somewhere.
  return subject.kind === 'person' ? ways : ways.filter((way) => rankOf(way.explanation.decision) !== undefined);
}

/** A person makes no request, their roles do: the best of them is the answer. */
function explainPerson({ inventory }: Engine, subject: Subject, ways: readonly Way[]): Explanation {
  let best: { readonly explanation: Explanation; readonly rank: Rank | 3 } | undefined;
  for (const { explanation } of ways) {
    const rank = rankOf(explanation.decision) ?? 3;
    if (!best || rank < best.rank) best = { explanation, rank };
  }
  if (best) return best.explanation;
  const decision: Decision = { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] };
  const since = inventory.data.nodes.get(subject.ref.id)?.properties['missingSince'];
  const warning = since === undefined ? 'reaches no role' : `was not there any more at ${String(since)}`;
  return { decision, layers: [], warnings: [`\`${subject.ref.id}\` ${warning}`] };
}
