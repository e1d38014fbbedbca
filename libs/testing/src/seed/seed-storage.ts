import { BackupClient, CreateBackupVaultCommand } from '@aws-sdk/client-backup';
import {
  CreateAccessPointCommand as CreateEfsAccessPointCommand,
  CreateFileSystemCommand,
  EFSClient,
  PutFileSystemPolicyCommand,
} from '@aws-sdk/client-efs';
import { CreateDatabaseCommand, GlueClient, PutResourcePolicyCommand } from '@aws-sdk/client-glue';
import {
  CreateAccessPointCommand,
  CreateMultiRegionAccessPointCommand,
  PutAccessPointPolicyCommand,
  PutMultiRegionAccessPointPolicyCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import type { DataAssets } from '../data.ts';
import { toText } from './references.ts';
import type { DataPlace } from './seed-data.ts';
import { toTags } from './seed-iam.ts';

/** Builds what holds files: access points, file systems, vaults, the catalog. */
export async function seedStorage(place: DataPlace, data: DataAssets): Promise<void> {
  await seedAccessPoints(place, data);
  await seedFileSystems(place, data);
  const { account, region, clients, references } = place;
  for (const [BackupVaultName, { key, tags }] of Object.entries(data.vaults ?? {})) {
    await clients.client(BackupClient, account, region).send(
      new CreateBackupVaultCommand({
        BackupVaultName,
        BackupVaultTags: tags,
        ...(key !== undefined && { EncryptionKeyArn: place.keyArn(key) }),
      }),
    );
  }
  if (!data.catalog) return;
  const glue = clients.client(GlueClient, account, region);
  for (const Name of data.catalog.databases) await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
  if (data.catalog.policy) {
    await glue.send(new PutResourcePolicyCommand({ PolicyInJson: toText(data.catalog.policy, references) }));
  }
}

async function seedAccessPoints({ account, region, clients, references }: DataPlace, data: DataAssets): Promise<void> {
  const client = clients.client(S3ControlClient, account, region);
  for (const [Name, { bucket, policy, vpc }] of Object.entries(data.accessPoints ?? {})) {
    const vpcConfiguration = vpc === undefined ? {} : { VpcConfiguration: { VpcId: vpc } };
    await client.send(new CreateAccessPointCommand({ AccountId: account, Name, Bucket: bucket, ...vpcConfiguration }));
    if (!policy) continue;
    const Policy = toText(policy, references);
    await client.send(new PutAccessPointPolicyCommand({ AccountId: account, Name, Policy }));
  }
  const oregon = clients.client(S3ControlClient, account, 'us-west-2');
  for (const [Name, { buckets, policy }] of Object.entries(data.multiRegionAccessPoints ?? {})) {
    const Details = { Name, Regions: buckets.map((Bucket) => ({ Bucket })) };
    await oregon.send(new CreateMultiRegionAccessPointCommand({ AccountId: account, ClientToken: Name, Details }));
    if (!policy) continue;
    const request = { Name, Policy: toText(policy, references) };
    await oregon.send(
      new PutMultiRegionAccessPointPolicyCommand({
        AccountId: account,
        ClientToken: `${Name}-policy`,
        Details: request,
      }),
    );
  }
}

async function seedFileSystems(place: DataPlace, data: DataAssets): Promise<void> {
  const { account, region, clients, references } = place;
  const client = clients.client(EFSClient, account, region);
  for (const [name, { policy, key, tags = {}, accessPoints = {} }] of Object.entries(data.fileSystems ?? {})) {
    const encryption = key === undefined ? {} : { Encrypted: true, KmsKeyId: place.keyArn(key) };
    const made = await client.send(
      new CreateFileSystemCommand({ CreationToken: name, Tags: toTags(tags), ...encryption }),
    );
    const { FileSystemId } = made;
    if (policy) {
      await client.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy: toText(policy, references) }));
    }
    for (const [point, { directory, user }] of Object.entries(accessPoints)) {
      await client.send(
        new CreateEfsAccessPointCommand({
          ClientToken: point,
          FileSystemId,
          PosixUser: { Uid: user, Gid: user },
          RootDirectory: { Path: directory },
          Tags: toTags({ Name: point }),
        }),
      );
    }
  }
}
