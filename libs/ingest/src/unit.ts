import { type Place, globalRegion } from '@ag/model';
import type { Registry } from '@ag/resource';
import { each } from './each.ts';
import { readPlace } from './read-place.ts';
import { type Run, type Source, serviceOf, sourcesOf } from './run.ts';

/** One unit of work: everything of one service in one place. It may be read twice, by whichever process, to the same effect. */
export interface Unit {
  readonly place: Place;
  /** The service by the prefix of its actions: whatever shares a limit of AWS is read by one reader at a time. */
  readonly service: string;
  /** The regions and accounts of the run, for readers that look at several. */
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
}

const sourcesAtOnce = 4;

/** The units of one place. */
export function unitsOf(registry: Registry, about: Omit<Unit, 'service'>): readonly Unit[] {
  const services = new Set(sourcesOf(registry, kindOf(about.place)).map(serviceOf));
  return [...services].sort().map((service) => ({ ...about, service }));
}

/** What a unit consists of. */
export function sourcesIn(registry: Registry, { place, service }: Pick<Unit, 'place' | 'service'>): readonly Source[] {
  return sourcesOf(registry, kindOf(place)).filter((source) => serviceOf(source) === service);
}

/** Reads a unit, and hands on each of its scopes, whatever came of it. */
export async function readUnit(run: Run, { place, service, regions, accounts }: Unit): Promise<void> {
  const sources = sourcesIn(run.registry, { place, service });
  await each(sources, sourcesAtOnce, (source) => readPlace(run, { source, place, regions, accounts }));
}

function kindOf({ region }: Place): 'global' | 'regional' {
  return region === globalRegion ? 'global' : 'regional';
}
