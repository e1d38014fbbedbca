import type { Residual } from '@ag/model';
import { all, always, any, keyOf, never, not } from './build.ts';

/** A residual by its number in a table. */
export type ResidualId = number;

export const neverId: ResidualId = 0;
export const alwaysId: ResidualId = 1;

// Pairs of numbers are keys of one map: more residuals than this no organization has.
const most = 2 ** 26;

/**
 * Residuals by number, each distinct one once, so that combining two that were combined before is one look-up. What is
 * decided (0 and 1) never touches a map.
 */
export class ResidualTable {
  private readonly residuals: Residual[] = [never, always];
  private readonly ids = new Map<string, ResidualId>([
    [keyOf(never), neverId],
    [keyOf(always), alwaysId],
  ]);
  private readonly conjunctions = new Map<number, ResidualId>();
  private readonly disjunctions = new Map<number, ResidualId>();
  private readonly negations = new Map<ResidualId, ResidualId>();

  /** The number of a residual. */
  idOf(residual: Residual): ResidualId {
    if (residual.is === 'false') return neverId;
    if (residual.is === 'true') return alwaysId;
    const key = keyOf(residual);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.residuals.length;
    if (id >= most) throw new RangeError(`more than ${most} residuals`);
    this.residuals.push(residual);
    this.ids.set(key, id);
    return id;
  }

  /** The residual of a number. */
  get(id: ResidualId): Residual {
    const residual = this.residuals[id];
    if (!residual) throw new RangeError(`there is no residual ${id}`);
    return residual;
  }

  and(one: ResidualId, other: ResidualId): ResidualId {
    if (one === neverId || other === neverId) return neverId;
    if (one === alwaysId || one === other) return other;
    if (other === alwaysId) return one;
    return this.remember(this.conjunctions, one, other, all);
  }

  or(one: ResidualId, other: ResidualId): ResidualId {
    if (one === alwaysId || other === alwaysId) return alwaysId;
    if (one === neverId || one === other) return other;
    if (other === neverId) return one;
    return this.remember(this.disjunctions, one, other, any);
  }

  not(id: ResidualId): ResidualId {
    if (id <= alwaysId) return alwaysId - id;
    const known = this.negations.get(id);
    if (known !== undefined) return known;
    const negated = this.idOf(not(this.get(id)));
    this.negations.set(id, negated);
    return negated;
  }

  private remember(
    known: Map<number, ResidualId>,
    one: ResidualId,
    other: ResidualId,
    join: (parts: readonly Residual[]) => Residual,
  ): ResidualId {
    const key = one < other ? one * most + other : other * most + one;
    const held = known.get(key);
    if (held !== undefined) return held;
    const id = this.idOf(join([this.get(one), this.get(other)]));
    known.set(key, id);
    return id;
  }
}
