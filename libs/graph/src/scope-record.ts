import {
  type Gap,
  type Properties,
  type PropertyValue,
  type RunInfo,
  type ScopeRecord,
  type ScopeState,
  gapReasons,
  scopeStates,
} from '@ag/model';

const reasons: ReadonlySet<string> = new Set(gapReasons);
const states: ReadonlySet<string> = new Set(scopeStates);

/** A `Scope` node as the record it was written from. What names no run was read in the current one. */
export function toScopeRecord(properties: Properties, current: RunInfo): ScopeRecord {
  const { gaps } = properties;
  const state = text(properties['state']);
  const number = properties['readInRun'] === undefined ? current.number : properties['readInNumber'];
  return {
    scope: {
      connection: text(properties['connection']),
      place: {
        partition: text(properties['partition']),
        account: text(properties['account']),
        region: text(properties['region']),
      },
      resource: text(properties['resource']),
    },
    state: isState(state) ? state : 'unexpected',
    readInRun: text(properties['readInRun'] ?? current.id),
    ...(typeof number === 'number' && { readInNumber: number }),
    readAt: text(properties['readAt'] ?? current.startedAt),
    gaps: Array.isArray(gaps) ? gaps.map(parseGap) : [],
  };
}

function parseGap(json: string): Gap {
  const value: unknown = JSON.parse(json);
  if (!isGap(value)) throw new Error(`\`${json}\` is not a gap`);
  return value;
}

function isState(value: string): value is ScopeState {
  return states.has(value);
}

function isGap(value: unknown): value is Gap {
  return (
    typeof value === 'object' &&
    value !== null &&
    'place' in value &&
    'resource' in value &&
    'action' in value &&
    'message' in value &&
    'reason' in value &&
    typeof value.reason === 'string' &&
    reasons.has(value.reason)
  );
}

function text(value: PropertyValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
