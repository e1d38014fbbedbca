import {
  BoundStatement,
  type Known,
  type OutcomeTable,
  type Policy,
  type Prepared,
  bindingOf,
  isAbout,
  needsOf,
  prepare,
} from '@ag/policy';
import type { CatalogueAction } from '../catalogue.ts';
import type { Inventory } from '../inventory.ts';
import { remember } from '../inventory.ts';
import type { CompiledTarget } from './compiled-target.ts';
import { knownOf } from './known-of.ts';
import type { PrincipalTable } from './principal-table.ts';

/** A statement as it applies to some principals. */
export type PrincipalStatement = BoundStatement<CompiledTarget>;

/** Everything that questions about one service's actions share: which statements are about which action, and statements as bound to principals. */
export interface ServiceIndex {
  readonly service: string;
  /** Statements of a policy that are about an action. */
  about(policy: Policy, action: CatalogueAction): readonly Prepared[];
  /**
   * A statement as it applies to a principal, and to all others for whom it is the same; `undefined` where it never applies.
   * For actions without a resource, the caller's account takes the resource's place.
   */
  bind(statement: Prepared, principal: number, wildcardOnly: boolean): PrincipalStatement | undefined;
  /** What a statement makes of a principal, as a text; `undefined` where it never applies. */
  binding(statement: Prepared, principal: number): string | undefined;
}

export function serviceIndex(
  inventory: Inventory,
  principals: PrincipalTable,
  outcomes: OutcomeTable,
  service: string,
): ServiceIndex {
  const actions = new Map(inventory.catalogue.actionsOf(service).map((action, index) => [action.name, index]));
  const abouts = new Map<string, Uint8Array>();
  const ofStatement = remember((statement: Prepared) => aboutOf(statement));
  const ofPolicy = new Map<Policy, Map<string, readonly Prepared[]>>();
  const bindings = new Map<Prepared, Map<number, string | undefined>>();
  const bound = new Map<string, PrincipalStatement>();
  const numbers = new Map<Prepared, number>();

  return { service, about, bind, binding };

  function about(policy: Policy, action: CatalogueAction): readonly Prepared[] {
    const known = ofPolicy.get(policy) ?? new Map<string, readonly Prepared[]>();
    ofPolicy.set(policy, known);
    const held = known.get(action.name);
    if (held) return held;
    const at = actions.get(action.name) ?? -1;
    const found = prepare(policy).statements.filter((statement) => ofStatement(statement)[at] === 1);
    const list = found.length > 0 ? found : nothing;
    known.set(action.name, list);
    return list;
  }

  /** For each action of the service, whether a statement is about it; equal lists of patterns are compared once. */
  function aboutOf(statement: Prepared): Uint8Array {
    const { actions: named, notActions } = statement.statement;
    const key = JSON.stringify([named, notActions]);
    const known = abouts.get(key);
    if (known) return known;
    const found = new Uint8Array(actions.size);
    const near = withoutOtherServices(statement, service);
    // A statement that names other services' actions only says nothing here.
    if (near.actions.length > 0 || !named) {
      for (const [name, index] of actions) if (isAbout(near, name.toLowerCase())) found[index] = 1;
    }
    abouts.set(key, found);
    return found;
  }

  function binding(statement: Prepared, principal: number): string | undefined {
    if (needsOf(statement).principal.length === 0) return '';
    const known = bindings.get(statement) ?? new Map<number, string | undefined>();
    bindings.set(statement, known);
    if (known.has(principal)) return known.get(principal);
    const found = bindingOf(statement, knownFor(principal)());
    known.set(principal, found);
    return found;
  }

  function bind(statement: Prepared, principal: number, wildcardOnly: boolean): PrincipalStatement | undefined {
    const text = binding(statement, principal);
    if (text === undefined) return undefined;
    const number = numbers.get(statement) ?? numbers.size;
    numbers.set(statement, number);
    const { stance, resource } = needsOf(statement);
    const where = stance || (wildcardOnly && resource.length > 0) ? principals.stance(principal).id : '';
    const key = `${number} ${where} ${text}`;
    const held = bound.get(key);
    if (held) return held;
    const made = new BoundStatement(statement, outcomes.residuals, knownFor(principal));
    bound.set(key, made);
    return made;
  }

  function knownFor(principal: number): (resource?: CompiledTarget) => Known {
    return (resource) => knownOf(principals.record(principal), service, resource?.target);
  }
}

const nothing: readonly Prepared[] = [];

/** The statement with those of its action patterns only that may name actions of a service. */
function withoutOtherServices(statement: Prepared, service: string): Prepared {
  const prefix = `${service}:`;
  const actions = statement.actions.filter(({ first, hasStar, hasMark }) => {
    if (hasMark) return true;
    const colon = first.indexOf(':');
    if (colon >= 0) return first.startsWith(prefix);
    return hasStar && prefix.startsWith(first);
  });
  return { ...statement, actions };
}
