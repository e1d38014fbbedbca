import type { GraphEdge, Properties } from '@ag/model';
import type { Choices } from './choices.ts';
import type { Plan, PlannedAccount } from './plan.ts';
import type { ResourceLabel } from './plan-resources.ts';
import { vocabularies } from './vocabulary.ts';

interface Resource {
  readonly plan: Plan;
  readonly account: PlannedAccount;
  readonly label: ResourceLabel;
  readonly arn: string;
}

const made = '2025-03-01T08:00:00.000Z';
const groupUri = 'http://acs.amazonaws.com/groups/global/';

/** A kind's own properties, as its definition reads them; tags and policies stand elsewhere. */
export function propertiesOf(choices: Choices, resource: Resource): Properties {
  const { arn, label, account } = resource;
  const name = arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
  const createdAt = made;
  switch (label) {
    case 'S3Bucket':
      return bucket(choices, resource, name);
    case 'S3AccessPoint':
      return accessPoint(choices, resource, name);
    case 'KmsKey':
      return {
        keyId: name, aliasNames: [], keyManager: choices.chance(0.1) ? 'AWS' : 'CUSTOMER', state: 'Enabled', usage: 'ENCRYPT_DECRYPT',
        origin: 'AWS_KMS', multiRegion: false, createdAt, grants: JSON.stringify(grants(choices, resource)),
      };
    case 'SqsQueue':
      return { name, url: `https://sqs.eu-west-1.amazonaws.com/${account.id}/${name}`, retentionSeconds: 345_600, encryption: 'sqs' };
    case 'SnsTopic':
      return { name, fifo: false };
    case 'SecretsManagerSecret':
      return { name: arn.split(':').slice(6).join(':').replace(/-[0-9a-f]{6}$/, ''), rotates: false, createdAt };
    case 'LambdaFunction':
      return { name, runtime: 'nodejs22.x', packageType: 'Zip', architectures: ['arm64'], timeoutSeconds: 30, memoryBytes: 134_217_728, inVpc: false };
    case 'DynamoDbTable':
      return { name, state: 'ACTIVE', encryption: 'dynamodb', deletionProtected: choices.chance(0.5), createdAt };
    case 'SsmParameter':
      return { name: arn.slice(arn.indexOf(':parameter/') + 10), type: 'SecureString', tier: 'Advanced' };
    case 'Ec2Instance':
      return { instanceId: name, instanceType: 'm7g.large', state: 'running', requiresMetadataToken: true };
    case 'Ec2SecurityGroup':
      return { name: 'web', groupId: name, description: 'web', inboundRules: ['tcp 443 from 0.0.0.0/0'], outboundRules: ['all to 0.0.0.0/0'] };
    case 'Ec2Subnet':
      return { subnetId: name, cidrBlock: '10.0.1.0/24', availabilityZone: 'eu-west-1a', givesPublicAddress: false };
    case 'Ec2Vpc':
      return { vpcId: name, cidrBlocks: ['10.0.0.0/16'], isDefault: false };
    case 'EcrRepository':
      return { name: arn.slice(arn.indexOf('repository/') + 11), tagMutability: 'IMMUTABLE', scansOnPush: true, encryptionType: 'AES256', createdAt };
    case 'EventBridgeEventBus':
      return { name, createdAt };
    case 'EventBridgeRule':
      return { name, state: 'ENABLED' };
    case 'GlueDatabase':
      return { name, createdAt };
    case 'ApiGatewayRestApi':
      return { apiId: name, name: `api-${name}`, endpointTypes: ['REGIONAL'], defaultEndpoint: true, authorizationTypes: ['AWS_IAM'], createdAt };
    case 'S3TablesTableBucket':
      return { name, kind: 'customer', createdAt, encryptionAlgorithm: 'AES256' };
    case 'S3TablesTable':
      return { name: `table_${name}`, namespace: 'main', kind: 'customer', createdAt };
    case 'EfsFileSystem':
      return { fileSystemId: name, state: 'available', encrypted: true, createdAt };
    case 'StatesStateMachine':
      return { name, type: 'STANDARD', status: 'ACTIVE', createdAt };
    case 'RamResourceShare':
      return { name: `share-${name}`, status: 'ACTIVE', allowsOutsiders: choices.chance(0.5), createdAt };
  }
} // prettier-ignore

