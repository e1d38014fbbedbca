import { compareText, exitCode, UserError } from '@ag/model';
import type { Hop, PrincipalRef } from '../answers.ts';
import { combine, rankOf } from '../combine.ts';
import type { Engine } from '../engine.ts';
import { getSubject } from '../find-principal.ts';
import { decisionsOf } from '../paths.ts';
import { gapsOfPaths } from '../relevant-gaps.ts';
import { getAction, getTarget } from '../target.ts';
import { explore, type Explored } from './explore.ts';
import { hopsFor } from './hops-for.ts';
import { lastHops } from './last-hops.ts';
import { outsideStarts, startOf } from './starts.ts';
import type { Path, PathsAnswer, PathsQuestion } from './question.ts';
import { type NetworkEdge, shortestPaths } from './shortest-paths.ts';

/** Stands for everyone who is not of the organization. */
export const outside = 'outside';

const usualCount = 5;
const mostPaths = 100;
// A few seconds of work on one core; dense graphs hold more paths than anybody could list.
const mostWork = 20_000_000;

/** By which chains of groups, assignments, roles and trusts one reaches a role, or an action on a resource. */
export function paths(engine: Engine, question: PathsQuestion): PathsAnswer {
  const { inventory } = engine;
  const count = checkCount('k', question.k ?? usualCount, mostPaths);
  const depth = question.depth === undefined ? Infinity : checkCount('depth', question.depth, Infinity);
  const action = question.action === undefined ? undefined : getAction(inventory, question.action);
  const target = action && getTarget(inventory, action, question.to);
  const subject = question.from === outside ? undefined : getSubject(inventory, question.from);
  const end = target ? undefined : getSubject(inventory, question.to).ref;
  const starts = subject ? [startOf(subject)] : outsideStarts(engine, target);

  const hops = hopsFor(engine, subject, question);
  const explored = explore(starts, hops.from, depth, end?.id);
  const last = target && lastHops(engine, { subject, starts, target, question, reached: explored.reached });
  const budget = { left: mostWork };
  const found = searchPaths({ explored, starts, end: end?.id, last: last?.hops, count, depth, question, budget });
  const complete = explored.complete && (last?.complete ?? true) && found.complete;
  return {
    ...(subject && { from: subject.ref }),
    to: target?.arn ?? end?.id ?? question.to,
    ...(action && { action: action.name }),
    paths: found.paths.slice(0, count),
    more: found.paths.length > count ? 'more' : complete ? 'none' : 'maybe',
    asOf: inventory.data.run,
    gaps: gapsOfPaths(inventory, target, subject),
  };
}

interface Search {
  readonly explored: Explored;
  readonly starts: readonly PrincipalRef[];
  readonly end: string | undefined;
  readonly last: ReadonlyMap<string, Hop> | undefined;
  readonly count: number;
  readonly depth: number;
  readonly question: PathsQuestion;
  readonly budget: { left: number };
}

/** Numbers the nodes by their ids, with one node before all starts and, where an action is asked, one after all holders. */
function searchPaths(search: Search): { readonly paths: readonly Path[]; readonly complete: boolean } {
  const { explored, starts, last, depth } = search;
  const ids = [...explored.reached].sort(compareText);
  const [source, goal] = [ids.length, ids.length + 1];
  const numbers = new Map(ids.map((id, at) => [id, at]));
  const toEdge = (id: string, hop: Hop | undefined): readonly NetworkEdge[] => {
    const [to, rank] = [numbers.get(id), rankOf(hop?.decision)];
    return to === undefined || rank === undefined ? [] : [{ to, rank }];
  };
  const out = ids.map((id) => {
    const edges = [...(explored.hops.get(id)?.values() ?? [])].flatMap((hop) => toEdge(hop.to, hop));
    const rank = last?.has(id) ? rankOf(last.get(id)?.decision) : undefined;
    edges.sort((a, b) => a.to - b.to);
    return rank === undefined ? edges : [...edges, { to: goal, rank }];
  });
  const entries = starts.flatMap(({ id }) => toEdge(id, undefined)).sort((a, b) => a.to - b.to);
  const to = last ? goal : numbers.get(search.end ?? '');
  if (to === undefined) return { paths: [], complete: true };

  const found = shortestPaths(
    { out: [...out, entries, []] },
    {
      from: source,
      to,
      count: search.count + 1,
      most: depth + 1 + (last ? 1 : 0),
      worst: worstRank(search.question),
      budget: search.budget,
    },
  );
  const refs = new Map(starts.map((start) => [start.id, start]));
  const toPath = (numbered: readonly number[]): readonly Path[] => {
    const names = numbered.slice(1).flatMap((number) => ids[number] ?? []);
    const from = refs.get(names[0] ?? '');
    const hops = names.slice(1).flatMap((id, at) => explored.hops.get(names[at] ?? '')?.get(id) ?? []);
    const end = last?.get(names.at(-1) ?? '');
    if (!from) return [];
    const decision = end?.decision ?? hops.at(-1)?.decision ?? { outcome: 'allowed', grants: [] };
    // The last hop's grants are the path's.
    const before = decisionsOf(end ? hops : hops.slice(0, -1));
    return [{ from, hops: end ? [...hops, end] : hops, decision: combine(before, decision) }];
  };
  return { paths: found.paths.flatMap(toPath), complete: found.complete };
}

function worstRank({ certainty }: PathsQuestion): 0 | 1 | 2 {
  switch (certainty) {
    case 'allowed':
      return 0;
    case 'conditional':
      return 1;
    case 'unknown':
    case undefined:
      return 2;
  }
}

function checkCount(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  const range = most === Infinity ? 'of 1 or more' : `from 1 to ${most}`;
  throw new UserError(`\`${name}\` must be a number ${range}`, exitCode.usage);
}
