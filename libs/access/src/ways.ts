import type { Decision } from '@ag/model';
import { compareText, findArn } from '@ag/model';
import type { Hop } from './answers.ts';
import { combine, type Rank, rankOf } from './combine.ts';
import type { Inventory } from './inventory.ts';
import { decisionsOf, search, type Steps } from './paths.ts';
import { nameOf, type PrincipalRecord } from './principals.ts';

/** Someone's way to a role: the hops, and the role as they hold it. */
export interface RoleWay {
  readonly as: PrincipalRecord;
  readonly path: readonly Hop[];
}

/** Every role that a person or a principal can become, each by the best way, by role id. */
export function waysFrom(inventory: Inventory, steps: Steps, id: string): readonly RoleWay[] {
  const reached = search(
    [{ id, rank: 0 }],
    (at) => steps.from(at),
    (hop) => hop.to,
  );
  return [...reached]
    .filter(([role]) => role !== id)
    .flatMap(([role, path]): readonly RoleWay[] => {
      const record = inventory.principals.get(role);
      return record ? [{ as: asSession(inventory, record, path), path }] : [];
    })
    .sort((a, b) => compareText(a.as.ref.id, b.as.ref.id));
}

/**
 * Whoever comes through Identity Center holds a session that bears their user name (IC3), so the role is asked as that session.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html
 */
function asSession(inventory: Inventory, role: PrincipalRecord, path: readonly Hop[]): PrincipalRecord {
  const [first] = path;
  const person = first && inventory.data.nodes.get(first.from);
  const { account } = role.ref;
  if (path.at(-1)?.edge !== 'ASSIGNED' || !person || account === undefined) return role;
  const partition = findArn(role.ref.id)?.partition ?? 'aws';
  const sessionName = nameOf(person);
  const arn = `arn:${partition}:sts::${account}:assumed-role/${role.ref.name}/${sessionName}`;
  const principal = { kind: 'session', arn, account, roleArn: role.ref.id, sessionName } as const;
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
