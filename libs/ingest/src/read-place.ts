import type { Place } from '@ag/model';
import type { Collected } from '@ag/resource';
import { InterruptedError } from './answer-error.ts';
import { apiRegion } from './find-regions.ts';
import { readDefinition } from './read-definition.ts';
import { readReader } from './read-reader.ts';
import { type Run, type Source, closedByScp, emitUnread, interrupted, serviceOf } from './run.ts';
import { toScopeContent } from './scope-content.ts';

/** One unit of work: one source in one place. */
export interface PlaceJob {
  readonly source: Source;
  readonly place: Place;
  /** The regions and accounts of the run, for readers that look at several. */
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  /** The place of the scopes where it is not the one that is asked: AWS-managed policies are nobody's. */
  readonly scopePlace?: Place;
}

/** Reads one source in one place, and hands on each of its scopes, whatever came of it. */
export async function readPlace(run: Run, job: PlaceJob): Promise<void> {
  const { source, place, scopePlace = place } = job;
  const service = serviceOf(source);
  if (run.scpWatch.isClosed(place, service)) return emitUnread(run, scopePlace, [source], closedByScp);
  const readAt = run.now();
  const parts = await attempt(run, job);
  if (!parts) return emitUnread(run, scopePlace, [source], interrupted);
  for (const part of parts) {
    run.scpWatch.saw(place, service, part.state);
    if (part.state !== 'complete') {
      run.log.warn({ place: scopePlace, resource: part.resource, state: part.state }, 'could not read a scope in full');
    }
    await run.emit(toScopeContent(part, { connection: run.connection.name, place: scopePlace, readAt }));
  }
}

async function attempt(run: Run, { source, place, regions, accounts }: PlaceJob): Promise<Collected | undefined> {
  if (run.signal.aborted) return undefined;
  const region = apiRegion(place.region, place.partition);
  const clients = run.clients.openScope({ account: place.account, region });
  try {
    if (source.kind === 'definition' && (await run.emptyPlaces.isEmpty(place, source.definition))) {
      return [{ resource: source.definition.label, state: 'complete', nodes: [], edges: [], gaps: [] }];
    }
    switch (source.kind) {
      case 'definition': {
        const client = clients.client(source.definition.client);
        return [await readDefinition(source.definition, { client, place })];
      }
      case 'reader':
        return await readReader(source.reader, { place, regions, accounts, clients, memory: run.memory });
    }
  } catch (error) {
    if (error instanceof InterruptedError) return undefined;
    throw error;
  } finally {
    clients.close();
  }
}
