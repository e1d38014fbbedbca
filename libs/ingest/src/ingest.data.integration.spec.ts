import { registry } from '@ag/collectors';
import { openConnection } from '@ag/connect';
import type { Gap, GraphEdge, GraphNode } from '@ag/model';
import { type FaultProxy, type Seeded, readerRole, sampleCompany, seed, startFaultProxy } from '@ag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ingest } from './ingest.ts';

const upstream = inject('awsEndpoint');
const labels = [
  'ApiGatewayHttpApi',
  'ApiGatewayRestApi',
  'BackupVault',
  'CodeArtifactDomain',
  'CodeArtifactRepository',
  'DynamoDbStream',
  'DynamoDbTable',
  'EcrPublicRepository',
  'EcrRegistry',
  'EcrRepository',
  'EfsAccessPoint',
  'EfsFileSystem',
  'EventBridgeEventBus',
  'EventBridgeRule',
  'GlueCatalog',
  'GlueDatabase',
  'OpenSearchDomain',
  'RdsCluster',
  'RdsClusterSnapshot',
  'RdsInstance',
  'RdsSnapshot',
  'S3AccessPoint',
  'S3DirectoryBucket',
  'S3MultiRegionAccessPoint',
  'S3TablesTable',
  'S3TablesTableBucket',
  'SecretsManagerSecret',
  'SnsSubscription',
  'SnsTopic',
];

let seeded: Seeded;
let proxy: FaultProxy;
let nodes: GraphNode[];
let edges: GraphEdge[];
let gaps: Gap[];

async function read(): Promise<void> {
  [nodes, edges, gaps] = [[], [], []];
  const connection = await openConnection(
    {
      endpointUrl: proxy.endpoint,
      roleName: readerRole.name,
      externalId: readerRole.externalId,
      regions: sampleCompany.regions,
    },
    { credentials: () => Promise.resolve({ accessKeyId: 'demo', secretAccessKey: 'demo' }) },
  );
  await ingest({
    connection,
    registry: {
      definitions: registry.definitions.filter(({ label }) => labels.includes(label)),
      readers: registry.readers.filter(({ name }) => name === 'dynamodb/tables' || name.startsWith('organizations/')),
    },
    log: { info: () => undefined, warn: () => undefined },
    onContent: (content) => {
      nodes.push(...content.nodes);
      edges.push(...content.edges);
      gaps.push(...content.gaps);
      return Promise.resolve();
    },
  });
}

beforeAll(async () => {
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint: upstream, company: sampleCompany });
  proxy = await startFaultProxy({ upstream, seeded });
  await read();
}, 300_000);
afterAll(() => proxy.stop());

function id(account: string): string {
  return seeded.accounts[account] ?? '';
}

function one(arn: string): GraphNode | undefined {
  return nodes.find((node) => node.id === arn);
}

function edgesFrom(arn: string): readonly string[] {
  return edges
    .filter(({ from, type }) => from === arn && type !== 'HAS_STATEMENT')
    .map(({ type, to }) => `${type} ${to}`)
    .sort();
}

test('nothing is missed, and the company has one of each kind', () => {
  const found = new Set(nodes.map((node) => node.labels[0]));

  expect({ gaps, missing: labels.filter((label) => !found.has(label)) }).toEqual({ gaps: [], missing: [] });
});

