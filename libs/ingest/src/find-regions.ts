import { AccountClient, type RegionOptStatus, paginateListRegions } from '@aws-sdk/client-account';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Connection } from '@ag/connect';
import { type Gap, type Place, globalRegion } from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import type { ScopeClients } from './aws-clients.ts';
import { type Failure, classifyError } from './classify-error.ts';
import { stateOf, toGap } from './scope-content.ts';

export interface FoundRegions {
  /** Regions to read. */
  readonly read: readonly string[];
  /** Regions that were named and are not enabled in the account, or that are being enabled. */
  readonly disabled: readonly string[];
  /** The scope that says whether we know the account's regions. */
  readonly part: CollectedPart;
}

/** The label of the scope of an account's regions. */
export const regionsLabel = 'AwsRegion';
/** The action that tells them. */
export const regionsAction = 'account:ListRegions';
/** The one that tells them where the first may not be asked. */
const otherRegionsAction = 'ec2:DescribeRegions';

/**
 * Finds the regions to read in an account, once in a run. EC2 knows them too; where neither may be asked, the named ones are read,
 * else the SDK's own, and a gap says so.
 */
export async function findRegions(
  { settings, defaultRegion, partition }: Pick<Connection, 'settings' | 'defaultRegion' | 'partition'>,
  account: string,
  clients: ScopeClients,
): Promise<FoundRegions> {
  const named = [...new Set(settings.regions ?? [])].sort();
  const place: Place = { partition, account, region: globalRegion };
  const nothing = { resource: regionsLabel, nodes: [], edges: [] };
  const listed = await attempt(() => listRegions(clients));
  const found = listed.ok ? listed : await attempt(() => describeRegions(clients, defaultRegion));
  if (!found.ok) {
    const failures = listed.ok ? [] : [{ ...listed, action: regionsAction }];
    const gaps = [...failures, { ...found, action: otherRegionsAction }].map(({ failure, action }) =>
      toGap(failure, { place, resource: regionsLabel, action }),
    );
    const read = named.length > 0 ? named : [defaultRegion];
    return { read, disabled: [], part: { ...nothing, state: stateOf(found.failure), gaps } };
  }

  const { enabled, opening } = found.regions;
  const chosen = named.length > 0 ? named : [...enabled, ...opening].sort();
  return {
    read: chosen.filter((region) => enabled.includes(region)),
    disabled: chosen.filter((region) => !enabled.includes(region)),
    part: { ...nothing, state: 'complete', gaps: listed.ok ? [] : gapsOfFirst(listed.failure, place) },
  };
}

interface Regions {
  readonly enabled: readonly string[];
  /** Those that are being enabled, which takes up to hours: nothing answers there yet. */
  readonly opening: readonly string[];
}

type Attempt = { readonly ok: true; readonly regions: Regions } | { readonly ok: false; readonly failure: Failure };

async function attempt(read: () => Promise<Regions>): Promise<Attempt> {
  try {
    return { ok: true, regions: await read() };
  } catch (error) {
    return { ok: false, failure: classifyError(error) };
  }
}

// What is being disabled still holds what it held, and may answer; where it does not, each scope says so.
// https://docs.aws.amazon.com/accounts/latest/reference/API_Region.html
const enabledStates: readonly (RegionOptStatus | undefined)[] = ['ENABLED', 'ENABLED_BY_DEFAULT', 'DISABLING'];

/** Of the account whose credentials are used: to name it would be to ask as another account's administrator. */
async function listRegions(clients: ScopeClients): Promise<Regions> {
  const enabled: string[] = [];
  const opening: string[] = [];
  for await (const page of paginateListRegions({ client: clients.client(AccountClient), pageSize: 50 }, {})) {
    for (const { RegionName, RegionOptStatus } of page.Regions ?? []) {
      if (RegionName === undefined) continue;
      if (enabledStates.includes(RegionOptStatus)) enabled.push(RegionName);
      if (RegionOptStatus === 'ENABLING') opening.push(RegionName);
    }
  }
  return { enabled: enabled.sort(), opening: opening.sort() };
}

async function describeRegions(clients: ScopeClients, region: string): Promise<Regions> {
  const answer = await clients.client(EC2Client, region).send(new DescribeRegionsCommand({}));
  return { enabled: (answer.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []).sort(), opening: [] };
}

/**
 * The regions are known from EC2, so the scope is complete. What somebody can mend, a missing permission, is still told, about
 * the account's own node: a gap of no node would say that the regions are unknown. An outage, or an emulator, is not.
 */
function gapsOfFirst(failure: Failure, place: Place): readonly Gap[] {
  if (failure.kind !== 'denied' && failure.kind !== 'deniedByScp') return [];
  return [toGap(failure, { place, resource: regionsLabel, action: regionsAction, arn: place.account })];
}

/** Where global services answer. */
export function apiRegion(region: string, partition: string): string {
  if (region !== globalRegion) return region;
  switch (partition) {
    case 'aws-cn':
      return 'cn-north-1';
    case 'aws-us-gov':
      return 'us-gov-west-1';
    case 'aws-eusc':
      return 'eusc-de-east-1';
    default:
      return 'us-east-1';
  }
}
