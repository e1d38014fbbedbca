import { neverId } from '@ag/policy';
import type { CompiledTarget } from './compiled-target.ts';
import type { PrincipalGroup } from './principal-group.ts';
import type { PrincipalStatement } from './service-index.ts';

/** Which groups have statements that name some resources only, by the names. */
export interface SpecificStatements {
  /** The groups of which some such statement names a resource. */
  touchedBy(target: CompiledTarget): ReadonlySet<PrincipalGroup>;
}

/**
 * Statements by the fixed beginning of what they name (`b/` of `arn:aws:s3:::b/*`), so that a resource meets only those that
 * may name it, however many others there are.
 */
export function specificStatements(groups: readonly PrincipalGroup[]): SpecificStatements {
  const holders = new Map<PrincipalStatement, PrincipalGroup[]>();
  for (const group of groups) for (const statement of group.specific) addTo(holders, statement, group);
  const others: PrincipalStatement[] = [];
  const byLength = new Map<number, Map<string, PrincipalStatement[]>>();
  for (const statement of holders.keys()) {
    const { beginnings } = statement;
    if (!beginnings) others.push(statement);
    for (const beginning of beginnings ?? []) {
      const ofLength = byLength.get(beginning.length) ?? new Map<string, PrincipalStatement[]>();
      byLength.set(beginning.length, ofLength);
      addTo(ofLength, beginning, statement);
    }
  }
  return { touchedBy };

  function touchedBy(target: CompiledTarget): ReadonlySet<PrincipalGroup> {
    const touched = new Set<PrincipalGroup>();
    for (const statement of candidates(target)) {
      const { guard, doubt } = statement.guardFor(target);
      if (guard === neverId && doubt === neverId) continue;
      for (const group of holders.get(statement) ?? []) touched.add(group);
    }
    return touched;
  }

  function candidates(target: CompiledTarget): Iterable<PrincipalStatement> {
    const last = target.arnText.parts?.last;
    // What is no ARN is compared as a whole, of which beginnings of last parts tell nothing.
    if (last === undefined) return holders.keys();
    const found = new Set(others);
    for (const [length, ofLength] of byLength) {
      if (length > last.length) continue;
      for (const statement of ofLength.get(last.slice(0, length)) ?? []) found.add(statement);
    }
    return found;
  }
}

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
