import { remember } from '../match/remember.ts';
import { type Asked, matchStatement, toGuard } from '../layers/match-statement.ts';
import { type Prepared, isAbout } from '../layers/prepare.ts';

/** Whether any of the statements applies to a request; `undefined` where that hangs on what is open. */
export type AnyApplies = (asked: Asked) => boolean | undefined;

const never: AnyApplies = () => false;
// Questions come about a few actions at a time.
const mostActions = 256;

/**
 * Statements by the actions and the beginnings of the resources that they are about, so that a request meets only those that
 * may be about it.
 */
export function indexStatements(statements: readonly Prepared[]): AnyApplies {
  if (statements.length === 0) return never;
  const byAction = remember(
    (actionName) => indexResources(statements.filter((of) => isAbout(of, actionName))),
    mostActions,
  );
  return (asked) => byAction(asked.actionName)(asked);
}

/** By the fixed beginning of the last part of their ARNs: `b/` of `arn:aws:s3:::b/*`. */
function indexResources(statements: readonly Prepared[]): AnyApplies {
  if (statements.length === 0) return never;
  const others: Prepared[] = [];
  const byLength = new Map<number, Map<string, Prepared[]>>();
  for (const of of statements) {
    const beginnings = beginningsOf(of);
    if (!beginnings) {
      others.push(of);
      continue;
    }
    for (const beginning of beginnings) {
      const group = byLength.get(beginning.length) ?? new Map<string, Prepared[]>();
      group.set(beginning, [...(group.get(beginning) ?? []), of]);
      byLength.set(beginning.length, group);
    }
  }
  // What needs no condition is looked at first: it may decide at once.
  others.sort((a, b) => a.statement.conditions.length - b.statement.conditions.length);
  const groups = [...byLength];
  return (asked) => {
    const found = anyOf(others, asked);
    if (found !== false || groups.length === 0) return found;
    const last = asked.arnText.parts?.last;
    // What is no ARN is compared as a whole, which beginnings of last parts do not tell.
    if (last === undefined || asked.wildcardOnly) return anyOf(statements, asked);
    let isOpen = false;
    for (const [length, group] of groups) {
      if (length > last.length) continue;
      const candidates = group.get(last.slice(0, length));
      const applies = candidates && anyOf(candidates, asked);
      if (applies === true) return true;
      if (applies === undefined && candidates) isOpen = true;
    }
    return isOpen ? undefined : false;
  };
}

/**
 * With what the last part of the name of a resource begins that a statement may name; `undefined` where some may begin with
 * anything.
 */
export function beginningsOf({ statement, resources }: Prepared): readonly string[] | undefined {
  if (!statement.resources) return undefined;
  const beginnings = new Set<string>();
  for (const { pattern } of resources) {
    const last = pattern?.parts?.last;
    if (!last || last.hasMark || last.first === '') return undefined;
    beginnings.add(last.first);
  }
  return [...beginnings];
}

function anyOf(statements: readonly Prepared[], asked: Asked): boolean | undefined {
  let isOpen = false;
  for (const of of statements) {
    const guard = toGuard(matchStatement(of, true, asked));
    if (guard.is === 'true') return true;
    if (guard.is !== 'false') isOpen = true;
  }
  return isOpen ? undefined : false;
}
