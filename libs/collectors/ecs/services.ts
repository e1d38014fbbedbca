import {
  type Cluster,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Failure,
  type Service,
  paginateListClusters,
  paginateListServices,
} from '@aws-sdk/client-ecs';
import { type Draft, type Reader, type ReaderContext, draftPart } from '@ag/resource';
import { ecsCluster, ecsService, ecsTaskDefinition } from './node-types.ts';
import {
  type KnownDefinition,
  toClusterNode,
  toDefinitionNode,
  toEdges,
  toServiceNode,
  withoutSecrets,
} from './to-nodes.ts';

const describeDefinition = 'ecs:DescribeTaskDefinition';

/** Clusters, the services in them, and the task definitions that those use: each is asked for once, however many use it. */
export const ecsServices: Reader = {
  name: 'ecs/services',
  description: 'ECS: clusters, services and the task definitions that they use, with the roles of the containers.',
  scope: 'regional',
  types: [ecsCluster, ecsService, ecsTaskDefinition],
  actions: ['ecs:ListClusters', 'ecs:DescribeClusters', 'ecs:ListServices', 'ecs:DescribeServices', describeDefinition],

  async read(context) {
    const drafts = {
      clusters: draftPart(ecsCluster.label),
      services: draftPart(ecsService.label),
      definitions: draftPart(ecsTaskDefinition.label),
    };
    const clusterArns = await listClusters(context, [drafts.clusters, drafts.services, drafts.definitions]);
    await readClusters(context, clusterArns, drafts.clusters);
    const services = await readServices(context, clusterArns, [drafts.services, drafts.definitions]);
    const definitions = await readDefinitions(context, services, drafts);
    for (const service of services) {
      const definition = definitions.get(service.taskDefinition ?? '');
      drafts.services.add(toServiceNode(service, definition));
      for (const edge of toEdges(service, definition === 'unread' ? undefined : definition))
        drafts.services.connect(edge);
    }
    return [drafts.clusters.toPart(), drafts.services.toPart(), drafts.definitions.toPart()];
  },
};

/** A listing that fails is one of every kind that rests on it. */
async function listClusters(context: ReaderContext, drafts: readonly Draft[]): Promise<readonly string[]> {
  const listed = await context.attempt({ action: 'ecs:ListClusters', resource: ecsCluster.label }, async () => {
    const arns: string[] = [];
    const pages = paginateListClusters({ client: context.client(ECSClient), pageSize: 100 }, {});
    for await (const page of pages) arns.push(...(page.clusterArns ?? []));
    return arns;
  });
  for (const draft of drafts) draft.listed(listed);
  return listed.ok === true ? listed.value : [];
}

async function readClusters(context: ReaderContext, arns: readonly string[], draft: Draft): Promise<void> {
  await context.each(inGroups(arns, 100), async (clusters) => {
    const call = { action: 'ecs:DescribeClusters', resource: ecsCluster.label } as const;
    const described = await context.attempt(call, async (): Promise<readonly Cluster[]> => {
      const command = new DescribeClustersCommand({ clusters, include: ['TAGS', 'CONFIGURATIONS'] });
      const answer = await context.client(ECSClient).send(command);
      refuseFailures(answer.failures);
      return answer.clusters ?? [];
    });
    for (const cluster of draft.listed(described)) {
      const { node, edges } = toClusterNode(cluster, context.place);
      draft.add(node);
      edges.forEach(draft.connect);
    }
  });
}

async function readServices(
  context: ReaderContext,
  clusters: readonly string[],
  drafts: readonly Draft[],
): Promise<readonly Service[]> {
  const found = await context.each(clusters, async (cluster) => {
    const list = { action: 'ecs:ListServices', resource: ecsService.label } as const;
    const listed = await context.attempt(list, async () => {
      const arns: string[] = [];
      const pages = paginateListServices({ client: context.client(ECSClient), pageSize: 100 }, { cluster });
      for await (const page of pages) arns.push(...(page.serviceArns ?? []));
      return arns;
    });
    for (const draft of drafts) draft.listed(listed);
    return describeServices(context, cluster, listed.ok === true ? listed.value : [], drafts);
  });
  return found.flat();
}

// As many as one question may name.
const servicesAtOnce = 10;

async function describeServices(
  context: ReaderContext,
  cluster: string,
  arns: readonly string[],
  drafts: readonly Draft[],
): Promise<readonly Service[]> {
  const found = await context.each(inGroups(arns, servicesAtOnce), async (services) => {
    const call = { action: 'ecs:DescribeServices', resource: ecsService.label } as const;
    const described = await context.attempt(call, async (): Promise<readonly Service[]> => {
      const answer = await context
        .client(ECSClient)
        .send(new DescribeServicesCommand({ cluster, services, include: ['TAGS'] }));
      refuseFailures(answer.failures);
      return answer.services ?? [];
    });
    for (const draft of drafts) draft.listed(described);
    return described.ok === true ? described.value : [];
  });
  return found.flat();
}

interface Drafts {
  readonly services: Draft;
  readonly definitions: Draft;
}

/** The definitions in use, by ARN; `unread` where one could not be read, which is a gap of it and of every service that uses it. */
async function readDefinitions(
  context: ReaderContext,
  services: readonly Service[],
  { services: draft, definitions }: Drafts,
): Promise<ReadonlyMap<string, KnownDefinition | 'unread'>> {
  const arns = [...new Set(services.flatMap(({ taskDefinition }) => taskDefinition ?? []))].sort();
  const read = await context.each(
    arns,
    async (arn): Promise<readonly [string, KnownDefinition | 'unread'] | undefined> => {
      const call = { action: describeDefinition, resource: ecsTaskDefinition.label, arn } as const;
      const described = await context.attempt(call, async () => {
        const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] });
        return withoutSecrets(await context.client(ECSClient).send(command));
      });
      if (described.ok === 'notFound') return undefined;
      if (described.ok) {
        const { node, edges } = toDefinitionNode(arn, described.value);
        definitions.add(node);
        edges.forEach(definitions.connect);
        return [arn, described.value];
      }
      // That there is such a definition is known.
      definitions.miss(described.gap);
      definitions.add(ecsTaskDefinition.node(arn, {}, { unread: [describeDefinition] }));
      for (const { serviceArn, taskDefinition } of services) {
        if (taskDefinition === arn && serviceArn !== undefined) draft.miss({ ...described.gap, arn: serviceArn });
      }
      return [arn, 'unread'];
    },
  );
  return new Map(read.filter((one) => one !== undefined));
}

/** What has gone since it was listed is no failure; of any other we do not know what was not told. */
function refuseFailures(failures: readonly Failure[] = []): void {
  const failed = failures.find(({ reason }) => reason !== 'MISSING');
  if (failed) throw new Error(`ECS does not describe \`${failed.arn ?? ''}\`: ${failed.reason ?? 'no reason given'}`);
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
