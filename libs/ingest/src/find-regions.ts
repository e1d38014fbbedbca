import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Connection } from '@ag/connect';
import { type Place, globalRegion } from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import type { ScopeClients } from './aws-clients.ts';
import { classifyError } from './classify-error.ts';
import { stateOf, toGap } from './scope-content.ts';

export interface FoundRegions {
  /** Regions to read. */
  readonly read: readonly string[];
  /** Regions that were named and are not enabled in the account. */
  readonly disabled: readonly string[];
  /** The scope that says whether we know the account's regions. */
  readonly part: CollectedPart;
}

/** The label of the scope of an account's regions. */
export const regionsLabel = 'AwsRegion';
/** The action that tells them. */
export const regionsAction = 'ec2:DescribeRegions';

/** Finds the regions to read in an account. Where we may not ask: the named ones, else the SDK's own, and a gap. */
export async function findRegions(
  { settings, defaultRegion, partition }: Pick<Connection, 'settings' | 'defaultRegion' | 'partition'>,
  account: string,
  clients: ScopeClients,
): Promise<FoundRegions> {
  const named = settings.regions ?? [];
  const nothing = { resource: regionsLabel, nodes: [], edges: [] };
  try {
    const answer = await clients.client(EC2Client, defaultRegion).send(new DescribeRegionsCommand({}));
    const enabled = (answer.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []).sort();
    const chosen = named.length > 0 ? [...new Set(named)].sort() : enabled;
    return {
      read: chosen.filter((region) => enabled.includes(region)),
      disabled: chosen.filter((region) => !enabled.includes(region)),
      part: { ...nothing, state: 'complete', gaps: [] },
    };
  } catch (error) {
    const failure = classifyError(error);
    const place: Place = { partition, account, region: globalRegion };
    const gap = toGap(failure, { place, resource: regionsLabel, action: regionsAction });
    return {
      read: named.length > 0 ? [...new Set(named)].sort() : [defaultRegion],
      disabled: [],
      part: { ...nothing, state: stateOf(failure), gaps: [gap] },
    };
  }
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
