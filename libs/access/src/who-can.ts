import type { Decision } from '@ag/model';
import { compareText } from '@ag/model';
import type { Context } from '@ag/policy';
import type { AccessRow, WhoCanAnswer, WhoCanQuestion } from './answers.ts';
import { candidatesFor } from './candidates.ts';
import { combine, rankOf } from './combine.ts';
import type { Engine } from './engine.ts';
import { gapsOfWhoCan } from './relevant-gaps.ts';
import { decisionsOf, search } from './paths.ts';
import type { PrincipalRecord } from './principals.ts';
import { getAction, getTarget, type Target } from './target.ts';
import { decideFor } from './to-question.ts';
import { peopleRows } from './closure/people-rows.ts';

/** One who holds the permission, and what it depends on. */
interface Holder {
  readonly record: PrincipalRecord;
  readonly decision: Decision;
}

/** Everyone who can do the action on the resource; with `anyPath`, also everyone who can become one of them. */
export function whoCan(engine: Engine, question: WhoCanQuestion): WhoCanAnswer {
  const { inventory } = engine;
  const target = getTarget(inventory, getAction(inventory, question.action), question.resource);
  const through = question.through ?? 'direct';
  const holders = findHolders(engine, target, question.context);
  const rows = through === 'direct' ? holders.map(toRow) : withPaths(engine, target, holders, question.context);
  return {
    action: target.action.name,
    resource: target.arn,
    rows: [...rows].sort((a, b) => compareText(a.principal.id, b.principal.id)),
    asOf: inventory.data.run,
    gaps: gapsOfWhoCan(inventory, target, rows, through),
  };
}

function findHolders(engine: Engine, target: Target, context: Context | undefined): readonly Holder[] {
  // A resource that is no longer there is nobody's to use; the answer's gaps say so.
  if (target.record?.missingSince !== undefined) return [];
  return findCandidates(engine, target, context)
    .map((record) => ({ record, decision: decideFor(engine.inventory, record, target, context) }))
    .filter(({ decision }) => rankOf(decision) !== undefined);
}

/** Whom the index finds to have access; in a context that somebody supplies, everyone who may have. */
function findCandidates(engine: Engine, target: Target, context: Context | undefined): readonly PrincipalRecord[] {
  if (!context)
    return [...engine.access.whoCan(target)].map(([principal]) => engine.access.principals.record(principal));
  return candidatesFor(engine.inventory, target).filter((record) => engine.filter.mayAllow(record, target));
}

function toRow({ record, decision }: Holder): AccessRow {
  return { principal: record.ref, decision, path: [] };
}

function withPaths(
  engine: Engine,
  target: Target,
  holders: readonly Holder[],
  context: Context | undefined,
): readonly AccessRow[] {
  const byId = new Map(holders.map((holder) => [holder.record.ref.id, holder]));
  if (holders.length === 0) return [];
  const people = peopleRows(engine, {
    decisions: new Map(holders.map(({ record, decision }) => [record.ref.id, decision])),
    decideAs: (session) => decideFor(engine.inventory, session, target, context),
  });
  return [...principalRows(engine, byId), ...people];
}

/** From the holders backwards over role assumptions. */
function principalRows(engine: Engine, holders: ReadonlyMap<string, Holder>): readonly AccessRow[] {
  const starts = [...holders.values()].flatMap(({ record, decision }) => {
    const rank = rankOf(decision);
    return rank === undefined ? [] : [{ id: record.ref.id, rank }];
  });
  const found = search(
    starts,
    (id) => engine.steps.to(id).filter(isAssumption),
    (hop) => hop.from,
  );
  return [...found].flatMap(([id, backwards]): readonly AccessRow[] => {
    const path = backwards.toReversed();
    const end = holders.get(path.at(-1)?.to ?? id);
    const principal = holders.get(id)?.record.ref ?? engine.steps.ref(id);
    return end && principal ? [{ principal, path, decision: combine(decisionsOf(path), end.decision) }] : [];
  });
}

function isAssumption(hop: { readonly edge: string }): boolean {
  return hop.edge === 'CAN_ASSUME' || hop.edge === 'FEDERATES';
}
