import {
  CreateRepositoryCommand,
  ECRClient,
  PutRegistryPolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import type { DataAssets } from '../data.ts';
import { toText } from './references.ts';
import type { DataPlace } from './seed-data.ts';
import { toTags } from './seed-iam.ts';

/** Builds container repositories and search domains. Public repositories and packages the emulator lacks. */
export async function seedRepositories(place: DataPlace, data: DataAssets): Promise<void> {
  const { account, region, clients, references } = place;
  const client = clients.client(ECRClient, account, region);
  if (data.registryPolicy) {
    await client.send(new PutRegistryPolicyCommand({ policyText: toText(data.registryPolicy, references) }));
  }
  for (const [repositoryName, { policy, key, tags = {} }] of Object.entries(data.repositories ?? {})) {
    const encryption =
      key === undefined
        ? {}
        : { encryptionConfiguration: { encryptionType: 'KMS' as const, kmsKey: place.keyArn(key) } };
    await client.send(new CreateRepositoryCommand({ repositoryName, tags: toTags(tags), ...encryption }));
    if (!policy) continue;
    await client.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: toText(policy, references) }));
  }
  for (const [DomainName, { policy, tags = {} }] of Object.entries(data.searchDomains ?? {})) {
    await clients.client(OpenSearchClient, account, region).send(
      new CreateDomainCommand({
        DomainName,
        EngineVersion: 'OpenSearch_2.11',
        ...(policy && { AccessPolicies: toText(policy, references) }),
        TagList: toTags(tags),
      }),
    );
  }
}
