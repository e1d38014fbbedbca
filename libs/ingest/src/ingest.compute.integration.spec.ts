import { registry } from '@ag/collectors';
import { type Connection, openConnection, quietSdk } from '@ag/connect';
import type { GraphEdge, Place } from '@ag/model';
import { type Collected, type CollectedPart, actionsOf } from '@ag/resource';
import { type FaultProxy, type Seeded, readerRole, sampleCompany, seed, startFaultProxy } from '@ag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { readDefinition } from './read-definition.ts';
import { readReader } from './read-reader.ts';
import { createRunMemory } from './run-memory.ts';

// What runs in the sample company and what it shares, read from the emulator, and where it has no answer from the proxy.

quietSdk();

const services = /^(cloudtrail|codebuild|ecs|eks|lambda|ram|rolesanywhere|ssm|states):/;
const definitions = registry.definitions.filter(({ list }) => services.test(list.action));
const readers = registry.readers.filter(({ name }) => name.startsWith('ecs/'));
const canary = /canary|sk_live/i;

let seeded: Seeded;
let proxy: FaultProxy;
let connection: Connection;

beforeAll(async () => {
  const endpoint = inject('awsEndpoint');
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint, company: sampleCompany });
  proxy = await startFaultProxy({ upstream: endpoint, seeded });
  connection = await openConnection(
    {
      endpointUrl: proxy.endpoint,
      roleName: readerRole.name,
      externalId: readerRole.externalId,
      regions: ['eu-west-1'],
    },
    { credentials: () => Promise.resolve({ accessKeyId: 'demo', secretAccessKey: 'demo' }) },
  );
}, 120_000);
afterAll(() => proxy.stop());

/** Reads every kind in an account, or those that need an action. */
async function readAccount(name: string, action?: string): Promise<Collected> {
  const account = seeded.accounts[name] ?? '';
  const place: Place = { partition: 'aws', account, region: 'eu-west-1' };
  const clients = createAwsClients({ connection });
  const scope = clients.openScope(place);
  const needs = (actions: readonly string[]) => action === undefined || actions.includes(action);
  const memory = createRunMemory(readers.flatMap(({ needs = {} }) => needs));
  const parts: CollectedPart[] = [];
  for (const definition of definitions.filter((one) => needs(actionsOf(one)))) {
    parts.push(await readDefinition(definition, { client: scope.client(definition.client), place }));
  }
  for (const reader of readers.filter((one) => needs(one.actions))) {
    parts.push(...(await readReader(reader, { place, regions: [], accounts: [], clients: scope, memory })));
  }
  scope.close();
  clients.close();
  return parts;
}

/** Text with the ids that the emulator gave as the description names them. */
function named(text: string): string {
  const names = Object.entries(seeded.accounts);
  return text
    .replace(/\d{12}/g, (id) => `<${names.find(([, known]) => known === id)?.[0] ?? id}>`)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{17,}\b/g, '<id>')
    .replace(/\/id\/[0-9A-F]{32}/, '/id/<ID>');
}

