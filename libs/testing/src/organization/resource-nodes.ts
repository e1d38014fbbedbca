import type { GraphEdge, GraphNode, Place, PropertyValue } from '@ag/model';
import { encodeTags } from '@ag/model';
import { type CollectedPart, policyNodes, policyProperty, toNode } from '@ag/resource';
import { type Choices, choicesOf } from './choices.ts';
import type { Texts } from './document.ts';
import { spoilt, tagsFor } from './identities.ts';
import type { Plan, PlannedAccount } from './plan.ts';
import { type ResourceLabel, resourceLabels } from './plan-resources.ts';
import { aliasesOf, edgesOf, propertiesOf } from './resource-properties.ts';
import { resourceStatements, withPolicies } from './resource-policies.ts';

/** What is read when the policy of a kind is. */
const readingActions: Partial<Record<ResourceLabel, string>> = {
  S3Bucket: 's3:GetBucketPolicy', S3AccessPoint: 's3:GetAccessPointPolicy', KmsKey: 'kms:GetKeyPolicy', SqsQueue: 'sqs:GetQueueAttributes',
  SnsTopic: 'sns:GetTopicAttributes', SecretsManagerSecret: 'secretsmanager:GetResourcePolicy', LambdaFunction: 'lambda:GetPolicy',
  DynamoDbTable: 'dynamodb:GetResourcePolicy', EcrRepository: 'ecr:GetRepositoryPolicy',
}; // prettier-ignore

/** Further facts that may be unread, by kind. */
const otherUnread: Partial<Record<ResourceLabel, readonly string[]>> = {
  S3Bucket: ['s3:GetBucketPublicAccessBlock', 's3:GetBucketAcl', 's3:GetBucketTagging'],
  KmsKey: ['kms:ListGrants', 'kms:ListResourceTags'],
  S3AccessPoint: ['s3:GetAccessPoint'],
};

/** Which properties rest on an action that is unread. */
const restsOn: Readonly<Record<string, readonly string[]>> = {
  's3:GetBucketPublicAccessBlock': ['blocksPublicAcls', 'ignoresPublicAcls', 'blocksPublicPolicy', 'restrictsPublicBuckets'],
  's3:GetAccessPoint': ['blocksPublicAcls', 'ignoresPublicAcls', 'blocksPublicPolicy', 'restrictsPublicBuckets', 'createdAt'],
  's3:GetBucketAcl': ['acl'],
  's3:GetBucketTagging': ['tags'],
  'kms:ListResourceTags': ['tags'],
  'kms:ListGrants': ['grants'],
}; // prettier-ignore

/** An account's resources of every kind, one part each. */
export function resourceParts(plan: Plan, account: PlannedAccount, texts: Texts): readonly CollectedPart[] {
  return resourceLabels.map((label) => {
    const made = account.resources[label].map((arn) => makeResource({ plan, account, texts, label, arn }));
    return {
      resource: label,
      state: 'complete',
      nodes: made.flatMap(({ nodes }) => nodes),
      edges: made.flatMap(({ edges }) => edges),
      gaps: made.flatMap(({ node, unread }) =>
        unread.map((action) => ({
          place: placeOf(account, label),
          resource: label,
          action,
          arn: node.id,
          reason: 'denied' as const,
          message: `not authorized to perform: ${action}`,
        })),
      ),
    };
  });
}

/** Where a kind is listed; every region of it counts as one here. */
export function placeOf({ id }: PlannedAccount, label: string): Place {
  const global = label.startsWith('Iam') || label === 'S3Bucket' || label === 'S3AccountPublicAccessBlock';
  return { partition: 'aws', account: id, region: global ? 'global' : 'eu-west-1' };
}

interface Made {
  readonly node: GraphNode;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly unread: readonly string[];
}

function makeResource(of: {
  readonly plan: Plan;
  readonly account: PlannedAccount;
  readonly texts: Texts;
  readonly label: ResourceLabel;
  readonly arn: string;
}): Made {
  const { plan, account, texts, label, arn } = of;
  const choices = choicesOf(plan.seed, arn);
  const statements = resourceStatements(choices, of);
  const kind = label === 'S3AccessPoint' ? 'accessPoint' : 'resource';
  const text = statements.length > 0 ? spoilt(choices, plan, texts.of(statements, versionFor(choices, plan))) : undefined;
  const parsed = text === undefined ? undefined : policyNodes(arn, kind, text);
  const unreadFact = choices.chance(plan.knobs.unread) ? choices.some(otherUnread[label] ?? [], 0, 1) : [];
  const policyAction = readingActions[label];
  const policyUnread = policyAction !== undefined && (parsed?.ok === false || choices.chance(plan.knobs.unread));
  const unread = [...unreadFact, ...(policyUnread ? [policyAction] : [])];
  const hidden = new Set(unread.flatMap((action) => restsOn[action] ?? []));

  const properties: Record<string, PropertyValue | undefined> = {
    account: account.id,
    ...propertiesOf(choices, of),
    tags: encodeTags(Object.fromEntries(tagsFor(choices, plan).map(({ Key, Value }) => [Key, Value]))),
    ...(!policyUnread && parsed?.ok === true && { [policyProperty(kind)]: text }),
    ...(choices.chance(plan.knobs.missing) && { missingSince: '2026-11-24T08:00:00.000Z' }),
  };
  if (!taggable(label)) delete properties['tags'];
  for (const name of hidden) delete properties[name];
  const node = toNode(arn, [label, 'AwsResource'], properties, {
    aliases: aliasesOf(of),
    unread,
    unreadPolicies: policyUnread && withPolicies.includes(label) ? [kind] : [],
  });
  const held = !policyUnread && parsed?.ok === true ? parsed : { nodes: [], edges: [] };
  const edges = [...edgesOf(choices, of), ...held.edges];
  return { node, nodes: [node, ...held.nodes], edges, unread };
} // prettier-ignore

function taggable(label: ResourceLabel): boolean {
  return label !== 'GlueDatabase' && label !== 'S3TablesTable' && label !== 'EventBridgeRule';
}

function versionFor(choices: Choices, { knobs }: Plan): string {
  return choices.chance(knobs.oldVersions) ? '2008-10-17' : '2012-10-17';
}
