import {
  DescribePodIdentityAssociationCommand,
  EKSClient,
  paginateListPodIdentityAssociations,
} from '@aws-sdk/client-eks';
import { encodeTags } from '@ag/model';
import { date, defineResource, string, strings } from '@ag/resource';
import { clusterArn, listClusters } from './list-clusters.ts';

export const podIdentityAssociation = defineResource('EksPodIdentityAssociation', {
  description: 'Gives a role to the pods of one service account of a cluster.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  scope: 'regional',
  client: EKSClient,
})
  .list('eks:ListClusters', ({ client }) => listClusters(client))
  .within('eks:ListPodIdentityAssociations', async function* ({ client }, clusterName) {
    const pages = paginateListPodIdentityAssociations({ client, pageSize: 100 }, { clusterName });
    for await (const page of pages) yield* page.associations ?? [];
  })
  .detail('association', 'eks:DescribePodIdentityAssociation', async ({ client }, { clusterName, associationId }) => {
    const answer = await client.send(new DescribePodIdentityAssociationCommand({ clusterName, associationId }));
    return answer.association;
  })
  .node(({ item }) => item.associationArn ?? '', {
    name: string('The service account, with its namespace: `shop/orders`.', ({ item }) => nameOf(item), {
      indexed: true,
    }),
    namespace: string('The namespace of the service account.', ({ item }) => item.namespace),
    serviceAccount: string('The service account whose pods get the role.', ({ item }) => item.serviceAccount),
    targetRoleArn: string(
      'The role, mostly of another account, that its role is changed for.',
      ({ association }) => association?.targetRoleArn,
    ),
    createdAt: date('When it was made.', ({ association }) => association?.createdAt),
    tags: strings('Tags as `key=value`.', ({ association }) => encodeTags(association?.tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'Pods of the service account act as the role.', ({ association }) =>
    [association?.roleArn, association?.targetRoleArn].flatMap((role) => role || []),
  )
  .edge('IN_CLUSTER', 'EksCluster', 'The pods run in the cluster.', ({ item, place }) =>
    clusterArn(item.clusterName, place),
  );

function nameOf({ namespace = '', serviceAccount = '' }): string {
  return `${namespace}/${serviceAccount}`;
}
