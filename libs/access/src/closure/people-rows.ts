import type { Decision } from '@ag/model';
import { keysOf } from '@ag/policy';
import type { AccessRow, Hop } from '../answers.ts';
import { combine, type Rank, rankOf, ranks } from '../combine.ts';
import type { Engine } from '../engine.ts';
import { remember } from '../inventory.ts';
import { decisionsOf } from '../paths.ts';
import type { PrincipalRecord } from '../principals.ts';
import { bestWay, waysFrom } from '../ways.ts';
import { type Nearest, nearestHolders, walkToHolder } from './distances.ts';

/** Who holds a permission, by id, and how the same is decided for one session of a holder. */
export interface Held {
  readonly decisions: ReadonlyMap<string, Decision>;
  decideAs(session: PrincipalRecord): Decision;
}

/**
 * Each person's best way to a holder, by one search backwards from all holders. A person whose way may depend on the name of
 * their session (IC3) is searched for forwards, over nothing but what leads to a holder.
 */
export function peopleRows(engine: Engine, held: Held): readonly AccessRow[] {
  const { inventory, steps } = engine;
  const hopsTo = remember((id: string) => steps.to(id));
  const useful = nearestHolders([...held.decisions.keys()], hopsTo, 2);
  const usefulFrom = remember((id: string) => steps.from(id).filter((hop) => useful.has(hop.to)));
  const named = nearestHolders(namedSessions(engine, held, useful, usefulFrom), hopsTo, 2);
  const tables = findTables(held, hopsTo);
  const decide = sessionDecisions(held);
  const forwards = { ...steps, from: usefulFrom };

  return inventory.data.labelled('Person').flatMap((person): readonly AccessRow[] => {
    const principal = steps.ref(person.id);
    if (!principal || !useful.has(person.id)) return [];
    const shared = named.has(person.id) ? undefined : sharedWay(person.id, tables);
    if (shared) {
      const path = walkToHolder(person.id, usefulFrom, shared.table, shared.rank);
      const decision = held.decisions.get(shared.nearest.holder);
      return decision ? [{ principal, decision: combine(decisionsOf(path), decision), path }] : [];
    }
    const ways = waysFrom(inventory, forwards, person.id).flatMap(({ as, path }) => {
      const decision = held.decisions.get(as.ref.id);
      return decision ? [{ path, decision: decide(as, decision) }] : [];
    });
    const best = bestWay(ways);
    return best ? [{ principal, decision: best.decision, path: best.path }] : [];
  });
}

/** Roles of Identity Center where something may be decided by the session's name: the holder's access, or a step onwards. */
function namedSessions(
  { inventory, steps }: Engine,
  { decisions }: Held,
  useful: ReadonlyMap<string, Nearest>,
  usefulFrom: (id: string) => readonly Hop[],
): readonly string[] {
  return [...useful.keys()].filter((id) => {
    const record = inventory.principals.get(id);
    if (!record) return false;
    const isAssigned = steps.to(id).some(({ edge }) => edge === 'ASSIGNED');
    if (isAssigned && decisions.get(id)?.outcome === 'conditional') return true;
    return (
      record.facts.identityCenter === true && usefulFrom(id).some((hop) => hop.decision?.outcome === 'conditional')
    );
  });
}

// The keys under which a condition is about the name of a session, and so about the person.
const nameKeys = ['session-name', 'aws:userid'];

/** A condition that is about nothing of the session's own is decided once for all sessions of a role. */
function sessionDecisions(held: Held): (as: PrincipalRecord, decision: Decision) => Decision {
  const known = new Map<string, Decision>();
  return (as, decision) => {
    if (decision.outcome !== 'conditional' || as.principal.kind !== 'session') return decision;
    if (keysOf(decision.when).some((key) => nameKeys.includes(key.toLowerCase()))) return held.decideAs(as);
    const asked = known.get(as.ref.id) ?? held.decideAs(as);
    known.set(as.ref.id, asked);
    return asked;
  };
}

type Table = ReadonlyMap<string, Nearest>;

/** For each certainty of an answer, the nearest holders that are as certain, over hops of each certainty up to it. */
type Tables = readonly (readonly Table[])[];

function findTables({ decisions }: Held, hopsTo: (id: string) => readonly Hop[]): Tables {
  return ranks.map((answer) => {
    const holders = [...decisions].filter(([, decision]) => (rankOf(decision) ?? 3) <= answer).map(([id]) => id);
    return ranks.filter((rank) => rank <= answer).map((rank) => nearestHolders(holders, hopsTo, rank));
  });
}

/**
 * The way that is the best for a person, where one search tells: a role is reached by the surest way to it, so hops of the
 * next certainty may come nearer by a way that is not the role's own. Then `undefined`.
 */
function sharedWay(
  id: string,
  tables: Tables,
): { readonly table: Table; readonly nearest: Nearest; readonly rank: Rank } | undefined {
  const byRank = tables.find((ofAnswer) => ofAnswer.some((table) => table.has(id)));
  if (!byRank) return undefined;
  const rank = ranks.find((one) => byRank[one]?.has(id));
  if (rank === undefined) return undefined;
  const table = byRank[rank];
  const nearest = table?.get(id);
  if (!table || !nearest) return undefined;
  const isSame = byRank.slice(rank).every((other) => {
    const one = other.get(id);
    return one?.hops === nearest.hops && one.holder === nearest.holder;
  });
  return isSame ? { table, nearest, rank } : undefined;
}
