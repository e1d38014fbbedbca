import type { Policy } from '@ag/policy';
import type { Inventory } from '../inventory.ts';
import type { PrincipalRecord } from '../principals.ts';

/** What principals share before anything of their own counts: their account, their kind, and what AWS makes of such a one. */
export interface Stance {
  readonly id: number;
  /** `''` for services, identity providers and anyone. */
  readonly account: string;
  readonly kind: PrincipalRecord['principal']['kind'];
  readonly external: PrincipalRecord['external'];
  readonly serviceLinked: boolean;
}

/** The policies of a principal, and which of its layers nobody could read. */
export interface Holding {
  readonly id: number;
  readonly identity: readonly Policy[];
  readonly boundary: readonly Policy[] | undefined;
  readonly unread: PrincipalRecord['unread'];
}

/** Principals by number: first the collected ones, by id; then whoever else a resource lets in, as they are met. */
export interface PrincipalTable {
  /** How many are collected and there. */
  readonly collected: number;
  record(principal: number): PrincipalRecord;
  stance(principal: number): Stance;
  holding(principal: number): Holding;
  /** The number of a record; of one that was not collected a new number where it has none yet. */
  numberOf(record: PrincipalRecord): number;
  /** The collected principals of an account, by id. */
  membersOf(account: string): readonly number[];
  readonly accounts: readonly string[];
  /** The collected principals that a name in a policy means: an ARN, a unique id, or the ARN of a role's session. */
  named(name: string): readonly number[];
}

/** Numbers the principals of an inventory; those that are no longer there are granted nothing and have no number. */
export function principalTable(inventory: Inventory): PrincipalTable {
  const records: PrincipalRecord[] = [];
  const numbers = new Map<string, number>();
  const stances: Stance[] = [];
  const holdings: Holding[] = [];
  const toStance = stanceTable();
  const toHolding = holdingTable();
  const byAccount = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  for (const record of inventory.principals.values()) {
    if (record.missingSince !== undefined) continue;
    const number = add(record);
    addTo(byAccount, accountOf(record), number);
    for (const name of namesOf(record)) addTo(byName, name, number);
  }
  const collected = records.length;
  const accounts = [...byAccount.keys()];
  return {
    collected,
    accounts,
    record: (principal) => at(records, principal),
    stance: (principal) => at(stances, principal),
    holding: (principal) => at(holdings, principal),
    numberOf: (record) => numbers.get(keyOf(record)) ?? add(record),
    membersOf: (account) => byAccount.get(account) ?? none,
    named: (name) => byName.get(withoutSession(name)) ?? none,
  };

  function add(record: PrincipalRecord): number {
    const number = records.length;
    records.push(record);
    stances.push(toStance(record));
    holdings.push(toHolding(record));
    numbers.set(keyOf(record), number);
    return number;
  }
}

const none: readonly number[] = [];

// A person's session of a role has the role's id and a name of its own.
function keyOf({ ref, principal, external }: PrincipalRecord): string {
  return principal.kind === 'session' ? `${ref.id} ${principal.arn}` : `${ref.id} ${external ?? ''}`;
}

function accountOf({ account, ref }: PrincipalRecord): string {
  return account?.id ?? ref.account ?? '';
}

/** Whom `named` finds: the ARN and unique id; of a role also the beginning of its sessions' ARNs. */
function namesOf({ principal, facts }: PrincipalRecord): readonly string[] {
  if (!('arn' in principal)) return [];
  const { arn, kind } = principal;
  const sessions = kind === 'role' ? [arn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?/, ':assumed-role/')] : [];
  return [arn, ...sessions, ...(facts.uniqueId === undefined ? [] : [facts.uniqueId])];
}

function withoutSession(name: string): string {
  return name.includes(':assumed-role/') ? name.replace(/^([^/]*\/[^/]+)\/.*$/, '$1') : name;
}

function stanceTable(): (record: PrincipalRecord) => Stance {
  const known = new Map<string, Stance>();
  return (record) => {
    const { principal, boundary, serviceLinked, external, facts, unread } = record;
    const account = accountOf(record);
    const isBounded = boundary !== undefined;
    const key = [
      account,
      principal.kind,
      serviceLinked,
      external,
      facts.identityCenter,
      isBounded,
      unread.some(({ layer }) => layer === 'boundary'),
    ].join(' ');
    const held = known.get(key);
    if (held) return held;
    const stance: Stance = { id: known.size, account, kind: principal.kind, external, serviceLinked };
    known.set(key, stance);
    return stance;
  };
}

function holdingTable(): (record: PrincipalRecord) => Holding {
  const known = new Map<string, Holding>();
  const numbers = new Map<Policy, number>();
  const numberOf = (policy: Policy): number => {
    const held = numbers.get(policy) ?? numbers.size;
    numbers.set(policy, held);
    return held;
  };
  return ({ identity, boundary, unread }) => {
    const layers = unread.map(({ layer }) => layer).join(',');
    const key = `${identity.map(numberOf).join(',')} ${boundary?.map(numberOf).join(',') ?? '-'} ${layers}`;
    const held = known.get(key);
    if (held) return held;
    const holding: Holding = { id: known.size, identity, boundary, unread };
    known.set(key, holding);
    return holding;
  };
}

function addTo<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no principal ${index}`);
  return item;
}
