import { DescribeFargateProfileCommand, EKSClient, paginateListFargateProfiles } from '@aws-sdk/client-eks';
import { encodeTags } from '@ag/model';
import { date, defineResource, string, strings } from '@ag/resource';
import { clusterArn, listClusters } from './list-clusters.ts';

export const fargateProfile = defineResource('EksFargateProfile', {
  description: 'Says which pods of a cluster run on Fargate, and under which role they are started.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html',
  scope: 'regional',
  client: EKSClient,
})
  .list('eks:ListClusters', ({ client }) => listClusters(client))
  .within('eks:ListFargateProfiles', async function* ({ client }, clusterName) {
    const pages = paginateListFargateProfiles({ client, pageSize: 100 }, { clusterName });
    for await (const page of pages) {
      yield* (page.fargateProfileNames ?? []).map((fargateProfileName) => ({ clusterName, fargateProfileName }));
    }
  })
  // Only this tells its ARN.
  .within('eks:DescribeFargateProfile', async function* ({ client }, about) {
    const answer = await client.send(new DescribeFargateProfileCommand(about));
    if (answer.fargateProfile) yield answer.fargateProfile;
  })
  .node(({ item }) => item.fargateProfileArn ?? '', {
    name: string('Its name.', ({ item }) => item.fargateProfileName, { indexed: true }),
    status: string('ACTIVE, CREATING, DELETING …', ({ item }) => item.status),
    namespaces: strings('Namespaces whose pods it takes.', ({ item }) =>
      [...new Set(item.selectors?.flatMap(({ namespace }) => namespace ?? []))].sort(),
    ),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    tags: strings('Tags as `key=value`.', ({ item }) => encodeTags(item.tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'The machines under the pods act as the role.', ({ item }) => item.podExecutionRoleArn)
  .edge('IN_CLUSTER', 'EksCluster', 'The pods belong to the cluster.', ({ item, place }) =>
    clusterArn(item.clusterName, place),
  );
