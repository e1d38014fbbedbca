import {
  AddTagsCommand,
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild';
import { CreateResourceShareCommand, RAMClient } from '@aws-sdk/client-ram';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import {
  CreateDocumentCommand,
  ModifyDocumentPermissionCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { Tags } from '../company.ts';
import { type References, toText } from './references.ts';
import { required } from './required.ts';
import type { ComputePlace } from './seed-compute.ts';
import { toTags } from './seed-iam.ts';

/** A share of RAM. The emulator knows neither what is in it nor, in other accounts, that there is one. */
export interface ShareFact {
  readonly account: string;
  readonly share: Readonly<Record<string, unknown>> & { readonly resourceShareArn: string };
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly permission: string;
}

/** A parameter's policy, which the emulator does not keep. */
export interface ParameterPolicyFact {
  readonly account: string;
  readonly arn: string;
  readonly policy: string;
}

export async function seedBuilds({ id, region, clients, compute }: ComputePlace): Promise<void> {
  for (const [name, { role, source, environment = {}, tags }] of Object.entries(compute.builds ?? {})) {
    await clients.client(CodeBuildClient, id, region).send(
      new CreateProjectCommand({
        name,
        source: { type: 'GITHUB', location: source },
        artifacts: { type: 'NO_ARTIFACTS' },
        environment: {
          ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
          environmentVariables: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
        },
        serviceRole: `arn:aws:iam::${id}:role/${role}`,
        tags: toLowerTags(tags),
      }),
    );
  }
}

export async function seedWorkflows({ id, region, clients, compute }: ComputePlace): Promise<void> {
  for (const [name, { role, definition, tags }] of Object.entries(compute.workflows ?? {})) {
    await clients.client(SFNClient, id, region).send(
      new CreateStateMachineCommand({
        ...{ name, definition: JSON.stringify(definition), roleArn: `arn:aws:iam::${id}:role/${role}` },
        tags: toLowerTags(tags),
      }),
    );
  }
}

/** Builds parameters and documents; answers the parameters' policies. */
export async function seedSystemsManager(place: ComputePlace): Promise<readonly ParameterPolicyFact[]> {
  const { id, region, clients, references, compute, keys } = place;
  const client = clients.client(SSMClient, id, region);
  const policies: ParameterPolicyFact[] = [];
  for (const [Name, { value, key, advanced = false, policy, tags }] of Object.entries(compute.parameters ?? {})) {
    await client.send(
      new PutParameterCommand({
        ...{ Name, Value: value, Type: key === undefined ? 'String' : 'SecureString', Tags: toTags(tags) },
        Tier: advanced ? 'Advanced' : 'Standard',
        ...(key !== undefined && { KeyId: required(keys[key], key) }),
      }),
    );
    if (!policy) continue;
    const arn = `arn:aws:ssm:${region}:${id}:parameter/${Name.replace(/^\//, '')}`;
    policies.push({ account: id, arn, policy: toText(policy, references) });
  }
  for (const [Name, { content, sharedWith = [], tags }] of Object.entries(compute.documents ?? {})) {
    const Content = JSON.stringify(content);
    await client.send(
      new CreateDocumentCommand({ Name, Content, DocumentType: 'Command', DocumentFormat: 'JSON', Tags: toTags(tags) }),
    );
    const AccountIdsToAdd = idsOf(sharedWith, references);
    if (AccountIdsToAdd.length === 0) continue;
    await client.send(new ModifyDocumentPermissionCommand({ Name, PermissionType: 'Share', AccountIdsToAdd }));
  }
  return policies;
}

/** Shares resources by RAM; answers what the emulator does not tell of it. */
export async function seedShares({
  id,
  region,
  clients,
  references,
  compute,
}: ComputePlace): Promise<readonly ShareFact[]> {
  const facts: ShareFact[] = [];
  for (const [name, { resources, principals, permission }] of Object.entries(compute.shares ?? {})) {
    const resourceArns = idsOf(resources, references);
    const ids = idsOf(principals, references);
    const made = await clients
      .client(RAMClient, id, region)
      .send(new CreateResourceShareCommand({ name, resourceArns, principals: ids, allowExternalPrincipals: false }));
    const resourceShareArn = required(made.resourceShare?.resourceShareArn, name);
    const share = {
      ...{ resourceShareArn, name, owningAccountId: id, allowExternalPrincipals: false, status: 'ACTIVE' },
      creationTime: (made.resourceShare?.creationTime?.getTime() ?? 0) / 1000,
    };
    facts.push({ account: id, share, resources: resourceArns, principals: ids, permission });
  }
  return facts;
}

export async function seedTrails({ id, region, clients, compute }: ComputePlace): Promise<void> {
  const client = clients.client(CloudTrailClient, id, region);
  for (const [Name, { bucket, multiRegion = false, tags }] of Object.entries(compute.trails ?? {})) {
    const made = await client.send(
      new CreateTrailCommand({
        ...{ Name, S3BucketName: bucket, IsMultiRegionTrail: multiRegion, EnableLogFileValidation: true },
        IncludeGlobalServiceEvents: true,
      }),
    );
    const ResourceId = required(made.TrailARN, Name);
    await client.send(new AddTagsCommand({ ResourceId, TagsList: toTags(tags) }));
    const selector = { ReadWriteType: 'All', IncludeManagementEvents: true } as const;
    await client.send(new PutEventSelectorsCommand({ TrailName: ResourceId, EventSelectors: [selector] }));
    await client.send(new StartLoggingCommand({ Name: ResourceId }));
  }
}

function idsOf(names: readonly string[], references: References): string[] {
  return names.map((name) => toText(name, references).slice(1, -1));
}

function toLowerTags(tags: Tags | undefined) {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
}
