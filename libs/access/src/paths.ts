import type { Decision, GraphNode } from '@ag/model';
import type { Hop, PrincipalRef } from './answers.ts';
import type { Assumption } from './can-assume.ts';
import { type Rank, rankOf, ranks } from './combine.ts';
import { addTo, type GraphData } from './graph-data.ts';
import type { Inventory } from './inventory.ts';
import { nameOf, toRef } from './principals.ts';
import { textOf } from './properties.ts';

/** Everyone who can become someone else, in one step each. Groups are steps on the way, never principals. */
export interface Steps {
  from(id: string): readonly Hop[];
  to(id: string): readonly Hop[];
  /** How answers speak of a node on the way; `undefined` for groups. */
  ref(id: string): PrincipalRef | undefined;
}

/** Joins persons, groups, assignments, federation and role chaining into one graph of steps. */
export function findSteps(inventory: Inventory, assumptions: readonly Assumption[]): Steps {
  const from = new Map<string, Hop[]>();
  const to = new Map<string, Hop[]>();
  const refs = new Map<string, PrincipalRef>();
  for (const record of inventory.principals.values()) refs.set(record.ref.id, record.ref);
  for (const person of inventory.data.labelled('Person')) refs.set(person.id, toRef(person, undefined));
  for (const { from: principal } of assumptions) refs.set(principal.ref.id, principal.ref);

  const hops = [
    ...inventory.data.labelled('Person').flatMap((person) => personHops(inventory.data, person)),
    ...inventory.data.labelled('IdentityCenterGroup').flatMap((group) => assignments(inventory.data, group)),
    ...assumptions.map(toHop),
  ];
  for (const hop of hops) {
    addTo(from, hop.from, hop);
    addTo(to, hop.to, hop);
  }
  return { from: (id) => from.get(id) ?? [], to: (id) => to.get(id) ?? [], ref: (id) => refs.get(id) };
}

function personHops(data: GraphData, person: GraphNode): readonly Hop[] {
  // Whoever is disabled cannot sign in.
  if (textOf(person, 'status') === 'DISABLED') return [];
  const groups = data.edgesFrom('MEMBER_OF', person.id).map((edge): Hop => {
    const group = data.nodes.get(edge.to);
    const sentence = `${nameOf(person)} is a member of group ${group ? nameOf(group) : edge.to}`;
    return { from: person.id, edge: 'MEMBER_OF', to: edge.to, sentence };
  });
  return [...groups, ...assignments(data, person)];
}

function assignments(data: GraphData, holder: GraphNode): readonly Hop[] {
  return data.edgesFrom('ASSIGNED', holder.id).flatMap((edge): readonly Hop[] => {
    const role = data.nodes.get(edge.to);
    if (!role?.labels.includes('IamRole') || role.properties['missingSince'] !== undefined) return [];
    const set = edge.properties['permissionSet'];
    const account = edge.properties['account'];
    const setName = typeof set === 'string' ? (textOf(data.nodes.get(set), 'name') ?? set) : 'a permission set';
    const sentence = `${nameOf(holder)} is assigned ${setName} in account ${typeof account === 'string' ? account : ''}`;
    return [{ from: holder.id, edge: 'ASSIGNED', to: edge.to, sentence: sentence.trimEnd() }];
  });
}

/** One step from a principal to a role, with its sentence. */
export function toHop({ from, role, decision }: Assumption): Hop {
  const { kind } = from.principal;
  const federated = kind === 'saml' || kind === 'webIdentity';
  const subject = federated ? `whoever signs in through ${from.ref.name}` : from.ref.name;
  const verb = decision.outcome === 'unknown' ? 'may be able to assume' : 'can assume';
  const when = decision.outcome === 'conditional' ? ` when ${decision.text}` : '';
  const sentence = `${subject} ${verb} role ${nameOf(role)}${when}`;
  return { from: from.ref.id, edge: federated ? 'FEDERATES' : 'CAN_ASSUME', to: role.id, decision, sentence };
}

/** Where a search begins, with how good the answer there is. */
export interface Start {
  readonly id: string;
  readonly rank: Rank;
}

/**
 * From the starts over hops to everything that is reached, with the hops in the order they were taken. The best certainty
 * comes first, then the fewest hops. Cycles end by themselves: nothing is visited twice.
 */
export function search(
  starts: readonly Start[],
  hopsAt: (id: string) => readonly Hop[],
  otherEnd: (hop: Hop) => string,
): ReadonlyMap<string, readonly Hop[]> {
  const found = new Map<string, readonly Hop[]>();
  for (const rank of ranks) {
    const seen = new Map<string, readonly Hop[]>();
    for (const start of starts) if (start.rank <= rank) seen.set(start.id, []);
    // A Map yields what is added while it is walked, so it is its own queue.
    for (const [id, path] of seen) {
      for (const hop of hopsAt(id)) {
        const next = otherEnd(hop);
        const hopRank = rankOf(hop.decision);
        if (hopRank === undefined || hopRank > rank || seen.has(next)) continue;
        seen.set(next, [...path, hop]);
      }
    }
    for (const [id, path] of seen) if (!found.has(id)) found.set(id, path);
  }
  return found;
}

/** The decisions that stand on a path. */
export function decisionsOf(path: readonly Hop[]): readonly Decision[] {
  return path.flatMap((hop) => hop.decision ?? []);
}
