import { CreateTableCommand, DynamoDBClient, PutResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Database, DataAssets } from '../data.ts';
import { toText } from './references.ts';
import type { DataPlace } from './seed-data.ts';
import { toTags } from './seed-iam.ts';

/** Builds tables and database servers with their snapshots. The emulator has no policies of streams. */
export async function seedDatabases(place: DataPlace, data: DataAssets): Promise<void> {
  await seedTables(place, data);
  const { account, region, clients, references } = place;
  const client = clients.client(RDSClient, account, region);
  for (const [DBInstanceIdentifier, database] of Object.entries(data.databases ?? {})) {
    await client.send(
      new CreateDBInstanceCommand({
        ...common(place, database),
        DBInstanceIdentifier,
        DBInstanceClass: 'db.t4g.medium',
        AllocatedStorage: 20,
        MasterUsername: 'shop',
        MasterUserPassword: 'not-for-the-graph',
        ...(database.role !== undefined && {
          MonitoringInterval: 60,
          MonitoringRoleArn: `arn:aws:iam::${account}:role/${database.role}`,
        }),
      }),
    );
    for (const [DBSnapshotIdentifier, accounts] of Object.entries(database.snapshots ?? {})) {
      await client.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier }));
      const ValuesToAdd = accounts.map((text) => toText(text, references).slice(1, -1));
      const share = { DBSnapshotIdentifier, AttributeName: 'restore', ValuesToAdd };
      await client.send(new ModifyDBSnapshotAttributeCommand(share));
    }
  }
  for (const [DBClusterIdentifier, database] of Object.entries(data.databaseClusters ?? {})) {
    await client.send(
      new CreateDBClusterCommand({
        ...common(place, database),
        DBClusterIdentifier,
        MasterUsername: 'ledger',
        MasterUserPassword: 'not-for-the-graph',
      }),
    );
    for (const [DBClusterSnapshotIdentifier, accounts] of Object.entries(database.snapshots ?? {})) {
      await client.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier }));
      const ValuesToAdd = accounts.map((text) => toText(text, references).slice(1, -1));
      const share = { DBClusterSnapshotIdentifier, AttributeName: 'restore', ValuesToAdd };
      await client.send(new ModifyDBClusterSnapshotAttributeCommand(share));
    }
  }
}

function common({ keyArn }: DataPlace, { engine, key, tags = {} }: Database) {
  return {
    Engine: engine,
    Tags: toTags(tags),
    ...(key !== undefined && { StorageEncrypted: true, KmsKeyId: keyArn(key) }),
  };
}

async function seedTables(place: DataPlace, data: DataAssets): Promise<void> {
  const { account, region, clients, references } = place;
  const client = clients.client(DynamoDBClient, account, region);
  for (const [TableName, { key, policy, stream, tags = {} }] of Object.entries(data.tables ?? {})) {
    const made = await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: toTags(tags),
        ...(key !== undefined && {
          SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: place.keyArn(key) },
        }),
        ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
      }),
    );
    if (!policy) continue;
    const ResourceArn = made.TableDescription?.TableArn;
    await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy: toText(policy, references) }));
  }
}
