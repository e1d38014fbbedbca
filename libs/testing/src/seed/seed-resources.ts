import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateGrantCommand, CreateKeyCommand, CreateAliasCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand as PutAccountBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Account, Bucket, PublicAccessBlock } from '../company.ts';
import type { Accounts } from './clients.ts';
import { type References, toText } from './references.ts';
import { required } from './required.ts';
import { toTags } from './seed-iam.ts';

/** Builds one account's buckets, keys, queues and machines; answers its keys' ARNs by name. */
export async function seedResources(
  id: string,
  account: Account,
  clients: Accounts,
  references: References,
  homeRegion: string,
): Promise<Readonly<Record<string, string>>> {
  const keys: Record<string, string> = {};
  for (const [name, { region = homeRegion, description, policy, grants = [], tags }] of Object.entries(
    account.keys ?? {},
  )) {
    const client = clients.client(KMSClient, id, region);
    const answer = await client.send(
      new CreateKeyCommand({
        Description: description,
        Tags: Object.entries(tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
        ...(policy && { Policy: toText(policy, references) }),
      }),
    );
    const arn = required(answer.KeyMetadata?.Arn, name);
    keys[name] = arn;
    await client.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: arn }));
    for (const { grantee, operations } of grants) {
      await client.send(
        new CreateGrantCommand({
          KeyId: arn,
          GranteePrincipal: toText(grantee, references).slice(1, -1),
          Operations: [...operations],
        }),
      );
    }
  }
  if (account.blocksPublicAccess) {
    await clients.client(S3ControlClient, id).send(
      new PutAccountBlockCommand({
        AccountId: id,
        PublicAccessBlockConfiguration: toBlock(account.blocksPublicAccess),
      }),
    );
  }
  for (const [name, bucket] of Object.entries(account.buckets ?? {})) await seedBucket(name, bucket);
  for (const [name, { region = homeRegion, policy, key, tags }] of Object.entries(account.queues ?? {})) {
    await clients.client(SQSClient, id, region).send(
      new CreateQueueCommand({
        QueueName: name,
        Attributes: {
          ...(policy && { Policy: toText(policy, references) }),
          ...(key !== undefined && { KmsMasterKeyId: required(keys[key], key) }),
        },
        ...(tags && { tags }),
      }),
    );
  }
  await seedMachines();
  return keys;

  async function seedBucket(name: string, bucket: Bucket): Promise<void> {
    const region = bucket.region ?? homeRegion;
    const client = clients.client(S3Client, id, region);
    const place: { LocationConstraint: BucketLocationConstraint } = { LocationConstraint: toLocation(region) };
    await client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: place }));
    if (bucket.publicAccessBlock) {
      const block = toBlock(bucket.publicAccessBlock);
      await client.send(new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration: block }));
    }
    await client.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: name,
        OwnershipControls: { Rules: [{ ObjectOwnership: bucket.ownership ?? 'BucketOwnerEnforced' }] },
      }),
    );
    if (bucket.policy) {
      await client.send(new PutBucketPolicyCommand({ Bucket: name, Policy: toText(bucket.policy, references) }));
    }
    if (bucket.tags) {
      await client.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: toTags(bucket.tags) } }));
    }
    if (bucket.key !== undefined) {
      const rule = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: required(keys[bucket.key], bucket.key) };
      await client.send(
        new PutBucketEncryptionCommand({
          Bucket: name,
          ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] },
        }),
      );
    }
    for (const [Key, Body] of Object.entries(bucket.objects ?? {})) {
      await client.send(new PutObjectCommand({ Bucket: name, Key, Body }));
    }
  }

  async function seedMachines(): Promise<void> {
    const groups: Record<string, string> = {};
    for (const [name, { region = homeRegion, description }] of Object.entries(account.securityGroups ?? {})) {
      const answer = await clients
        .client(EC2Client, id, region)
        .send(new CreateSecurityGroupCommand({ GroupName: name, Description: description }));
      groups[name] = required(answer.GroupId, name);
    }
    for (const [name, { region = homeRegion, ingress }] of Object.entries(account.securityGroups ?? {})) {
      const permissions = ingress.map(({ port, from }) => ({
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        ...(groups[from] === undefined
          ? { IpRanges: [{ CidrIp: from }] }
          : { UserIdGroupPairs: [{ GroupId: groups[from] }] }),
      }));
      await clients.client(EC2Client, id, region).send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: required(groups[name], name),
          IpPermissions: permissions,
        }),
      );
    }
    for (const { region = homeRegion, profile, securityGroups, tags } of Object.values(account.instances ?? {})) {
      await clients.client(EC2Client, id, region).send(
        new RunInstancesCommand({
          ImageId: 'ami-12c6146b',
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
          SecurityGroupIds: securityGroups.map((name) => required(groups[name], name)),
          TagSpecifications: [{ ResourceType: 'instance', Tags: toTags(tags) }],
          ...(profile !== undefined && { IamInstanceProfile: { Name: profile } }),
        }),
      );
    }
  }
}

function toBlock(block: PublicAccessBlock) {
  const on = (name: 'BlockPublicAcls' | 'IgnorePublicAcls' | 'BlockPublicPolicy' | 'RestrictPublicBuckets') =>
    block === 'all' || block.includes(name);
  return {
    BlockPublicAcls: on('BlockPublicAcls'),
    IgnorePublicAcls: on('IgnorePublicAcls'),
    BlockPublicPolicy: on('BlockPublicPolicy'),
    RestrictPublicBuckets: on('RestrictPublicBuckets'),
  };
}

function toLocation(region: string): BucketLocationConstraint {
  if (region === 'eu-west-1' || region === 'eu-central-1') return region;
  throw new Error(`the sample company has no buckets in \`${region}\``);
}
