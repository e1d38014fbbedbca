import type { Outcome } from '@ag/model';
import { OutcomeTable } from '@ag/policy';
import { extrasFor } from '../candidates.ts';
import type { CatalogueAction } from '../catalogue.ts';
import type { Inventory } from '../inventory.ts';
import { remember } from '../inventory.ts';
import type { PrincipalRecord } from '../principals.ts';
import type { Target } from '../target.ts';
import { refusal } from '../to-question.ts';
import { type AccessCounts, type AccessSet, type Certainty, isAccess } from './access-set.ts';
import { type ActionIndex, actionIndex } from './action-index.ts';
import { CompiledTarget } from './compiled-target.ts';
import { openTo } from './open-to.ts';
import { type PrincipalGroup, PrincipalReadings } from './principal-group.ts';
import { type PrincipalTable, principalTable } from './principal-table.ts';
import { type ResourceSide, resourceSides } from './resource-sides.ts';
import { type ResourceReading, decideOutcome } from './resource-verdicts.ts';
import { serviceIndex } from './service-index.ts';

/** The same outcomes as the reference's, for sets of principals. */
export interface CompiledAccess {
  readonly principals: PrincipalTable;
  /** The outcome for one principal: that of `decideFor`. */
  outcomeOf(principal: PrincipalRecord, target: Target): Outcome;
  /** Everyone who can: whom `decideFor` does not deny of all candidates. */
  whoCan(target: Target): AccessSet;
}

/** Prepares an inventory; what a question needs is compiled when it is first asked, and kept. */
export function compileAccess(inventory: Inventory): CompiledAccess {
  const principals = principalTable(inventory);
  const outcomes = new OutcomeTable();
  const readings = new PrincipalReadings();
  const sides = resourceSides(inventory, principals, outcomes);
  const serviceOf = remember((service: string) => serviceIndex(inventory, principals, outcomes, service));
  const actionOf = remember((action: CatalogueAction): ActionIndex =>
    actionIndex({ principals, outcomes, readings, service: serviceOf(action.service), action }),
  );
  const decided = new Map<number, Outcome>();
  return { principals, outcomeOf, whoCan };

  function outcomeOf(record: PrincipalRecord, target: Target): Outcome {
    if (refusal(record, target) !== undefined) return 'implicitlyDenied';
    const compiled = new CompiledTarget(target);
    const principal = principals.numberOf(record);
    const group = actionOf(target.action).groupOf(principal);
    const side = sides.of(compiled, serviceOf(target.action.service));
    return decide(group, compiled, side.readFor(principal, group.stance));
  }

  function whoCan(target: Target): AccessSet {
    const found = new Map<number, Certainty>();
    if (target.record?.missingSince !== undefined) return toSet(found);
    const compiled = new CompiledTarget(target);
    const service = serviceOf(target.action.service);
    const action = actionOf(target.action);
    const side = sides.of(compiled, service);
    const open = openTo(inventory, target, side.allows);
    for (const account of open === 'all' ? principals.accounts : open) {
      for (const group of action.groupsOf(account)) addGroup(found, group, compiled, side);
    }
    for (const record of extrasFor(inventory, target)) {
      const principal = principals.numberOf(record);
      add(found, principal, decideOne(action, principal, compiled, side));
    }
    return toSet(found);
  }

  function addGroup(
    found: Map<number, Certainty>,
    group: PrincipalGroup,
    target: CompiledTarget,
    side: ResourceSide,
  ): void {
    const { members, stance } = group;
    if (side.isPersonal) {
      for (const member of members) add(found, member, decide(group, target, side.readFor(member, stance)));
      return;
    }
    let common: Outcome | undefined;
    for (const member of members) {
      if (side.named.has(member)) {
        add(found, member, decide(group, target, side.readFor(member, stance)));
        continue;
      }
      common ??= decide(group, target, side.readFor(member, stance));
      if (!isAccess(common) && side.named.size === 0) return;
      add(found, member, common);
    }
  }

  function decideOne(action: ActionIndex, principal: number, target: CompiledTarget, side: ResourceSide): Outcome {
    const group = action.groupOf(principal);
    return decide(group, target, side.readFor(principal, group.stance));
  }

  function decide(group: PrincipalGroup, target: CompiledTarget, resource: ResourceReading): Outcome {
    const own = group.read(target);
    const key = own.id * mostReadings + resource.id;
    const held = decided.get(key);
    if (held !== undefined) return held;
    const outcome = decideOutcome(outcomes, own, resource);
    decided.set(key, outcome);
    return outcome;
  }
}

const mostReadings = 2 ** 26;

function add(found: Map<number, Certainty>, principal: number, outcome: Outcome): void {
  if (isAccess(outcome)) found.set(principal, outcome);
}

function toSet(found: ReadonlyMap<number, Certainty>): AccessSet {
  const counts = { allowed: 0, conditional: 0, unknown: 0 };
  for (const certainty of found.values()) counts[certainty]++;
  return {
    counts: counts satisfies AccessCounts,
    of: (principal) => found.get(principal),
    [Symbol.iterator]: () => found.entries(),
  };
}
