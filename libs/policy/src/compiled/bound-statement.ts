import { conditionToResidual, conditionsToResidual } from '../condition/to-residual.ts';
import type { Known } from '../condition/known.ts';
import { keySource } from '../context/key-source.ts';
import { type AskedResource, matchResources, matchStatement, toGuard } from '../layers/match-statement.ts';
import type { Prepared } from '../layers/prepare.ts';
import { all, never } from '../residual/build.ts';
import { type ResidualId, type ResidualTable, neverId } from '../residual/residual-table.ts';
import { type StatementNeeds, keysOfCondition, needsOf } from './statement-needs.ts';

/** Under which residuals a statement applies, and could apply if anybody knew what it means (CL6). */
export interface StatementGuard {
  readonly guard: ResidualId;
  readonly doubt: ResidualId;
}

const nothing: StatementGuard = { guard: neverId, doubt: neverId };

/** A resource as bound statements look at it. */
export interface BoundResource extends Omit<AskedResource, 'known'> {
  /** The states of some keys that the resource fixes, as one text. */
  statesOf(keys: readonly string[]): string;
}

/**
 * What a statement makes of one principal, as a text: two principals of one account and kind for which it is the same are
 * treated alike by the statement, on every resource. `T` stands for a condition that the principal meets; `undefined`, for a
 * statement that never applies to it.
 */
export function bindingOf(prepared: Prepared, known: Known): string | undefined {
  const { statement, version } = prepared;
  const needs = needsOf(prepared);
  if (needs.principal.length === 0) return '';
  const parts: string[] = [];
  for (const condition of statement.conditions) {
    const keys = keysOfCondition(condition, version);
    const own = keys.filter((key) => keySource(key) === 'principal');
    if (own.length === 0) continue;
    const others = keys.some((key) => ['resource', 'open'].includes(keySource(key)));
    const residual = others ? undefined : conditionToResidual(condition, version, known);
    if (residual?.is === 'false' && condition.operator !== 'Unknown') return undefined;
    parts.push(residual?.is === 'true' ? 'T' : statesOf(own, known));
  }
  if (needs.hasVariables) parts.push(statesOf(needs.principal, known));
  return parts.join('|');
}

function statesOf(keys: readonly string[], known: Known): string {
  return JSON.stringify(keys.map((key) => known.of(key)));
}

/** A statement as it applies to principals of one account, kind and binding; only the resource is still open. */
export class BoundStatement<Resource extends BoundResource = BoundResource> {
  readonly isAllow: boolean;
  /** The guard on every resource, where it is the same on all. */
  readonly everywhere: StatementGuard | undefined;
  private readonly needs: StatementNeeds;
  private readonly prepared: Prepared;
  private readonly table: ResidualTable;
  private readonly knownFor: (resource?: Resource) => Known;
  private readonly byStates = new Map<string, StatementGuard>();
  private condition: StatementGuard | undefined;
  private withoutResource: StatementGuard | undefined;

  /** `knownFor` tells what is known of a request of one of these principals, for a resource or for none. */
  constructor(prepared: Prepared, table: ResidualTable, knownFor: (resource?: Resource) => Known) {
    this.prepared = prepared;
    this.table = table;
    this.knownFor = knownFor;
    this.isAllow = prepared.statement.effect === 'Allow';
    this.needs = needsOf(prepared);
    const isFixed = prepared.isMisplaced || (this.needs.isWide && this.needs.resource.length === 0);
    this.everywhere = isFixed ? this.conditionGuard() : undefined;
  }

  /** Under which residuals it applies to a resource, for one of these principals. */
  guardFor(resource: Resource): StatementGuard {
    if (resource.wildcardOnly) return (this.withoutResource ??= this.evaluate(resource));
    if (this.everywhere) return this.everywhere;
    const { needs, prepared } = this;
    if (needs.resource.length > 0) return this.byState(resource);
    if (needs.hasVariables) return this.join(matchResources(prepared, { ...resource, known: this.knownFor() }));
    return this.join(matchResources(prepared, { ...resource, known: unasked }));
  }

  private join(matched: ReturnType<typeof matchResources>): StatementGuard {
    if (matched.is === 'false') return nothing;
    const { guard, doubt } = this.conditionGuard();
    const fits = this.table.idOf(matched);
    return { guard: this.table.and(fits, guard), doubt: this.table.and(fits, doubt) };
  }

  // What the statement says of two resources is the same where it names both and they fix its keys alike.
  private byState(resource: Resource): StatementGuard {
    const { needs, prepared } = this;
    if (needs.hasVariables) return this.evaluate(resource);
    const matched = matchResources(prepared, { ...resource, known: unasked });
    if (matched.is === 'false') return nothing;
    const states = resource.statesOf(needs.resource);
    const held = this.byStates.get(states) ?? this.evaluate(resource);
    this.byStates.set(states, held);
    return held;
  }

  private evaluate(resource: Resource): StatementGuard {
    if (this.prepared.isMisplaced) return nothing;
    const match = matchStatement(this.prepared, true, { ...resource, known: this.knownFor(resource) });
    const readable = match.readable && !this.isAllow ? all([match.resource, match.readable]) : never;
    return { guard: this.table.idOf(toGuard(match)), doubt: this.table.idOf(readable) };
  }

  /** What its conditions leave open, whatever the resource. */
  private conditionGuard(): StatementGuard {
    if (this.condition) return this.condition;
    const { conditions } = this.prepared.statement;
    const { version, hasJunk, isMisplaced } = this.prepared;
    if (isMisplaced || hasJunk) return (this.condition = nothing);
    const known = conditions.length > 0 ? this.knownFor() : unasked;
    const readable = conditions.filter(({ operator }) => operator !== 'Unknown');
    const isDoubtful = readable.length < conditions.length && !this.isAllow;
    this.condition = {
      guard: this.table.idOf(conditionsToResidual(conditions, version, known)),
      doubt: isDoubtful ? this.table.idOf(conditionsToResidual(readable, version, known)) : neverId,
    };
    return this.condition;
  }
}

const unasked: Known = {
  of: (key) => {
    throw new Error(`nothing is known of \`${key}\` here`);
  },
  namesUnder: () => [],
};
