import type { Gap, GapReason, Properties, PropertyValue, RunInfo, ScopeRecord, ScopeState } from '@ag/model';

const reasons = {
  denied: true,
  deniedByScp: true,
  throttled: true,
  network: true,
  timeout: true,
  expiredCredentials: true,
  regionDisabled: true,
  malformed: true,
  notCollected: true,
  held: true,
  unexpected: true,
} satisfies Record<GapReason, true>;
const states = { complete: true, partial: true, skipped: true, detached: true, ...reasons } satisfies Record<
  ScopeState,
  true
>;

/** A `Scope` node as the record it was written from. What names no run was read in the current one. */
export function toScopeRecord(properties: Properties, current: RunInfo): ScopeRecord {
  const { gaps } = properties;
  const state = text(properties['state']);
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
  return Object.hasOwn(states, value);
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
    Object.hasOwn(reasons, value.reason)
  );
}

function text(value: PropertyValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
