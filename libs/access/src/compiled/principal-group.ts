import type { Layer } from '@ag/model';
import { type OutcomeTable, type PrincipalIds, type Reading, alwaysId, neverId } from '@ag/policy';
import type { CompiledLayer, LayerIds } from './compiled-layer.ts';
import type { CompiledTarget } from './compiled-target.ts';
import type { Stance } from './principal-table.ts';

/** A caller's side with the number by which answers about it are remembered. */
export interface PrincipalReading extends Reading<PrincipalIds> {
  readonly id: number;
}

/** Remembers callers' sides, each distinct one once. */
export class PrincipalReadings {
  private readonly known = new Map<string, PrincipalReading>();

  intern(best: PrincipalIds, worst: Reading<PrincipalIds>['worst'] = []): PrincipalReading {
    const key = [keyOf(best), ...worst.map(({ layer, ids }) => `${layer} ${keyOf(ids)}`)].join('|');
    const held = this.known.get(key);
    if (held) return held;
    const reading = { best, worst, id: this.known.size };
    this.known.set(key, reading);
    return reading;
  }
}

function keyOf({ identity, limits, gate, deny, doubt }: PrincipalIds): string {
  return `${identity},${limits},${gate},${deny},${doubt}`;
}

/** The layers of some principals that are about one action. */
export interface GroupLayers {
  /** `false` for callers without policies of their own: services, identity providers' users, anyone (RQ7, RQ8, ST3). */
  readonly hasIdentity: boolean;
  readonly identity: CompiledLayer;
  readonly boundary: CompiledLayer | undefined;
  /** Of each level, root first; `undefined` where SCPs have no say. */
  readonly scp: readonly CompiledLayer[] | undefined;
  readonly isRoot: boolean;
  /** Of the layers that have a say, those that nobody could read. */
  readonly unread: readonly Layer[];
}

/** Principals of one account and kind whose own side of a decision is the same for an action, on every resource. */
export class PrincipalGroup {
  readonly stance: Stance;
  readonly members: number[] = [];
  private readonly layers: GroupLayers;
  private readonly table: OutcomeTable['residuals'];
  private readonly readings: PrincipalReadings;
  private constant: PrincipalReading | undefined;
  private withoutResource: PrincipalReading | undefined;

  constructor(stance: Stance, layers: GroupLayers, table: OutcomeTable['residuals'], readings: PrincipalReadings) {
    this.stance = stance;
    this.layers = layers;
    this.table = table;
    this.readings = readings;
  }

  /** Whether the side is the same on all resources. */
  get isConstant(): boolean {
    const { identity, boundary, scp } = this.layers;
    return identity.isConstant && (boundary?.isConstant ?? true) && (scp ?? []).every((level) => level.isConstant);
  }

  /** The side of the group's principals. */
  read(target: CompiledTarget): PrincipalReading {
    if (target.wildcardOnly) return (this.withoutResource ??= this.judge(target));
    if (this.constant) return this.constant;
    const reading = this.judge(target);
    if (this.isConstant) this.constant = reading;
    return reading;
  }

  private judge(target: CompiledTarget): PrincipalReading {
    const { hasIdentity, identity, boundary, scp, unread } = this.layers;
    if (!hasIdentity) return this.readings.intern(outside);
    const judged = {
      identity: identity.judge(target),
      boundary: boundary?.judge(target),
      scp: scp?.map((level) => level.judge(target)),
    };
    if (unread.length === 0) return this.readings.intern(this.sum(judged));
    const worst = unread.map((layer) => ({ layer, ids: this.sum(judged, layer) }));
    return this.readings.intern(this.sum(judged), worst);
  }

  /** Puts the layers together, each that nobody read at its best, but for one at its worst. */
  private sum(
    judged: {
      readonly identity: LayerIds;
      readonly boundary: LayerIds | undefined;
      readonly scp: readonly LayerIds[] | undefined;
    },
    worst?: Layer,
  ): PrincipalIds {
    const { table } = this;
    const { unread, isRoot } = this.layers;
    const take = (layer: Layer, ids: LayerIds): LayerIds => {
      if (!unread.includes(layer)) return ids;
      return layer === worst ? { ...ids, deny: alwaysId } : { ...ids, allow: alwaysId };
    };
    const own = take('identity', judged.identity);
    const limits = judged.boundary || unread.includes('boundary') ? [take('boundary', judged.boundary ?? silent)] : [];
    const levels = (judged.scp ?? []).map((level) => take('scp', level));
    const gates = judged.scp?.length === 0 && unread.includes('scp') ? [take('scp', silent)] : levels;
    const all = [own, ...limits, ...gates];
    return {
      // RQ6: the root user needs no policy in its own account.
      identity: isRoot ? alwaysId : own.allow,
      limits: limits.reduce((id, { allow }) => table.and(id, allow), alwaysId),
      gate: gates.reduce((id, { allow }) => table.and(id, allow), alwaysId),
      deny: all.reduce((id, { deny }) => table.or(id, deny), neverId),
      doubt: all.reduce((id, { doubt }) => table.or(id, doubt), neverId),
    };
  }
}

const silent: LayerIds = { allow: neverId, deny: neverId, doubt: neverId };
const outside: PrincipalIds = { identity: neverId, limits: alwaysId, gate: alwaysId, deny: neverId, doubt: neverId };
