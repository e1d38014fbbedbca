import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { DataAssets } from '../data.ts';
import { toText } from './references.ts';
import type { DataPlace } from './seed-data.ts';
import { toTags } from './seed-iam.ts';

/** Builds what is passed on: topics, buses, secrets. */
export async function seedMessaging(place: DataPlace, data: DataAssets): Promise<void> {
  await seedSecrets(place, data);
  await seedTopics(place, data);
  await seedBuses(place, data);
}

async function seedSecrets(place: DataPlace, data: DataAssets): Promise<void> {
  const { account, region, clients, references } = place;
  const client = clients.client(SecretsManagerClient, account, region);
  for (const [Name, { key, policy, tags }] of Object.entries(data.secrets ?? {})) {
    const { ARN } = await client.send(
      new CreateSecretCommand({
        Name,
        SecretString: `not for the graph: ${Name}`,
        ...(key !== undefined && { KmsKeyId: place.keyArn(key) }),
        ...(tags && { Tags: toTags(tags) }),
      }),
    );
    if (!policy) continue;
    await client.send(new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy: toText(policy, references) }));
  }
}

async function seedTopics(place: DataPlace, data: DataAssets): Promise<void> {
  const { account, region, clients, references } = place;
  const client = clients.client(SNSClient, account, region);
  for (const [Name, { key, policy, tags, subscribers = [] }] of Object.entries(data.topics ?? {})) {
    const { TopicArn } = await client.send(
      new CreateTopicCommand({
        Name,
        Attributes: {
          ...(policy && { Policy: toText(policy, references) }),
          ...(key !== undefined && { KmsMasterKeyId: place.keyArn(key) }),
        },
        ...(tags && { Tags: toTags(tags) }),
      }),
    );
    for (const { protocol, endpoint } of subscribers) {
      const Endpoint = toText(endpoint, references).slice(1, -1);
      await client.send(new SubscribeCommand({ TopicArn, Protocol: protocol, Endpoint }));
    }
  }
}

async function seedBuses({ account, region, clients, references }: DataPlace, data: DataAssets): Promise<void> {
  const client = clients.client(EventBridgeClient, account, region);
  for (const [name, { policy, tags, rules = {} }] of Object.entries(data.buses ?? {})) {
    await client.send(new CreateEventBusCommand({ Name: name, ...(tags && { Tags: toTags(tags) }) }));
    if (policy) {
      await client.send(new PutPermissionCommand({ EventBusName: name, Policy: toText(policy, references) }));
    }
    for (const [rule, { pattern, target, role }] of Object.entries(rules)) {
      await client.send(new PutRuleCommand({ Name: rule, EventBusName: name, EventPattern: JSON.stringify(pattern) }));
      const Arn = toText(target, references).slice(1, -1);
      const RoleArn = role === undefined ? {} : { RoleArn: `arn:aws:iam::${account}:role/${role}` };
      await client.send(
        new PutTargetsCommand({ Rule: rule, EventBusName: name, Targets: [{ Id: 'target', Arn, ...RoleArn }] }),
      );
    }
  }
}
