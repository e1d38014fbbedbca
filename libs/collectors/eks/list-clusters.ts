import { type EKSClient, paginateListClusters } from '@aws-sdk/client-eks';
import type { Place } from '@ag/model';

/** The names of a region's clusters. */
export async function* listClusters(client: EKSClient): AsyncGenerator<string> {
  for await (const page of paginateListClusters({ client, pageSize: 100 }, {})) yield* page.clusters ?? [];
}

export function clusterArn(name: string | undefined, { partition, region, account }: Place): string | undefined {
  return name === undefined ? undefined : `arn:${partition}:eks:${region}:${account}:cluster/${name}`;
}
