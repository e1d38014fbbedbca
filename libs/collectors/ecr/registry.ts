import {
  DescribeRegistryCommand,
  ECRClient,
  GetAccountSettingCommand,
  GetRegistryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { defineResource, json, string } from '@ag/resource';

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
export const registry = defineResource('EcrRegistry', {
  description:
    'An account’s registry of container images in a region. Its policy decides about every repository in it.',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html',
  scope: 'regional',
  client: ECRClient,
})
  .list('ecr:DescribeRegistry', async function* ({ client }) {
    yield await client.send(new DescribeRegistryCommand({}));
  })
  .detail('policy', 'ecr:GetRegistryPolicy', async ({ client }) => {
    const answer = await client.send(new GetRegistryPolicyCommand({}));
    return answer.policyText;
  })
  .detail('policyScope', 'ecr:GetAccountSetting', async ({ client }) => {
    const answer = await client.send(new GetAccountSettingCommand({ name: 'REGISTRY_POLICY_SCOPE' }));
    return answer.value;
  })
  // The authorization reference has no type for private registries; public ones end in `registry/<id>`.
  .node(({ place }) => `arn:${place.partition}:ecr:${place.region}:${place.account}:registry/${place.account}`, {
    registryId: string('Its id, which is its account.', ({ item, place }) => item.registryId ?? place.account),
    policyScope: string(
      'V2 where its policy speaks of every action, V1 where only of replication and of pulling through.',
      ({ policyScope }) => policyScope,
    ),
    replication: json('Where images are copied to.', ({ item }) =>
      (item.replicationConfiguration?.rules ?? []).map((rule) => ({
        destinations: (rule.destinations ?? []).map(({ region, registryId }) => ({ region, registryId })),
        repositoryFilters: (rule.repositoryFilters ?? []).map(({ filter, filterType }) => ({ filter, filterType })),
      })),
    ),
  })
  .policy('resource', ({ policy }) => policy);
