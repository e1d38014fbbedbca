import type { Decision, GraphNode } from '@ag/model';
import { compareText, findArn } from '@ag/model';
import type { Hop } from './answers.ts';
import { combine, type Rank, rankOf } from './combine.ts';
import type { Inventory } from './inventory.ts';
import { decisionsOf, search, type Steps, toHop } from './paths.ts';
import { nameOf, type PrincipalRecord } from './principals.ts';
import { getAction, makeTarget } from './target.ts';
import { decideFor } from './to-question.ts';

/** Someone's way to a role: the hops, and the role as they hold it. */
export interface RoleWay {
  readonly as: PrincipalRecord;
  readonly path: readonly Hop[];
}

/** Every role that a person or a principal can become, each by the best way, by role id. */
export function waysFrom(inventory: Inventory, steps: Steps, id: string): readonly RoleWay[] {
  const start = inventory.data.nodes.get(id);
  const person = start?.labels.includes('Person') ? start : undefined;
  const hopsAt = (at: string): readonly Hop[] =>
    person ? steps.from(at).flatMap((hop) => asPersonsHop(inventory, person, hop)) : steps.from(at);
  const reached = search([{ id, rank: 0 }], hopsAt, (hop) => hop.to);
  return [...reached]
    .filter(([role]) => role !== id)
    .flatMap(([role, path]): readonly RoleWay[] => {
      const record = inventory.principals.get(role);
      if (!record) return [];
      return [{ as: person && path.at(-1)?.edge === 'ASSIGNED' ? asSession(record, person) : record, path }];
    })
    .sort((a, b) => compareText(a.as.ref.id, b.as.ref.id));
}

/** Where a role's next step depends on the session, the person's name decides. */
function asPersonsHop(inventory: Inventory, person: GraphNode, hop: Hop): readonly Hop[] {
  const from = inventory.principals.get(hop.from);
  const role = inventory.findNode(hop.to);
  if (hop.decision?.outcome !== 'conditional' || !from?.facts.identityCenter || !role) return [hop];
  const session = asSession(from, person);
  const target = makeTarget(inventory, getAction(inventory, 'sts:AssumeRole'), role.id, role);
  return [toHop({ from: session, role, decision: decideFor(inventory, session, target) })];
}

/**
 * Whoever comes through Identity Center holds a session that bears their user name (IC3), so the role is asked as that session.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html
 */
export function asSession(role: PrincipalRecord, person: GraphNode): PrincipalRecord {
  const { account, name, id } = role.ref;
  if (account === undefined) return role;
  const partition = findArn(id)?.partition ?? 'aws';
  const sessionName = nameOf(person);
  const arn = `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName}`;
  const principal = { kind: 'session', arn, account, roleArn: id, sessionName } as const;
  return { ...role, principal, facts: { ...role.facts, principal } };
}

/** A way with what it comes to at the end. */
export interface DecidedWay {
  readonly path: readonly Hop[];
  readonly decision: Decision;
}

/** The best of several: the most certain, then the fewest hops, then as they come. `undefined` where all are denied. */
export function bestWay(ways: readonly DecidedWay[]): DecidedWay | undefined {
  let best: { readonly way: DecidedWay; readonly rank: Rank } | undefined;
  for (const way of ways) {
    const decision = combine(decisionsOf(way.path), way.decision);
    const rank = rankOf(decision);
    if (rank === undefined) continue;
    if (best && (best.rank < rank || (best.rank === rank && best.way.path.length <= way.path.length))) continue;
    best = { way: { path: way.path, decision }, rank };
  }
  return best?.way;
}