test('an access point has its policy, its block, and its bucket', () => {
  const account = id('payroll');
  const arn = `arn:aws:s3:eu-west-1:${account}:accesspoint/accountants`;

  expect(one(arn)).toEqual({
    id: arn,
    labels: ['S3AccessPoint', 'AwsResource'],
    properties: {
      arn,
      account,
      region: 'eu-west-1',
      name: 'accountants',
      bucketName: 'northwind-payroll',
      bucketAccount: account,
      networkOrigin: 'Internet',
      createdAt: expect.any(String),
      blocksPublicAcls: true,
      ignoresPublicAcls: true,
      blocksPublicPolicy: true,
      restrictsPublicBuckets: true,
      tags: [],
      accessPointPolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${id('management')}:root` },
            Action: 's3:GetObject',
            Resource: `${arn}/object/reports/*`,
          },
        ],
      }),
    },
  });
  expect(edgesFrom(arn)).toEqual(['LEADS_TO arn:aws:s3:::northwind-payroll']);
});

test('a REST API’s policy is whole, and its calls are another name of it', () => {
  const account = id('production');
  const api = nodes.find(({ labels: [label] }) => label === 'ApiGatewayRestApi');
  const apiId = String(api?.properties['apiId']);

  expect(api).toEqual({
    id: `arn:aws:apigateway:eu-west-1::/restapis/${apiId}`,
    labels: ['ApiGatewayRestApi', 'AwsResource'],
    aliases: [`arn:aws:execute-api:eu-west-1:${account}:${apiId}`],
    properties: {
      arn: `arn:aws:apigateway:eu-west-1::/restapis/${apiId}`,
      account,
      region: 'eu-west-1',
      apiId,
      name: 'partner-orders',
      endpointTypes: ['EDGE'],
      defaultEndpoint: true,
      authorizationTypes: ['AWS_IAM'],
      createdAt: expect.any(String),
      tags: [],
      resourcePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::999988887777:root' },
            Action: 'execute-api:Invoke',
            Resource: 'execute-api:/*',
          },
        ],
      }),
    },
  });
  expect(edgesFrom(api?.id ?? '')).toEqual([`RUNS_AS arn:aws:iam::${account}:role/web`]);
});

test('a stream has a policy of its own, and leads to its table', () => {
  const account = id('production');
  const table = `arn:aws:dynamodb:eu-west-1:${account}:table/customers`;
  const stream = `${table}/stream/2025-06-01T08:00:00.000`;
  const key = seeded.keys['production/app'] ?? '';

  expect(one(table)?.properties).toMatchObject({ name: 'customers', encryption: 'kms', tags: ['team=shop'] });
  expect(one(stream)).toEqual({
    id: stream,
    labels: ['DynamoDbStream', 'AwsResource'],
    properties: {
      arn: stream,
      account,
      region: 'eu-west-1',
      name: '2025-06-01T08:00:00.000',
      viewType: 'NEW_AND_OLD_IMAGES',
      enabled: true,
      resourcePolicy: expect.stringContaining('dynamodb:GetRecords'),
    },
  });
  expect([edgesFrom(table), edgesFrom(stream)]).toEqual([[`ENCRYPTED_WITH ${key}`], [`STREAM_OF ${table}`]]);
});

test('who gets at what: shares, subscribers, members, roles', () => {
  const production = id('production');
  const of = (label: string) =>
    nodes.filter(({ labels: [first] }) => first === label).flatMap((node) => edgesFrom(node.id));
  const key = `ENCRYPTED_WITH ${seeded.keys['production/app'] ?? ''}`;

  expect({
    snapshot: of('RdsSnapshot'),
    clusterSnapshot: of('RdsClusterSnapshot'),
    subscription: of('SnsSubscription'),
    rule: of('EventBridgeRule'),
    database: of('GlueDatabase'),
    repositories: of('EcrRepository'),
    table: of('S3TablesTable'),
    httpApi: of('ApiGatewayHttpApi'),
  }).toEqual({
    snapshot: [key, `SHARED_WITH ${id('development')}`, `SNAPSHOT_OF arn:aws:rds:eu-west-1:${production}:db:shop`],
    clusterSnapshot: [
      key,
      'SHARED_WITH 999988887777',
      `SNAPSHOT_OF arn:aws:rds:eu-west-1:${production}:cluster:ledger`,
    ],
    subscription: [
      `DELIVERS_TO arn:aws:sqs:eu-west-1:${production}:orders`,
      `SUBSCRIBED_TO arn:aws:sns:eu-west-1:${production}:order-events`,
    ],
    rule: [
      `DELIVERS_TO arn:aws:events:eu-west-1:${id('development')}:event-bus/default`,
      `ON_BUS arn:aws:events:eu-west-1:${production}:event-bus/fleet`,
      `RUNS_AS arn:aws:iam::${production}:role/web`,
    ],
    database: [`IN_CATALOG arn:aws:glue:eu-west-1:${id('development')}:catalog`],
    repositories: Array.from(
      { length: 2 },
      () => `IN_REGISTRY arn:aws:ecr:eu-west-1:${id('shared')}:registry/${id('shared')}`,
    ),
    table: [`IN_TABLE_BUCKET arn:aws:s3tables:eu-west-1:${id('development')}:bucket/northwind-lake`],
    httpApi: [`RUNS_AS arn:aws:iam::${production}:role/web`],
  });
});

test('each with a policy of its own has it', () => {
  const withPolicy = new Set(
    nodes
      .filter(({ properties }) => properties['resourcePolicy'] ?? properties['accessPointPolicy'])
      .map((node) => node.labels[0]),
  );
  const without = ['ApiGatewayHttpApi', 'EfsAccessPoint', 'EventBridgeRule', 'GlueDatabase', 'SnsSubscription'];

  expect(labels.filter((label) => !withPolicy.has(label))).toEqual(
    [...without, 'RdsCluster', 'RdsClusterSnapshot', 'RdsInstance', 'RdsSnapshot', 'S3TablesTable'].sort(),
  );
});

test('the value of a secret is nowhere', () => {
  expect(JSON.stringify([nodes, edges])).not.toContain('not for the graph');
  expect(JSON.stringify([nodes, edges])).not.toContain('not-for-the-graph');
});
