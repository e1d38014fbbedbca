import {
  CreateImageCommand,
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  EC2Client,
  ModifyImageAttributeCommand,
  ModifySnapshotAttributeCommand,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import type { LaunchTemplate, Sharing } from '../network.ts';
import { required } from './required.ts';
import type { Site } from './seed-network.ts';

/** A snapshot of the company: the emulator invents 1,301 others. */
export interface SeededSnapshot {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly description: string;
  readonly volume: string;
  readonly sizeGibibytes: number;
  /** ARN of the key. */
  readonly key?: string;
}

interface Options {
  /** The id of an account or an outsider. */
  readonly idOf: (name: string) => string;
  readonly keyOf: (name: string) => string;
}

const today = '2026-11-23T04:00:00.000Z';

/** When snapshots were made: the emulator's are of the moment at which it was asked. */
export const snapshotTakenAt = today;

/** Builds key pairs, launch templates, volumes with their snapshots, and images; answers the snapshots. */
export async function seedDisks(client: EC2Client, site: Site, { idOf, keyOf }: Options): Promise<SeededSnapshot[]> {
  const { account, region, network } = site;
  const snapshots: SeededSnapshot[] = [];
  for (const KeyName of network.keyPairs ?? []) await client.send(new CreateKeyPairCommand({ KeyName }));
  for (const [name, template] of Object.entries(network.launchTemplates ?? {})) {
    await seedTemplate(client, site, name, template);
  }
  for (const [name, { sizeGibibytes, key, snapshot }] of Object.entries(network.volumes ?? {})) {
    const { VolumeId } = await client.send(
      new CreateVolumeCommand({
        AvailabilityZone: `${region}a`,
        Size: sizeGibibytes,
        ...(key !== undefined && { Encrypted: true, KmsKeyId: keyOf(key) }),
        TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'Name', Value: name }] }],
      }),
    );
    if (!snapshot) continue;
    const description = `Nightly copy of ${name}`;
    const { SnapshotId } = await client.send(new CreateSnapshotCommand({ VolumeId, Description: description }));
    await share(snapshot, (UserIds, GroupNames) =>
      client.send(
        new ModifySnapshotAttributeCommand({
          SnapshotId,
          Attribute: 'createVolumePermission',
          OperationType: 'add',
          UserIds,
          GroupNames,
        }),
      ),
    );
    const volume = required(VolumeId, name);
    const id = required(SnapshotId, name);
    const place = { account, region };
    snapshots.push({ ...place, id, description, volume, sizeGibibytes, ...(key !== undefined && { key: keyOf(key) }) });
  }
  for (const [name, image] of Object.entries(network.images ?? {})) {
    const { ImageId } = await client.send(
      new CreateImageCommand({ InstanceId: await findInstance(client, image.of), Name: name }),
    );
    await share(image, (UserIds, UserGroups) =>
      client.send(
        new ModifyImageAttributeCommand({
          ImageId,
          Attribute: 'launchPermission',
          OperationType: 'add',
          UserIds,
          UserGroups,
        }),
      ),
    );
    const { Images = [] } = await client.send(new DescribeImagesCommand({ ImageIds: [required(ImageId, name)] }));
    const [disk] = Images[0]?.BlockDeviceMappings ?? [];
    snapshots.push({
      account,
      region,
      id: required(disk?.Ebs?.SnapshotId, name),
      description: `Created by CreateImage for ${name}`,
      volume: 'vol-ffffffff',
      sizeGibibytes: 8,
    });
  }
  return snapshots;

  async function share(
    { sharedWith = [], public: isPublic = false }: Sharing,
    send: (users: string[], groups: string[]) => Promise<unknown>,
  ): Promise<void> {
    if (sharedWith.length > 0) await send(sharedWith.map(idOf), []);
    if (isPublic) await send([], ['all']);
  }
}

async function seedTemplate(client: EC2Client, site: Site, name: string, { versions }: LaunchTemplate): Promise<void> {
  const [first, ...later] = versions.map((version): RequestLaunchTemplateData => {
    const { profile, subnet, keyPair, userData, requiresMetadataToken } = version;
    return {
      ImageId: 'ami-12c6146b',
      InstanceType: 't3.micro',
      ...(profile !== undefined && { IamInstanceProfile: { Name: profile } }),
      ...(keyPair !== undefined && { KeyName: keyPair }),
      ...(userData !== undefined && { UserData: Buffer.from(userData).toString('base64') }),
      ...(requiresMetadataToken === true && {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      }),
      ...(subnet !== undefined && {
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: required(site.subnets[subnet], subnet) }],
      }),
    };
  });
  await client.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: first }));
  for (const LaunchTemplateData of later) {
    await client.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateName: name, LaunchTemplateData }));
  }
}

async function findInstance(client: EC2Client, name: string): Promise<string> {
  const { Reservations = [] } = await client.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: [name] }] }),
  );
  return required(Reservations[0]?.Instances?.[0]?.InstanceId, name);
}
