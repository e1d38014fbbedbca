import { DescribeNodegroupCommand, EKSClient, paginateListNodegroups } from '@aws-sdk/client-eks';
import { encodeTags } from '@ag/model';
import { date, defineResource, string, strings } from '@ag/resource';
import { clusterArn, listClusters } from './list-clusters.ts';

export const nodegroup = defineResource('EksNodegroup', {
  description: 'Machines of a cluster that EKS manages. Pods may reach the role that their machine runs as.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
  scope: 'regional',
  client: EKSClient,
})
  .list('eks:ListClusters', ({ client }) => listClusters(client))
  .within('eks:ListNodegroups', async function* ({ client }, clusterName) {
    const pages = paginateListNodegroups({ client, pageSize: 100 }, { clusterName });
    for await (const page of pages) {
      yield* (page.nodegroups ?? []).map((nodegroupName) => ({ clusterName, nodegroupName }));
    }
  })
  // Only this tells its ARN.
  .within('eks:DescribeNodegroup', async function* ({ client }, about) {
    const answer = await client.send(new DescribeNodegroupCommand(about));
    if (answer.nodegroup) yield answer.nodegroup;
  })
  .node(({ item }) => item.nodegroupArn ?? '', {
    name: string('Its name.', ({ item }) => item.nodegroupName, { indexed: true }),
    status: string('ACTIVE, CREATING, DEGRADED …', ({ item }) => item.status),
    instanceTypes: strings('Sizes of its machines.', ({ item }) => item.instanceTypes ?? []),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    tags: strings('Tags as `key=value`.', ({ item }) => encodeTags(item.tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'The group’s machines act as the role.', ({ item }) => item.nodeRole)
  .edge('IN_CLUSTER', 'EksCluster', 'The machines belong to the cluster.', ({ item, place }) =>
    clusterArn(item.clusterName, place),
  );