/** Edges to what a resource stands in, runs as, leads to or is encrypted with. */
export function edgesOf(choices: Choices, { plan, account, label, arn }: Resource): readonly GraphEdge[] {
  const { resources, principals } = account;
  const to = (type: string, ids: readonly string[]): readonly GraphEdge[] =>
    ids.length === 0 ? [] : [{ type, from: arn, to: choices.one(ids), properties: {} }];
  const [, , , region = ''] = arn.split(':');
  switch (label) {
    case 'S3Bucket':
    case 'SqsQueue':
    case 'SecretsManagerSecret':
      return choices.chance(0.3) ? to('ENCRYPTED_WITH', resources.KmsKey) : [];
    case 'LambdaFunction':
    case 'StatesStateMachine':
      return to(
        'RUNS_AS',
        principals.roles.filter(({ use }) => use === 'application').map((role) => role.arn),
      );
    case 'S3AccessPoint':
      return to('LEADS_TO', choices.chance(0.1) ? ['arn:aws:s3:::somebody-elses-bucket'] : resources.S3Bucket);
    case 'EcrRepository':
      return [{ type: 'IN_REGISTRY', from: arn, to: registryArn(account, region), properties: {} }];
    case 'EventBridgeRule':
      return to('ON_BUS', resources.EventBridgeEventBus);
    case 'GlueDatabase':
      return [{ type: 'IN_CATALOG', from: arn, to: catalogArn(account, region), properties: {} }];
    case 'S3TablesTable':
      return [{ type: 'IN_TABLE_BUCKET', from: arn, to: arn.slice(0, arn.indexOf('/table/')), properties: {} }];
    case 'Ec2Instance':
      return [...to('IN_SUBNET', resources.Ec2Subnet), ...to('IN_SECURITY_GROUP', resources.Ec2SecurityGroup)];
    case 'Ec2Subnet':
    case 'Ec2SecurityGroup':
      return to('IN_VPC', resources.Ec2Vpc);
    case 'RamResourceShare':
      return [
        ...to('SHARES', [...resources.SsmParameter, ...resources.Ec2Subnet]),
        ...to('SHARED_WITH', [choices.one(plan.accounts).id, choices.one(plan.outsiders)]),
      ];
    case 'KmsKey':
    case 'SnsTopic':
    case 'DynamoDbTable':
    case 'SsmParameter':
    case 'Ec2Vpc':
    case 'EventBridgeEventBus':
    case 'ApiGatewayRestApi':
    case 'S3TablesTableBucket':
    case 'EfsFileSystem':
      return [];
  }
}

/** Other names by which policies and edges know it. */
export function aliasesOf({ account, label, arn }: Pick<Resource, 'account' | 'label' | 'arn'>): readonly string[] {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const [, , , region = ''] = arn.split(':');
  if (label === 'KmsKey') return [name];
  return label === 'ApiGatewayRestApi' ? [`arn:aws:execute-api:${region}:${account.id}:${name}`] : [];
}

export function registryArn({ id }: PlannedAccount, region: string): string {
  return `arn:aws:ecr:${region}:${id}:registry/${id}`;
}

export function catalogArn({ id }: PlannedAccount, region: string): string {
  return `arn:aws:glue:${region}:${id}:catalog`;
}

function blocks(choices: Choices, probability: number): Properties {
  return {
    blocksPublicAcls: choices.chance(probability),
    ignoresPublicAcls: choices.chance(probability),
    blocksPublicPolicy: choices.chance(probability),
    restrictsPublicBuckets: choices.chance(probability),
  };
}

function bucket(choices: Choices, { plan, account }: Resource, name: string): Properties {
  const other = choices.one(plan.accounts).canonicalId;
  const owner = { granteeType: 'CanonicalUser', grantee: account.canonicalId, permission: 'FULL_CONTROL' };
  const isPublic = choices.chance(plan.knobs.public);
  const shared = choices.chance(plan.knobs.crossAccount * 0.5);
  const acl = [
    owner,
    ...(isPublic ? [{ granteeType: 'Group', grantee: `${groupUri}${choices.one(['AllUsers', 'AuthenticatedUsers'])}`, permission: choices.one(['READ', 'WRITE', 'FULL_CONTROL']) }] : []),
    ...(shared ? [{ granteeType: 'CanonicalUser', grantee: other, permission: choices.one(['READ', 'WRITE', 'READ_ACP']) }] : []),
  ];
  return {
    name,
    region: choices.one(['eu-west-1', 'us-east-1']),
    createdAt: made,
    ...blocks(choices, 0.5),
    objectOwnership: choices.weighted([[7, 'BucketOwnerEnforced'], [2, 'BucketOwnerPreferred'], [2, 'ObjectWriter']]),
    acl: JSON.stringify({ ownerCanonicalId: account.canonicalId, grants: acl }),
    encryptionAlgorithm: 'AES256',
    ...(choices.chance(0.6) && { abacEnabled: choices.chance(0.5) }),
  };
} // prettier-ignore

function accessPoint(choices: Choices, { account }: Resource, name: string): Properties {
  const inside = choices.chance(0.3);
  return {
    name,
    accessPointAlias: `${name}-s3alias`,
    bucketAccount: account.id,
    networkOrigin: inside ? 'VPC' : 'Internet',
    ...(inside && { vpcId: 'vpc-0123456789abcdef0' }),
    createdAt: made,
    ...blocks(choices, 0.7),
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
function grants(choices: Choices, { plan, account }: Resource): readonly object[] {
  if (!choices.chance(plan.knobs.crossAccount)) return [];
  const owner = choices.chance(0.6) ? account : choices.one(plan.accounts);
  const grantees = owner.principals.roles.map(({ arn }) => arn);
  const granteePrincipal = grantees.length > 0 && choices.chance(0.8) ? choices.one(grantees) : `arn:aws:iam::${choices.one(plan.outsiders)}:root`;
  const words = vocabularies.KmsKey?.actions ?? [];
  const [context] = choices.one([[], [{ EncryptionContextSubset: { stage: 'prod' } }], [{ EncryptionContextEquals: { team: account.team } }]]);
  return [
    {
      grantId: choices.hex(64),
      granteePrincipal,
      operations: choices.some(words.slice(0, 4).map((action) => action.slice(4)), 1, 3),
      ...(context && { constraints: context }),
      ...(choices.chance(0.3) && { retiringPrincipal: granteePrincipal }),
    },
  ];
} // prettier-ignore
