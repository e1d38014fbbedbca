import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateClusterCommand as CreateKubernetesCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  EKSClient,
} from '@aws-sdk/client-eks';
import type { KubernetesCluster } from '../compute.ts';
import type { ComputePlace } from './seed-compute.ts';
import { stableId } from './stable-id.ts';

/** Who gets into a Kubernetes cluster, as EKS describes it. The emulator has no access entries. */
export interface AccessEntryFact {
  readonly account: string;
  readonly cluster: string;
  readonly entry: Readonly<Record<string, unknown>> & { readonly principalArn: string };
  readonly policies: readonly Readonly<Record<string, unknown>>[];
}

/** Roles of pods, as EKS describes them. The emulator has no pod identities. */
export interface PodIdentityFact {
  readonly account: string;
  readonly cluster: string;
  readonly association: Readonly<Record<string, string>> & { readonly associationId: string };
}

/** Builds clusters of containers, each with one service. */
export async function seedContainers({ id, region, clients, compute }: ComputePlace): Promise<void> {
  const client = clients.client(ECSClient, id, region);
  for (const [name, { role, executionRole, image, environment = {}, tags = {} }] of Object.entries(
    compute.containers ?? {},
  )) {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    await client.send(new CreateClusterCommand({ clusterName: name, tags: list }));
    const variables = Object.entries(environment).map(([key, value]) => ({ name: key, value }));
    await client.send(
      new RegisterTaskDefinitionCommand({
        ...{ family: name, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
        taskRoleArn: `arn:aws:iam::${id}:role/${role}`,
        executionRoleArn: `arn:aws:iam::${id}:role/${executionRole}`,
        containerDefinitions: [{ name, image, environment: variables }],
      }),
    );
    await client.send(
      new CreateServiceCommand({
        ...{ cluster: name, serviceName: name, taskDefinition: `${name}:1`, desiredCount: 2, launchType: 'FARGATE' },
        ...{ tags: list, enableExecuteCommand: true },
      }),
    );
  }
}

interface KubernetesFacts {
  readonly accessEntries: readonly AccessEntryFact[];
  readonly podIdentities: readonly PodIdentityFact[];
}

/** Builds Kubernetes clusters; answers who gets in and what their pods run as. */
export async function seedKubernetes({ id, region, clients, compute }: ComputePlace): Promise<KubernetesFacts> {
  const client = clients.client(EKSClient, id, region);
  const roleArn = (name: string) => `arn:aws:iam::${id}:role/${name}`;
  const accessEntries: AccessEntryFact[] = [];
  const podIdentities: PodIdentityFact[] = [];
  const subnets = ['subnet-fleet-a', 'subnet-fleet-b'];
  for (const [name, cluster] of Object.entries(compute.kubernetes ?? {})) {
    const { role, nodeRole, podRole } = cluster;
    const network = { subnetIds: subnets, endpointPublicAccess: true };
    await client.send(new CreateKubernetesCommand({ name, roleArn: roleArn(role), resourcesVpcConfig: network }));
    await client.send(
      new CreateNodegroupCommand({ clusterName: name, nodegroupName: 'workers', nodeRole: roleArn(nodeRole), subnets }),
    );
    await client.send(
      new CreateFargateProfileCommand({
        ...{ clusterName: name, fargateProfileName: 'simulation', podExecutionRoleArn: roleArn(podRole) },
        selectors: [{ namespace: 'simulation' }],
      }),
    );
    accessEntries.push(...entriesOf(id, region, name, cluster));
    podIdentities.push(...associationsOf(id, region, name, cluster));
  }
  return { accessEntries, podIdentities };
}

const madeAt = Date.parse('2026-09-01T10:00:00Z') / 1000;

function entriesOf(account: string, region: string, cluster: string, described: KubernetesCluster): AccessEntryFact[] {
  return described.access.map(({ role, policy, namespaces = [] }) => ({
    ...{ account, cluster },
    entry: {
      clusterName: cluster,
      principalArn: `arn:aws:iam::${account}:role/${role}`,
      kubernetesGroups: [],
      accessEntryArn: `arn:aws:eks:${region}:${account}:access-entry/${cluster}/role/${account}/${role}/${stableId(account, cluster, role)}`,
      ...{ createdAt: madeAt, modifiedAt: madeAt, tags: {}, type: 'STANDARD' },
      username: `arn:aws:sts::${account}:assumed-role/${role}/{{SessionName}}`,
    },
    policies: [
      {
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
        accessScope: { type: namespaces.length > 0 ? 'namespace' : 'cluster', namespaces },
        ...{ associatedAt: madeAt, modifiedAt: madeAt },
      },
    ],
  }));
}

function associationsOf(
  account: string,
  region: string,
  cluster: string,
  described: KubernetesCluster,
): PodIdentityFact[] {
  return described.podIdentities.map(({ namespace, serviceAccount, role }) => {
    const associationId = `a-${stableId(account, cluster, namespace, serviceAccount).replaceAll('-', '').slice(0, 17)}`;
    const associationArn = `arn:aws:eks:${region}:${account}:podidentityassociation/${cluster}/${associationId}`;
    return {
      ...{ account, cluster },
      association: {
        ...{ clusterName: cluster, namespace, serviceAccount, associationId, associationArn },
        roleArn: `arn:aws:iam::${account}:role/${role}`,
      },
    };
  });
}
