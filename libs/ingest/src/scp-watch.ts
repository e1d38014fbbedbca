import { type Place, type ScopeState, placeKey } from '@ag/model';

/** How many services must be denied before a region counts as one that a service control policy closes. */
const services = 3;

/** Tells where it is no use to ask on, since a service control policy denies all of a region. */
export interface ScpWatch {
  /** How a scope of the service ended. */
  saw(place: Place, service: string, state: ScopeState): void;
  /** Whether more scopes of the service need not be asked for there. */
  isClosed(place: Place, service: string): boolean;
}

/**
 * A policy that closes a region denies service after service. Yet it may leave some out, so each service is asked at least once, and
 * one answer of any kind but this denial opens the region again.
 */
export function createScpWatch(): ScpWatch {
  const regions = new Map<string, { readonly denied: Set<string>; isOpen: boolean }>();

  return {
    saw(place, service, state) {
      const region = regions.get(placeKey(place)) ?? { denied: new Set<string>(), isOpen: false };
      regions.set(placeKey(place), region);
      if (state === 'deniedByScp') region.denied.add(service);
      else region.isOpen = true;
    },
    isClosed(place, service) {
      const region = regions.get(placeKey(place));
      return region !== undefined && !region.isOpen && region.denied.size >= services && region.denied.has(service);
    },
  };
}