/** Every node but statements: its label, its id and its own properties. Moments are left out, most are of this minute. */
function nodesOf(parts: Collected): unknown {
  const nodes = parts
    .flatMap((part) => part.nodes)
    .filter(({ labels: [label] }) => label !== 'PolicyStatement')
    .map(({ id, labels: [label], properties }) => {
      const { account: _account, region: _region, arn: _arn, ...own } = properties;
      const kept = Object.entries(own).filter(([name]) => !name.endsWith('At'));
      return { label, id, ...Object.fromEntries(kept.map(([name, value]) => [name, parsed(value)])) };
    });
  return JSON.parse(named(JSON.stringify(nodes)));
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

/** Every edge but those to statements, as a sentence, sorted. */
function edgesOf(parts: Collected): readonly string[] {
  const edges = parts.flatMap((part) => part.edges).filter(({ type }) => type !== 'HAS_STATEMENT');
  const sentence = ({ type, from, to }: GraphEdge) => named(`${type} ${from} -> ${to}`).replaceAll('arn:aws:', '');
  return edges.map(sentence).sort();
}

test('functions, containers, a workflow and what is looked up in production are read as they were described', async () => {
  const parts = await readAccount('production');

  expect(parts.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(nodesOf(parts)).toEqual([
    {
      label: 'LambdaEventSourceMapping',
      id: 'arn:aws:lambda:eu-west-1:<production>:event-source-mapping:<id>',
      name: '<id>',
      state: 'Enabled',
    },
    {
      label: 'LambdaFunctionAlias',
      id: 'arn:aws:lambda:eu-west-1:<production>:function:order-intake:live',
      name: 'live',
      description: '',
      versions: ['1'],
      resourcePolicy: {
        Version: '2012-10-17',
        Id: 'default',
        Statement: [
          {
            Action: 'lambda:InvokeFunction',
            Principal: {
              AWS: 'arn:aws:iam::<shared>:role/github-release',
            },
            Effect: 'Allow',
            Resource: 'arn:aws:lambda:eu-west-1:<production>:function:order-intake:live',
            Sid: 'invoke-0',
          },
        ],
      },
    },
    {
      label: 'LambdaFunctionUrl',
      id: 'https://<id>.lambda-url.eu-west-1.on.aws/',
      name: 'https://<id>.lambda-url.eu-west-1.on.aws/',
      authType: 'AWS_IAM',
      invokeMode: 'BUFFERED',
      allowedOrigins: [],
      allowsCredentials: false,
    },
    {
      label: 'LambdaFunctionVersion',
      id: 'arn:aws:lambda:eu-west-1:<production>:function:order-intake:1',
      name: 'order-intake:1',
      version: '1',
      description: '',
      runtime: 'nodejs22.x',
      roleArn: 'arn:aws:iam::<production>:role/order-intake',
      resourcePolicy: {
        Version: '2012-10-17',
        Id: 'default',
        Statement: [],
      },
    },
    {
      label: 'LambdaFunction',
      id: 'arn:aws:lambda:eu-west-1:<production>:function:order-intake',
      name: 'order-intake',
      runtime: 'nodejs22.x',
      packageType: 'Zip',
      architectures: ['x86_64'],
      timeoutSeconds: 30,
      memoryBytes: 268435456,
      roleArn: 'arn:aws:iam::<production>:role/order-intake',
      inVpc: false,
      tags: ['team=shop'],
      resourcePolicy: {
        Version: '2012-10-17',
        Id: 'default',
        Statement: [
          {
            Action: 'lambda:InvokeFunction',
            Principal: {
              Service: 's3.amazonaws.com',
            },
            Effect: 'Allow',
            Resource: 'arn:aws:lambda:eu-west-1:<production>:function:order-intake',
            Sid: 'invoke-0',
            Condition: {
              ArnLike: {
                'AWS:SourceArn': 'arn:aws:s3:::northwind-orders',
              },
            },
          },
        ],
      },
    },
    {
      label: 'LambdaLayerVersion',
      id: 'arn:aws:lambda:eu-west-1:<production>:layer:tracing:1',
      name: 'tracing:1',
      version: '1',
      description: 'Sends traces',
      compatibleRuntimes: ['nodejs22.x'],
      resourcePolicy: {
        Version: '2012-10-17',
        Id: 'default',
        Statement: [
          {
            Action: 'lambda:GetLayerVersion',
            Principal: {
              AWS: 'arn:aws:iam::<development>:root',
            },
            Effect: 'Allow',
            Resource: 'arn:aws:lambda:eu-west-1:<production>:layer:tracing:1',
            Sid: 'shared',
          },
        ],
      },
    },
    {
      label: 'LambdaLayer',
      id: 'arn:aws:lambda:eu-west-1:<production>:layer:tracing',
      name: 'tracing',
      description: 'Sends traces',
      compatibleRuntimes: ['nodejs22.x'],
    },
    {
      label: 'RolesAnywhereProfile',
      id: 'arn:aws:rolesanywhere:eu-west-1:<production>:profile/<id>',
      name: 'robots',
      enabled: true,
      sessionSeconds: 3600,
      tags: ['team=robotics'],
    },
    {
      label: 'RolesAnywhereTrustAnchor',
      id: 'arn:aws:rolesanywhere:eu-west-1:<production>:trust-anchor/<id>',
      name: 'factory-floor',
      enabled: true,
      sourceType: 'CERTIFICATE_BUNDLE',
      tags: ['team=robotics'],
    },
    {
      label: 'SsmDocument',
      id: 'arn:aws:ssm:eu-west-1:<production>:document/northwind-restart-shop',
      name: 'northwind-restart-shop',
      type: 'Command',
      version: '1',
      isPublic: false,
      tags: ['team=shop'],
    },
    {
      label: 'SsmParameter',
      id: 'arn:aws:ssm:eu-west-1:<production>:parameter/shop/database/password',
      name: '/shop/database/password',
      type: 'SecureString',
      tier: 'Standard',
      modifiedBy: 'N/A',
      tags: ['team=shop'],
    },
    {
      label: 'SsmParameter',
      id: 'arn:aws:ssm:eu-west-1:<production>:parameter/shop/prices',
      name: '/shop/prices',
      type: 'String',
      tier: 'Advanced',
      modifiedBy: 'N/A',
      tags: [],
      resourcePolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: {
              AWS: '<development>',
            },
            Action: ['ssm:DescribeParameters', 'ssm:GetParameter', 'ssm:GetParameters'],
            Resource: 'arn:aws:ssm:eu-west-1:<production>:parameter/shop/prices',
          },
        ],
      },
    },
    {
      label: 'StatesStateMachine',
      id: 'arn:aws:states:eu-west-1:<production>:stateMachine:fulfil-order',
      name: 'fulfil-order',
      type: 'STANDARD',
      status: 'ACTIVE',
      logsExecutionData: false,
      tags: ['team=shop'],
    },
    {
      label: 'EcsCluster',
      id: 'arn:aws:ecs:eu-west-1:<production>:cluster/storefront',
      name: 'storefront',
      status: 'ACTIVE',
      tags: ['team=shop'],
    },
    {
      label: 'EcsService',
      id: 'arn:aws:ecs:eu-west-1:<production>:service/storefront/storefront',
      name: 'storefront',
      status: 'ACTIVE',
      launchType: 'FARGATE',
      allowsExec: false,
      taskRoleArn: 'arn:aws:iam::<production>:role/storefront',
      executionRoleArn: 'arn:aws:iam::<production>:role/container-start',
      tags: ['team=shop'],
    },
    {
      label: 'EcsTaskDefinition',
      id: 'arn:aws:ecs:eu-west-1:<production>:task-definition/storefront:1',
      status: 'ACTIVE',
      networkMode: 'awsvpc',
      taskRoleArn: 'arn:aws:iam::<production>:role/storefront',
      executionRoleArn: 'arn:aws:iam::<production>:role/container-start',
      images: ['nginx:1.29'],
      tags: [],
      name: 'storefront:1',
    },
  ]);
  expect(edgesOf(parts)).toEqual([
    'ALIAS_OF lambda:eu-west-1:<production>:function:order-intake:live -> lambda:eu-west-1:<production>:function:order-intake',
    'ENCRYPTED_WITH lambda:eu-west-1:<production>:function:order-intake -> kms:eu-west-1:<production>:key/<id>',
    'ENCRYPTED_WITH ssm:eu-west-1:<production>:parameter/shop/database/password -> kms:eu-west-1:<production>:key/<id>',
    'GIVES rolesanywhere:eu-west-1:<production>:profile/<id> -> iam::<production>:role/factory-robot',
    'HAS_LATEST lambda:eu-west-1:<production>:layer:tracing -> lambda:eu-west-1:<production>:layer:tracing:1',
    'INVOKES https://<id>.lambda-url.eu-west-1.on.aws/ -> lambda:eu-west-1:<production>:function:order-intake',
    'INVOKES lambda:eu-west-1:<production>:event-source-mapping:<id> -> lambda:eu-west-1:<production>:function:order-intake',
    'IN_CLUSTER ecs:eu-west-1:<production>:service/storefront/storefront -> ecs:eu-west-1:<production>:cluster/storefront',
    'POINTS_TO lambda:eu-west-1:<production>:function:order-intake:live -> lambda:eu-west-1:<production>:function:order-intake:1',
    'READS_FROM lambda:eu-west-1:<production>:event-source-mapping:<id> -> sqs:eu-west-1:<production>:orders',
    'RUNS_AS ecs:eu-west-1:<production>:service/storefront/storefront -> iam::<production>:role/container-start',
    'RUNS_AS ecs:eu-west-1:<production>:service/storefront/storefront -> iam::<production>:role/storefront',
    'RUNS_AS ecs:eu-west-1:<production>:task-definition/storefront:1 -> iam::<production>:role/container-start',
    'RUNS_AS ecs:eu-west-1:<production>:task-definition/storefront:1 -> iam::<production>:role/storefront',
    'RUNS_AS lambda:eu-west-1:<production>:function:order-intake -> iam::<production>:role/order-intake',
    'RUNS_AS lambda:eu-west-1:<production>:function:order-intake:1 -> iam::<production>:role/order-intake',
    'RUNS_AS states:eu-west-1:<production>:stateMachine:fulfil-order -> iam::<production>:role/fulfilment',
    'SHARED_WITH ssm:eu-west-1:<production>:document/northwind-restart-shop -> <development>',
    'USES ecs:eu-west-1:<production>:service/storefront/storefront -> ecs:eu-west-1:<production>:task-definition/storefront:1',
    'USES lambda:eu-west-1:<production>:function:order-intake -> lambda:eu-west-1:<production>:layer:tracing:1',
    'USES lambda:eu-west-1:<production>:function:order-intake:1 -> lambda:eu-west-1:<production>:layer:tracing:1',
    'VERSION_OF lambda:eu-west-1:<production>:function:order-intake:1 -> lambda:eu-west-1:<production>:function:order-intake',
    'VERSION_OF lambda:eu-west-1:<production>:layer:tracing:1 -> lambda:eu-west-1:<production>:layer:tracing',
  ]);
});

