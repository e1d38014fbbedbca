import type { Outcome } from '@ag/model';
import { OutcomeTable } from '@ag/policy';
import { extrasFor } from '../candidates.ts';
import type { CatalogueAction } from '../catalogue.ts';
import type { Inventory } from '../inventory.ts';
import { remember } from '../inventory.ts';
import type { PrincipalRecord } from '../principals.ts';
import type { Target } from '../target.ts';
import { refusal } from '../to-question.ts';
import { type AccessSet, type Certainty, type SharedPart, accessSet, isAccess } from './access-set.ts';
import { type ActionIndex, actionIndex } from './action-index.ts';
import { CompiledTarget } from './compiled-target.ts';
import { type OpenTo, openTo } from './open-to.ts';
import { type PrincipalGroup, type PrincipalReading, PrincipalReadings } from './principal-group.ts';
import { type PrincipalTable, principalTable } from './principal-table.ts';
import { type ResourceSide, resourceSides } from './resource-sides.ts';
import { type ResourceReading, decideOutcome } from './resource-verdicts.ts';
import { serviceIndex } from './service-index.ts';
import { SharedSet } from './shared-set.ts';

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
  const resourceActions = remember((action: CatalogueAction) => toActionIndex(action, false));
  const plainActions = remember((action: CatalogueAction) => toActionIndex(action, true));
  const shares = new Map<ActionIndex, Map<number, SharedSet>>();
  let nextShared = 0;
  const decided = new Map<number, Outcome>();
  return { principals, outcomeOf, whoCan };

  function toActionIndex(action: CatalogueAction, wildcardOnly: boolean): ActionIndex {
    const service = serviceOf(action.service);
    return actionIndex({ principals, outcomes, readings, service, action, wildcardOnly });
  }

  function actionOf(action: CatalogueAction, wildcardOnly: boolean): ActionIndex {
    return wildcardOnly ? plainActions(action) : resourceActions(action);
  }

  function outcomeOf(record: PrincipalRecord, target: Target): Outcome {
    if (refusal(record, target) !== undefined) return 'implicitlyDenied';
    const compiled = new CompiledTarget(target);
    const principal = principals.numberOf(record);
    const group = actionOf(target.action, compiled.wildcardOnly).groupOf(principal);
    const side = sides.of(compiled, serviceOf(target.action.service));
    return decide(group, compiled, side.readFor(principal, group.stance));
  }

  function whoCan(target: Target): AccessSet {
    const compiled = new CompiledTarget(target);
    const action = actionOf(target.action, compiled.wildcardOnly);
    const own = new Map<number, Certainty>();
    if (target.record?.missingSince !== undefined) return accessSet(own, undefined, action.groupOf);
    const side = sides.of(compiled, serviceOf(target.action.service));
    const open = openTo(inventory, target, side.allows);
    const shared = open === 'all' && !side.isPersonal ? sharedPart(action, compiled, side) : undefined;
    for (const account of accountsOf(open, shared, side)) {
      for (const group of action.groupsOf(account)) addGroup(own, group, compiled, side);
    }
    if (shared) addExcepted(own, action, shared, compiled, side);
    for (const record of extrasFor(inventory, target)) {
      const principal = principals.numberOf(record);
      add(own, principal, decideOne(action, principal, compiled, side));
    }
    return accessSet(own, shared, action.groupOf);
  }

  /** The accounts whose principals are asked one by one. */
  function accountsOf(open: OpenTo, shared: SharedPart | undefined, { owner }: ResourceSide): Iterable<string> {
    if (open !== 'all') return open;
    if (!shared) return principals.accounts;
    return owner === undefined ? [] : [owner];
  }

  /** Whom the resource lets in as others of its kind do. */
  function sharedPart(action: ActionIndex, target: CompiledTarget, side: ResourceSide): SharedPart {
    const touched = target.wildcardOnly ? new Set<PrincipalGroup>() : action.touchedBy(target);
    const known = shares.get(action) ?? new Map<number, SharedSet>();
    shares.set(action, known);
    const set = known.get(side.key) ?? new SharedSet(nextShared++);
    known.set(side.key, set);
    for (const account of set.missing(principals.accounts, side.owner)) {
      set.fill(account, findShared(account, action, target, side));
    }
    return { set, except: { account: side.owner, groups: touched, principals: side.named } };
  }

  /** An account's groups that have access where no statement of theirs names the resource, nor the resource them. */
  function* findShared(
    account: string,
    action: ActionIndex,
    target: CompiledTarget,
    side: ResourceSide,
  ): Generator<readonly [PrincipalGroup, Certainty]> {
    for (const group of action.groupsOf(account)) {
      const member = group.members.find((one) => !side.named.has(one));
      if (member === undefined) continue;
      const outcome = decide(group, target, side.readFor(member, group.stance), group.untouchedBy(target));
      if (isAccess(outcome)) yield [group, outcome];
    }
  }

  function addExcepted(
    own: Map<number, Certainty>,
    action: ActionIndex,
    { except }: SharedPart,
    target: CompiledTarget,
    side: ResourceSide,
  ): void {
    for (const group of except.groups) {
      if (group.stance.account !== except.account) addGroup(own, group, target, side);
    }
    for (const principal of except.principals) {
      if (principals.stance(principal).account !== except.account)
        add(own, principal, decideOne(action, principal, target, side));
    }
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

  function decide(
    group: PrincipalGroup,
    target: CompiledTarget,
    resource: ResourceReading,
    own: PrincipalReading = group.read(target),
  ): Outcome {
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
