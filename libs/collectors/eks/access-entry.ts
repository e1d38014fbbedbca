import {
  type AssociatedAccessPolicy,
  DescribeAccessEntryCommand,
  EKSClient,
  paginateListAccessEntries,
  paginateListAssociatedAccessPolicies,
} from '@aws-sdk/client-eks';
import { encodeTags } from '@ag/model';
import { date, defineResource, json, string, strings } from '@ag/resource';
import { clusterArn, listClusters } from './list-clusters.ts';

export const accessEntry = defineResource('EksAccessEntry', {
  description:
    'Lets one IAM principal into a cluster, with Kubernetes groups, and with access policies that EKS keeps.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  scope: 'regional',
  client: EKSClient,
})
  .list('eks:ListClusters', ({ client }) => listClusters(client))
  // A cluster without access entries (authentication mode CONFIG_MAP) refuses the question.
  .within('eks:ListAccessEntries', async function* ({ client }, clusterName) {
    const pages = paginateListAccessEntries({ client, pageSize: 100 }, { clusterName });
    try {
      for await (const page of pages) {
        yield* (page.accessEntries ?? []).map((principalArn) => ({ clusterName, principalArn }));
      }
    } catch (error) {
      if (!hasNoEntries(error)) throw error;
    }
  })
  // Only this tells its ARN.
  .within('eks:DescribeAccessEntry', async function* ({ client }, about) {
    const answer = await client.send(new DescribeAccessEntryCommand(about));
    if (answer.accessEntry) yield { ...about, ...answer.accessEntry };
  })
  .detail('policies', 'eks:ListAssociatedAccessPolicies', async ({ client }, { clusterName, principalArn }) => {
    const policies: AssociatedAccessPolicy[] = [];
    const pages = paginateListAssociatedAccessPolicies({ client, pageSize: 100 }, { clusterName, principalArn });
    for await (const page of pages) policies.push(...(page.associatedAccessPolicies ?? []));
    return policies;
  })
  .node(({ item }) => item.accessEntryArn ?? '', {
    name: string('Its name inside the cluster.', ({ item }) => item.username, { indexed: true }),
    type: string('STANDARD for people and programs; EC2_LINUX, FARGATE_LINUX … for machines.', ({ item }) => item.type),
    kubernetesGroups: strings(
      'Groups inside the cluster, whose rights the cluster keeps and nobody reads here.',
      ({ item }) => item.kubernetesGroups ?? [],
    ),
    accessPolicyNames: strings('Access policies: `AmazonEKSAdminPolicy` …', ({ policies }) =>
      (policies ?? []).map(({ policyArn = '' }) => policyArn.slice(policyArn.lastIndexOf('/') + 1)).sort(),
    ),
    accessPolicies: json('The access policies, each with what it is limited to.', ({ policies }) =>
      (policies ?? []).map(({ policyArn, accessScope }) => ({
        policyArn,
        scope: accessScope?.type,
        namespaces: accessScope?.namespaces ?? [],
      })),
    ),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    modifiedAt: date('When it was last changed.', ({ item }) => item.modifiedAt),
    tags: strings('Tags as `key=value`.', ({ item }) => encodeTags(item.tags ?? {})),
  })
  .edge('ADMITS', 'Entity', 'Whoever acts as the principal gets into the cluster.', ({ item }) => item.principalArn)
  .edge('IN_CLUSTER', 'EksCluster', 'The entry lets somebody into the cluster.', ({ item, place }) =>
    clusterArn(item.clusterName, place),
  );

// https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
function hasNoEntries(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'InvalidRequestException' && /authentication mode/i.test(error.message)
  );
}