test('the build and its share are read as they were described', async () => {
  const parts = await readAccount('shared');

  expect(parts.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(nodesOf(parts)).toEqual([
    {
      label: 'CodebuildProject',
      id: 'arn:aws:codebuild:eu-west-1:<shared>:project/firmware',
      name: 'firmware',
      sourceType: 'GITHUB',
      privileged: false,
      timeoutSeconds: 0,
      tags: ['team=platform'],
      resourcePolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: {
              AWS: ['<development>'],
            },
            Action: ['codebuild:BatchGetProjects', 'codebuild:BatchGetBuilds', 'codebuild:ListBuildsForProject'],
            Resource: 'arn:aws:codebuild:eu-west-1:<shared>:project/firmware',
          },
        ],
      },
    },
    {
      label: 'RamResourceShare',
      id: 'arn:aws:ram:eu-west-1:<shared>:resource-share/<id>',
      name: 'firmware-builds',
      status: 'ACTIVE',
      allowsOutsiders: false,
      outsiders: [],
      permissionNames: ['AWSRAMDefaultPermissionCodeBuildProject'],
      tags: [],
    },
  ]);
  expect(edgesOf(parts)).toEqual([
    'ENCRYPTED_WITH codebuild:eu-west-1:<shared>:project/firmware -> kms:eu-west-1:<shared>:alias/aws/s3',
    'RUNS_AS codebuild:eu-west-1:<shared>:project/firmware -> iam::<shared>:role/firmware-build',
    'SHARED_WITH ram:eu-west-1:<shared>:resource-share/<id> -> <development>',
    'SHARES ram:eu-west-1:<shared>:resource-share/<id> -> codebuild:eu-west-1:<shared>:project/firmware',
  ]);
});

