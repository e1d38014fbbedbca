import type { Cluster, DescribeTaskDefinitionCommandOutput, Service } from '@aws-sdk/client-ecs';
import type { GraphEdge, GraphNode, Place } from '@ag/model';
import { toKeyArn, toTags } from '@ag/resource';
import { ecsCluster, ecsService, ecsTaskDefinition } from './node-types.ts';

interface Made {
  readonly node: GraphNode;
  readonly edges: readonly GraphEdge[];
}

export function toClusterNode(cluster: Cluster, place: Place): Made {
  const arn = required(cluster.clusterArn, 'a cluster');
  const exec = cluster.configuration?.executeCommandConfiguration;
  return {
    node: ecsCluster.node(arn, {
      name: cluster.clusterName,
      status: cluster.status,
      execLogging: exec?.logging,
      tags: toTags(cluster.tags),
    }),
    edges: exec?.kmsKeyId ? [edge('ENCRYPTED_WITH', arn, toKeyArn(exec.kmsKeyId, place))] : [],
  };
}

/** What is kept of a task definition. */
export type KnownDefinition = ReturnType<typeof withoutSecrets>;

// Containers' environment variables and commands may hold secrets: of a container only the image stays.
export function withoutSecrets({ taskDefinition, tags }: DescribeTaskDefinitionCommandOutput) {
  const { family, revision, status, networkMode, taskRoleArn, executionRoleArn, registeredAt, registeredBy } =
    taskDefinition ?? {};
  return {
    ...{ family, revision, status, networkMode, registeredAt, registeredBy },
    taskRoleArn: taskRoleArn || undefined,
    executionRoleArn: executionRoleArn || undefined,
    images: (taskDefinition?.containerDefinitions ?? []).flatMap(({ image }) => image ?? []).sort(),
    tags: toTags(tags),
  };
}

export function toDefinitionNode(arn: string, definition: KnownDefinition): Made {
  const { family = '', revision = 0, registeredAt, ...rest } = definition;
  const values = { ...rest, name: `${family}:${revision}`, registeredAt: registeredAt?.toISOString() };
  return {
    node: ecsTaskDefinition.node(arn, values),
    edges: rolesOf(definition).map((role) => edge('RUNS_AS', arn, role)),
  };
}

export function toServiceNode(service: Service, definition: KnownDefinition | 'unread' | undefined): GraphNode {
  const known = definition === 'unread' ? undefined : definition;
  return ecsService.node(
    required(service.serviceArn, 'a service'),
    {
      name: service.serviceName,
      status: service.status,
      launchType: service.launchType,
      allowsExec: service.enableExecuteCommand ?? false,
      taskRoleArn: known?.taskRoleArn,
      executionRoleArn: known?.executionRoleArn,
      createdAt: service.createdAt?.toISOString(),
      createdBy: service.createdBy,
      tags: toTags(service.tags),
    },
    { unread: definition === 'unread' ? ['ecs:DescribeTaskDefinition'] : [] },
  );
}

/** A service acts as the roles of the definition that its tasks are made by. */
export function toEdges(service: Service, definition: KnownDefinition | undefined): readonly GraphEdge[] {
  const arn = required(service.serviceArn, 'a service');
  return [
    ...(service.clusterArn ? [edge('IN_CLUSTER', arn, service.clusterArn)] : []),
    ...(service.taskDefinition ? [edge('USES', arn, service.taskDefinition)] : []),
    ...rolesOf(definition).map((role) => edge('RUNS_AS', arn, role)),
  ];
}

function rolesOf(definition: KnownDefinition | undefined): readonly string[] {
  return [...new Set([definition?.taskRoleArn, definition?.executionRoleArn])].flatMap((role) => role ?? []);
}

function edge(type: string, from: string, to: string): GraphEdge {
  return { type, from, to, properties: {} };
}

function required(arn: string | undefined, what: string): string {
  if (arn === undefined) throw new Error(`ECS describes ${what} without its ARN`);
  return arn;
}
