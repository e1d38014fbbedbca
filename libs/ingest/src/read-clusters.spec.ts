import { expect, test } from 'vitest';
import { account, failure, gapsOf, readFromStub } from './read-from-stub.ts';

const ecs = `arn:aws:ecs:eu-west-1:${account}`;
const eks = `arn:aws:eks:eu-west-1:${account}`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const canary = 'northwind-canary';

const definition = (name: string) => `${ecs}:task-definition/${name}:1`;
const service = (name: string, uses: string) => ({
  ...{ serviceArn: `${ecs}:service/shop/${name}`, serviceName: name, clusterArn: `${ecs}:cluster/shop` },
  ...{ taskDefinition: definition(uses), enableExecuteCommand: true, tags: [{ key: 'team', value: 'shop' }] },
});
const containers = {
  ListClusters: { clusterArns: [`${ecs}:cluster/shop`] },
  DescribeClusters: {
    clusters: [{ clusterArn: `${ecs}:cluster/shop`, clusterName: 'shop', runningTasksCount: 3 }],
    failures: [],
  },
  ListServices: { serviceArns: ['a', 'b', 'c'].map((name) => `${ecs}:service/shop/${name}`) },
  DescribeServices: { services: [service('a', 'web'), service('b', 'web'), service('c', 'job')], failures: [] },
  DescribeTaskDefinition: ({ body }: { readonly body: string }) => {
    const family = body.includes('/web:') ? 'web' : 'job';
    return {
      taskDefinition: {
        ...{ family, revision: 1, executionRoleArn: role('start'), taskRoleArn: family === 'web' ? role('web') : '' },
        containerDefinitions: [
          {
            ...{ image: `${family}:7`, environment: [{ name: 'TOKEN', value: canary }], command: ['--token', canary] },
            secrets: [{ name: 'DB', valueFrom: canary }],
          },
        ],
      },
      tags: [],
    };
  },
};

function runsAs(parts: Awaited<ReturnType<typeof readFromStub>>['parts'], label: string): readonly string[] {
  const edges = parts.filter(({ resource }) => resource === label).flatMap((part) => part.edges);
  return edges.filter(({ type }) => type === 'RUNS_AS').map(({ from, to }) => `${from.split('/').at(-1) ?? ''} ${to}`);
}

test('services run as the roles of their definition, which is read once however many use it', async () => {
  const { parts, asked } = await readFromStub(['EcsCluster'], containers);

  expect(gapsOf(parts)).toEqual([]);
  expect(runsAs(parts, 'EcsService')).toEqual([
    `a ${role('web')}`,
    `a ${role('start')}`,
    `b ${role('web')}`,
    `b ${role('start')}`,
    `c ${role('start')}`,
  ]);
  expect(runsAs(parts, 'EcsTaskDefinition')).toEqual([
    `job:1 ${role('start')}`,
    `web:1 ${role('web')}`,
    `web:1 ${role('start')}`,
  ]);
  expect(asked.filter((operation) => operation === 'DescribeTaskDefinition')).toHaveLength(2);
  expect(JSON.stringify(parts)).not.toContain(canary);
});

test('twenty-one services are described in three questions', async () => {
  const arns = Array.from({ length: 21 }, (_, index) => `${ecs}:service/shop/s${index}`);
  const { asked } = await readFromStub(['EcsCluster'], {
    ...containers,
    ListServices: { serviceArns: arns },
    DescribeServices: { services: [], failures: [] },
  });

  expect(asked.filter((operation) => operation === 'DescribeServices')).toHaveLength(3);
});

test('a definition that is denied is a gap of it and of the services that use it', async () => {
  const { DescribeTaskDefinition: _, ...others } = containers;
  const { parts } = await readFromStub(['EcsCluster'], others);

  const action = 'ecs:DescribeTaskDefinition denied';
  expect([...gapsOf(parts)].sort()).toEqual(
    [
      ...[`${action} ${definition('job')}`, `${action} ${definition('web')}`],
      ...['a', 'b', 'c'].map((name) => `${action} ${ecs}:service/shop/${name}`),
    ].sort(),
  );
  const unread = parts.flatMap(({ nodes }) => nodes).filter(({ properties }) => properties['unread'] !== undefined);
  expect(unread).toHaveLength(5);
});

test('a service that has gone since is none, and one that is not described for another reason is not absent', async () => {
  const gone = { arn: `${ecs}:service/shop/a`, reason: 'MISSING' };
  const without = { ...containers, DescribeServices: { services: [service('b', 'web')], failures: [gone] } };
  const broken = { ...containers, DescribeServices: { services: [], failures: [{ ...gone, reason: 'INTERNAL' }] } };

  expect(gapsOf((await readFromStub(['EcsCluster'], without)).parts)).toEqual([]);
  expect(gapsOf((await readFromStub(['EcsCluster'], broken)).parts)).toEqual([
    ...['EcsService unexpected', 'ecs:DescribeServices unexpected'],
    ...['EcsTaskDefinition unexpected', 'ecs:DescribeServices unexpected'],
  ]);
});

