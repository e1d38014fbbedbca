import {
  GetDefaultViewCommand,
  GetIndexCommand,
  GetViewCommand,
  ResourceExplorer2Client,
  paginateListIndexes,
  paginateListSupportedResourceTypes,
  paginateSearch,
} from '@aws-sdk/client-resource-explorer-2';
import { type Place, type Scope, placeKey } from '@ag/model';
import type { ResourceDefinition } from '@ag/resource';
import type { AwsClients, ScopeClients } from './aws-clients.ts';

/** Knows where a listing would bring nothing. See docs/adr/0011-empty-regions-are-asked-of-an-index.md. */
export interface EmptyPlaces {
  isEmpty(place: Place, definition: ResourceDefinition): Promise<boolean>;
}

export interface EmptyPlacesOptions {
  readonly clients: AwsClients;
  readonly connection: { readonly name: string; readonly defaultRegion: string };
  /** Whether anything was known of a scope before this run; without it nothing is taken for empty. */
  readonly knownBefore?: ((scope: Scope) => boolean) | undefined;
  now(): string;
}

/** What an account's index covers, and how to ask it for a region. */
interface Index {
  readonly regions: ReadonlySet<string>;
  readonly region: string;
  readonly view: string;
  /** Types as `ec2:instance`, compared without case and dashes. */
  readonly types: ReadonlySet<string>;
}

/**
 * Services whose listings hold what AWS made, or what other accounts share: an index of what an account owns may lack that, so
 * that nothing in it proves nothing.
 */
const unsure = new Set(['ec2', 'kms', 'ram', 'ssm', 'cloudtrail', 'events', 'codeartifact']);

// A new index takes up to 36 hours to fill. https://docs.aws.amazon.com/resource-explorer/latest/userguide/manage-service-turn-on-region.html
const fillTime = 48 * 3_600_000;

/**
 * Asks Resource Explorer, once for each account and region, which services have anything there. It is a shortcut only: where it is
 * denied, switched off, new, filtered or cut short, everything is read.
 */
export function createEmptyPlaces({ clients, connection, knownBefore, now }: EmptyPlacesOptions): EmptyPlaces {
  const indexes = new Map<string, Promise<Index | undefined>>();
  const services = new Map<string, Promise<ReadonlySet<string> | undefined>>();

  /** Runs in clients of its own; whatever fails tells nothing. */
  async function ask<Value>(
    account: string,
    read: (scope: ScopeClients) => Promise<Value>,
  ): Promise<Value | undefined> {
    const scope = clients.openScope({ account, region: connection.defaultRegion });
    try {
      return await read(scope);
    } catch {
      return undefined;
    } finally {
      scope.close();
    }
  }

  const indexOf = (account: string) => once(indexes, account, () => ask(account, (scope) => findIndex(scope, now())));
  const servicesIn = (place: Place, index: Index) =>
    once(services, placeKey(place), () =>
      ask(place.account, (scope) => findServices(scope, index, place.region, now())),
    );

  return {
    async isEmpty(place, definition) {
      if (!knownBefore || definition.scope !== 'regional') return false;
      const [service = ''] = definition.list.action.split(':');
      if (unsure.has(service)) return false;
      if (knownBefore({ connection: connection.name, place, resource: definition.label })) return false;
      const index = await indexOf(place.account);
      if (!index?.regions.has(place.region) || !index.types.has(typeOf(definition.label, service))) return false;
      const present = await servicesIn(place, index);
      return present !== undefined && !present.has(service);
    },
  };
}

/** `LambdaFunction` of `lambda` is `lambda:function`; a label that gives no type of the index is always read. */
function typeOf(label: string, service: string): string {
  return plain(`${service}:${label.replace(/^[A-Z][a-z0-9]*/, '')}`);
}

function plain(type: string): string {
  return type.toLowerCase().replaceAll('-', '');
}

/** The index that holds all regions, if it is whole and its view leaves nothing out. */
async function findIndex(scope: ScopeClients, now: string): Promise<Index | undefined> {
  const regions = new Set<string>();
  let region: string | undefined;
  for await (const page of paginateListIndexes({ client: scope.client(ResourceExplorer2Client) }, {})) {
    for (const index of page.Indexes ?? []) {
      if (index.Region !== undefined) regions.add(index.Region);
      if (index.Type === 'AGGREGATOR') region = index.Region;
    }
  }
  if (region === undefined || !(await isWhole(scope, region, now))) return undefined;
  const client = scope.client(ResourceExplorer2Client, region);
  const { ViewArn: view } = await client.send(new GetDefaultViewCommand({}));
  if (view === undefined) return undefined;
  const { View } = await client.send(new GetViewCommand({ ViewArn: view }));
  if (!View || (View.Filters?.FilterString ?? '') !== '') return undefined;
  const types = new Set<string>();
  for await (const page of paginateListSupportedResourceTypes({ client, pageSize: 1000 }, {})) {
    for (const { ResourceType } of page.ResourceTypes ?? []) types.add(plain(ResourceType ?? ''));
  }
  return { regions, region, view, types };
}

/** The services that have anything in the region; `undefined` where that is not sure. */
async function findServices(
  scope: ScopeClients,
  { region: from, view }: Index,
  region: string,
  now: string,
): Promise<ReadonlySet<string> | undefined> {
  if (!(await isWhole(scope, region, now))) return undefined;
  const client = scope.client(ResourceExplorer2Client, from);
  const found = new Set<string>();
  const input = { QueryString: `region:${region}`, ViewArn: view };
  for await (const page of paginateSearch({ client, pageSize: 1000 }, input)) {
    // No more than a thousand are told. A region of more is not empty.
    if (page.Count?.Complete !== true) return undefined;
    for (const { ResourceType } of page.Resources ?? []) found.add(ResourceType?.split(':')[0] ?? '');
  }
  return found;
}

async function isWhole(scope: ScopeClients, region: string, now: string): Promise<boolean> {
  const { State, CreatedAt, LastUpdatedAt } = await scope
    .client(ResourceExplorer2Client, region)
    .send(new GetIndexCommand({}));
  const changed = Math.max(CreatedAt?.getTime() ?? Infinity, LastUpdatedAt?.getTime() ?? 0);
  return State === 'ACTIVE' && changed + fillTime < Date.parse(now);
}

function once<Value>(made: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const known = made.get(key);
  if (known) return known;
  const value = make();
  made.set(key, value);
  return value;
}