test('the Kubernetes cluster, who gets in, and a share from elsewhere are read as they were described', async () => {
  const parts = await readAccount('development');

  expect(parts.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(nodesOf(parts)).toEqual([
    {
      label: 'EksAccessEntry',
      id: 'arn:aws:eks:eu-west-1:<development>:access-entry/fleet/role/<development>/deploy/<id>',
      name: 'arn:aws:sts::<development>:assumed-role/deploy/{{SessionName}}',
      type: 'STANDARD',
      kubernetesGroups: [],
      accessPolicyNames: ['AmazonEKSAdminPolicy'],
      accessPolicies: [
        {
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy',
          scope: 'namespace',
          namespaces: ['simulation'],
        },
      ],
      tags: [],
    },
    {
      label: 'EksAccessEntry',
      id: 'arn:aws:eks:eu-west-1:<development>:access-entry/fleet/role/<development>/telemetry-worker/<id>',
      name: 'arn:aws:sts::<development>:assumed-role/telemetry-worker/{{SessionName}}',
      type: 'STANDARD',
      kubernetesGroups: [],
      accessPolicyNames: ['AmazonEKSViewPolicy'],
      accessPolicies: [
        {
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          scope: 'cluster',
          namespaces: [],
        },
      ],
      tags: [],
    },
    {
      label: 'EksCluster',
      id: 'arn:aws:eks:eu-west-1:<development>:cluster/fleet',
      name: 'fleet',
      version: '1.19',
      status: 'ACTIVE',
      oidcIssuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/<ID>',
      isPublic: true,
      loggedTypes: [],
      tags: [],
    },
    {
      label: 'EksFargateProfile',
      id: 'arn:aws:eks:eu-west-1:<development>:fargateprofile/fleet/simulation/<id>',
      name: 'simulation',
      status: 'ACTIVE',
      namespaces: ['simulation'],
      tags: [],
    },
    {
      label: 'EksNodegroup',
      id: 'arn:aws:eks:eu-west-1:<development>:nodegroup/fleet/workers/<id>',
      name: 'workers',
      status: 'ACTIVE',
      instanceTypes: ['t3.medium'],
      tags: [],
    },
    {
      label: 'EksPodIdentityAssociation',
      id: 'arn:aws:eks:eu-west-1:<development>:podidentityassociation/fleet/a-<id>',
      name: 'simulation/simulator',
      namespace: 'simulation',
      serviceAccount: 'simulator',
      tags: [],
    },
    {
      label: 'RamResourceShare',
      id: 'arn:aws:ram:eu-west-1:<shared>:resource-share/<id>',
      name: 'firmware-builds',
      status: 'ACTIVE',
      allowsOutsiders: false,
    },
  ]);
  expect(edgesOf(parts)).toEqual([
    'ADMITS eks:eu-west-1:<development>:access-entry/fleet/role/<development>/deploy/<id> -> iam::<development>:role/deploy',
    'ADMITS eks:eu-west-1:<development>:access-entry/fleet/role/<development>/telemetry-worker/<id> -> iam::<development>:role/telemetry-worker',
    'IN_CLUSTER eks:eu-west-1:<development>:access-entry/fleet/role/<development>/deploy/<id> -> eks:eu-west-1:<development>:cluster/fleet',
    'IN_CLUSTER eks:eu-west-1:<development>:access-entry/fleet/role/<development>/telemetry-worker/<id> -> eks:eu-west-1:<development>:cluster/fleet',
    'IN_CLUSTER eks:eu-west-1:<development>:fargateprofile/fleet/simulation/<id> -> eks:eu-west-1:<development>:cluster/fleet',
    'IN_CLUSTER eks:eu-west-1:<development>:nodegroup/fleet/workers/<id> -> eks:eu-west-1:<development>:cluster/fleet',
    'IN_CLUSTER eks:eu-west-1:<development>:podidentityassociation/fleet/a-<id> -> eks:eu-west-1:<development>:cluster/fleet',
    'RUNS_AS eks:eu-west-1:<development>:cluster/fleet -> iam::<development>:role/fleet-control',
    'RUNS_AS eks:eu-west-1:<development>:fargateprofile/fleet/simulation/<id> -> iam::<development>:role/fleet-machines',
    'RUNS_AS eks:eu-west-1:<development>:nodegroup/fleet/workers/<id> -> iam::<development>:role/fleet-machines',
    'RUNS_AS eks:eu-west-1:<development>:podidentityassociation/fleet/a-<id> -> iam::<development>:role/simulator',
    'SHARES ram:eu-west-1:<shared>:resource-share/<id> -> codebuild:eu-west-1:<shared>:project/firmware',
  ]);
});

test('the trail is read as it was described', async () => {
  const parts = await readAccount('security');

  expect(parts.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(nodesOf(parts)).toEqual([
    {
      label: 'CloudTrailTrail',
      id: 'arn:aws:cloudtrail:eu-west-1:<security>:trail/northwind-audit',
      name: 'northwind-audit',
      isLogging: true,
      isMultiRegion: true,
      isOrganization: false,
      includesGlobalServices: true,
      validatesFiles: true,
      managementEvents: 'All',
      eventSelectors: {
        basic: [
          {
            ReadWriteType: 'All',
            IncludeManagementEvents: true,
          },
        ],
        advanced: [],
      },
      tags: ['team=security'],
    },
  ]);
  expect(edgesOf(parts)).toEqual([
    'WRITES_TO cloudtrail:eu-west-1:<security>:trail/northwind-audit -> s3:::northwind-audit-logs',
  ]);
});

test('nothing that may be secret is in anything that was read', async () => {
  const parts = await Promise.all(Object.keys(seeded.accounts).map((name) => readAccount(name)));

  expect(JSON.stringify(sampleCompany)).toMatch(canary);
  expect(JSON.stringify(parts)).not.toMatch(canary);
});

const actions = [
  ...new Set([...definitions.flatMap(actionsOf), ...readers.flatMap((reader) => reader.actions)]),
].sort();

/** An account that holds what the action is asked about. */
function accountFor(action: string): string {
  if (/^(codebuild|ram):/.test(action)) return 'shared';
  if (action.startsWith('eks:')) return 'development';
  return action.startsWith('cloudtrail:') ? 'security' : 'production';
}

test.each(actions)(
  'without %s a gap names it, and nothing that it would have told is taken for absent',
  async (action) => {
    const account = accountFor(action);
    const fault = proxy.fail({ action, account: seeded.accounts[account] ?? '', with: 'accessDenied' });
    const parts = await readAccount(account, action);
    fault.remove();

    const gaps = parts.flatMap((part) => part.gaps);
    expect(new Set(gaps.map((gap) => `${gap.action} ${gap.reason}`))).toEqual(new Set([`${action} denied`]));
    // A part that has the gap of a listing is not complete, and a node that has a gap of its own says so.
    const unsaid = parts.flatMap(({ state, gaps: own, nodes }) =>
      own.filter(({ arn }) =>
        arn === undefined
          ? state === 'complete'
          : !nodes.some(({ id, properties }) => id === arn && String(properties['unread']).includes(action)),
      ),
    );
    expect(unsaid).toEqual([]);
  },
);

test('each thing is asked about once: one policy, one set of tags, one description', async () => {
  proxy.resetCalls();
  await readAccount('production');
  const calls = proxy.calls()[seeded.accounts['production'] ?? ''] ?? {};
  const details = Object.entries(calls).filter(
    ([action]) => !/:(List(?!Tags)|Describe(Parameters|Trails))/.test(action),
  );

  expect(Object.fromEntries(details.sort())).toEqual({
    'ecs:DescribeClusters': 1,
    'ecs:DescribeServices': 1,
    'ecs:DescribeTaskDefinition': 1,
    'lambda:GetLayerVersionPolicy': 1,
    'lambda:GetPolicy': 3,
    'lambda:ListTags': 1,
    'ram:GetResourceShares': 2,
    'rolesanywhere:ListTagsForResource': 2,
    'ssm:DescribeDocumentPermission': 1,
    'ssm:GetResourcePolicies': 1,
    'ssm:ListTagsForResource': 2,
    'states:DescribeStateMachine': 1,
    'states:ListTagsForResource': 1,
  });
});