test('clusters that may not be listed leave no kind of theirs complete', async () => {
  const { parts } = await readFromStub(['EcsCluster'], {});

  expect(gapsOf(parts)).toEqual(
    ['EcsCluster', 'EcsService', 'EcsTaskDefinition'].flatMap((label) => [
      `${label} denied`,
      'ecs:ListClusters denied',
    ]),
  );
});

const entries = `${eks}:access-entry/fleet/role/${account}`;
const kubernetes = {
  'GET /clusters?maxResults=100': { clusters: ['fleet', 'old'] },
  'GET /clusters/fleet': {
    cluster: {
      ...{ name: 'fleet', roleArn: role('control'), accessConfig: { authenticationMode: 'API' } },
      resourcesVpcConfig: { vpcId: 'vpc-1', endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] },
      encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: `arn:aws:kms:eu-west-1:${account}:key/1` } }],
      certificateAuthority: { data: canary },
    },
  },
  'GET /clusters/fleet/access-entries?maxResults=100': { accessEntries: [role('ops'), role('gone')] },
  'GET /clusters/old/access-entries?maxResults=100': failure(
    'InvalidRequestException',
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  ),
  [`GET /clusters/fleet/access-entries/${role('ops')}`]: {
    accessEntry: {
      ...{ clusterName: 'fleet', principalArn: role('ops'), accessEntryArn: `${entries}/ops/1`, type: 'STANDARD' },
      ...{ username: 'ops', kubernetesGroups: ['viewers'], createdAt: 1788256800, modifiedAt: 1788256800, tags: {} },
    },
  },
  [`GET /clusters/fleet/access-entries/${role('gone')}`]: failure('ResourceNotFoundException'),
  [`GET /clusters/fleet/access-entries/${role('ops')}/access-policies?maxResults=100`]: {
    associatedAccessPolicies: [
      { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy', accessScope: { type: 'cluster' } },
    ],
  },
};

test('an access entry says who gets in, with which policies; a cluster that has none by its mode is no gap', async () => {
  const { parts } = await readFromStub(['EksAccessEntry'], kubernetes);

  expect(gapsOf(parts)).toEqual([]);
  expect(parts[0]?.nodes).toEqual([
    {
      id: `${entries}/ops/1`,
      labels: ['EksAccessEntry', 'AwsResource'],
      properties: {
        ...{ account, region: 'eu-west-1', arn: `${entries}/ops/1`, name: 'ops', type: 'STANDARD', tags: [] },
        ...{ kubernetesGroups: ['viewers'], accessPolicyNames: ['AmazonEKSAdminPolicy'] },
        accessPolicies: JSON.stringify([
          {
            policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy',
            scope: 'cluster',
            namespaces: [],
          },
        ]),
        ...{ createdAt: '2026-09-01T10:00:00.000Z', modifiedAt: '2026-09-01T10:00:00.000Z' },
      },
    },
  ]);
  expect(parts[0]?.edges.map(({ type, to }) => `${type} ${to}`)).toEqual([
    `ADMITS ${role('ops')}`,
    `IN_CLUSTER ${eks}:cluster/fleet`,
  ]);
});

test('entries of one cluster that may not be listed leave the others, as partial', async () => {
  const { parts } = await readFromStub(['EksAccessEntry'], {
    ...kubernetes,
    'GET /clusters/old/access-entries?maxResults=100': failure('AccessDeniedException'),
  });

  expect(gapsOf(parts)).toEqual(['EksAccessEntry partial', 'eks:ListAccessEntries denied']);
  expect(parts[0]?.nodes).toHaveLength(1);
});

test('a cluster runs as its role; one that may not be described is there, and its role is unread', async () => {
  const { parts } = await readFromStub(['EksCluster'], kubernetes);

  expect(gapsOf(parts)).toEqual([`eks:DescribeCluster denied ${eks}:cluster/old`]);
  expect(parts[0]?.edges.map(({ type, to }) => `${type} ${to}`)).toEqual([
    `RUNS_AS ${role('control')}`,
    `ENCRYPTED_WITH arn:aws:kms:eu-west-1:${account}:key/1`,
    'IN_VPC vpc-1',
  ]);
  expect(parts[0]?.nodes.map(({ id, properties }) => [id, properties['publicCidrs'], properties['unread']])).toEqual([
    [`${eks}:cluster/fleet`, ['0.0.0.0/0'], undefined],
    [`${eks}:cluster/old`, undefined, ['eks:DescribeCluster']],
  ]);
});
