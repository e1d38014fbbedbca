import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compile } from '@ag/access';
import { type Graph, LeaseHeld, LeaseLost, openGraph } from '@ag/graph';
import { type GraphSource, type RunInfo, compareText } from '@ag/model';
import { diffGraphs, openSnapshotStore } from '@ag/snapshot';
import {
  type Accounts,
  type FaultProxy,
  type Seeded,
  openAccounts,
  readerRole,
  sampleCompany,
  seed,
  startFaultProxy,
} from '@ag/testing';
import {
  CreateGroupCommand,
  CreateUserCommand,
  AddUserToGroupCommand,
  DeleteGroupCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachRolePolicyCommand,
  IAMClient,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import { CloseAccountCommand, CreateAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { Interrupted, type RefreshOptions, importFiles, refresh, settingsSchema } from './index.ts';

const upstream = inject('awsEndpoint');
const graph = await openGraph({
  uri: inject('neo4jUri'),
  user: inject('neo4jUser'),
  password: inject('neo4jPassword'),
});
const root = await mkdtemp(path.join(tmpdir(), 'accessgraph-refresh-'));
const log = { info: () => undefined, warn: () => undefined };
const unchanged = { created: 0, updated: 0, removed: 0 };
const nothingDiffers = {
  nodes: { added: [], removed: [], changed: [] },
  edges: { added: [], removed: [], changed: [] },
};
const [homeRegion, otherRegion] = ['eu-west-1', 'eu-central-1'] as const;

let seeded: Seeded;
let proxy: FaultProxy;
let aws: Accounts;
let folder: string;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_REGION', homeRegion);
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint: upstream, company: sampleCompany });
  proxy = await startFaultProxy({ upstream, seeded });
  aws = openAccounts(upstream, homeRegion);
});

beforeEach(async () => {
  folder = await newFolder();
  await emptyGraph();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  aws.close();
  await proxy.stop();
  await emptyGraph();
  await graph.close();
  await rm(root, { recursive: true, force: true });
});

function newFolder(): Promise<string> {
  return mkdtemp(path.join(root, 'run-'));
}

/** Takes everything out of the test's graph but the record of runs. */
async function emptyGraph(): Promise<void> {
  const at = '2020-01-01T00:00:00.000Z';
  const lease = await graph.lease('the test');
  await graph.publish(
    {
      run: async () => ({ id: 'nothing', startedAt: at, finishedAt: at }),
      nodes: nobody,
      edges: nobody,
      scopes: nobody,
      gaps: nobody,
    },
    lease,
  );
  await lease.release();
}

async function* nobody(): AsyncGenerator<never> {}

interface Collect extends Partial<Pick<RefreshOptions, 'graph' | 'signal' | 'onProgress' | 'clientSettings'>> {
  readonly snapshotDirectory?: string;
}

/** One run at an hour of one day: equal hours give equal times. */
function collect(hour: number, { snapshotDirectory = folder, ...options }: Collect = {}) {
  const settings = settingsSchema.parse({
    snapshotDirectory,
    endpointUrl: proxy.endpoint,
    roleName: readerRole.name,
    externalId: readerRole.externalId,
    regions: [...sampleCompany.regions],
  });
  return refresh({ settings, graph, log, now: () => new Date(timeOf(hour)), ...options });
}

function timeOf(hour: number): string {
  return `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;
}

function account(name: string): string {
  return seeded.accounts[name] ?? '';
}

/** Every node and edge with all that is written on it, but the records of runs. */
async function dump(): Promise<readonly string[]> {
  const nodes = await graph.read<{ labels: string[]; properties: object }>(
    'MATCH (n) WHERE NOT n:Run AND NOT n:Current RETURN labels(n) AS labels, properties(n) AS properties',
  );
  const edges = await graph.read<{ type: string; from: string; to: string; properties: object }>(
    'MATCH (a)-[e]->(b) RETURN type(e) AS type, a.id AS from, b.id AS to, properties(e) AS properties',
  );
  return [
    ...nodes.map(({ labels, properties }) => `${[...labels].sort().join(':')} ${inOrder(properties)}`),
    ...edges.map(({ type, from, to, properties }) => `${from} ${type} ${to} ${inOrder(properties)}`),
  ].sort(compareText);
}

function inOrder(properties: object): string {
  return JSON.stringify(Object.entries(properties).sort(([a], [b]) => compareText(a, b)));
}

async function runIds(): Promise<readonly string[]> {
  const rows = await graph.read<{ id: string }>('MATCH (run:Run) RETURN run.id AS id');
  return rows.map(({ id }) => id).sort(compareText);
}

function openRun(run: RunInfo, directory = folder) {
  return openSnapshotStore(directory).open(run.id);
}

async function scopeOf(source: GraphSource, resource: string, accountId: string, region: string) {
  for await (const record of source.scopes()) {
    const { place } = record.scope;
    if (record.scope.resource === resource && place.account === accountId && place.region === region) return record;
  }
  return undefined;
}

async function nodeOf(source: GraphSource, id: string) {
  for await (const node of source.nodes()) if (node.id === id) return node;
  return undefined;
}

/** The graph, whose publishing goes in steps of few rows and breaks off after some; the writer dies with its lease. */
function breakingGraph(afterTransactions: number): Graph {
  return {
    ...graph,
    async lease(holder) {
      const lease = await graph.lease(holder, { ttlMs: 1, keepAlive: false });
      return { ...lease, release: async () => undefined };
    },
    publish(snapshot, lease) {
      let done = 0;
      return graph.publish(snapshot, lease, {
        limit: 0,
        batch: 10,
        onBatch: () => {
          done += 1;
          if (done === afterTransactions) throw new Error('killed');
        },
      });
    },
  };
}

test('the first run publishes; one that finds nothing new writes nothing but its own node', async () => {
  const first = await collect(1);
  const before = await dump();
  const runs = await runIds();

  const second = await collect(2);
  const third = await collect(3);

  expect(first.published.unchanged).toBe(false);
  expect(first.scopes).toEqual({ complete: 235 });
  expect(before.length).toBeGreaterThan(1000);
  for (const { run, published } of [second, third]) {
    const { nodes, edges, scopes, transactions } = published;
    expect({ nodes, edges, scopes, transactions }).toEqual({
      nodes: unchanged,
      edges: unchanged,
      scopes: unchanged,
      transactions: 1,
    });
    expect(run.id).toBe(published.run);
  }
  expect(await dump()).toEqual(before);
  expect(await runIds()).toEqual([...runs, second.run.id, third.run.id].sort(compareText));
  expect(await graph.current()).toEqual({ run: third.run, loading: false });
});

describe('what changed between two runs', () => {
  const user = 'passing';
  const bucket = 'northwind-sandbox-scratch';
  const bucketArn = `arn:aws:s3:::${bucket}`;
  let userArn = '';
  let queueArn = '';
  let queueUrl = '';

  beforeAll(async () => {
    userArn = `arn:aws:iam::${account('sandbox')}:user/${user}`;
    queueArn = `arn:aws:sqs:${otherRegion}:${account('development')}:passing`;
    const iam = aws.client(IAMClient, account('sandbox'), 'us-east-1');
    await iam.send(new CreateUserCommand({ UserName: user }));
    await iam.send(new CreateGroupCommand({ GroupName: 'guests' }));
    await iam.send(new AddUserToGroupCommand({ UserName: user, GroupName: 'guests' }));
    await aws.client(S3Client, account('sandbox')).send(
      new PutBucketPolicyCommand({
        Bucket: bucket,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${account('shared')}:role/github-release` },
              Action: 's3:GetObject',
              Resource: `${bucketArn}/*`,
            },
          ],
        }),
      }),
    );
    const made = await aws
      .client(SQSClient, account('development'), otherRegion)
      .send(new CreateQueueCommand({ QueueName: 'passing' }));
    queueUrl = made.QueueUrl ?? '';
  });

  test('what is gone goes, and what was denied or timed out keeps its last content and says so', async () => {
    const first = await collect(1);
    const before = await openRun(first.run);
    const iam = aws.client(IAMClient, account('sandbox'), 'us-east-1');
    await iam.send(new RemoveUserFromGroupCommand({ UserName: user, GroupName: 'guests' }));
    await iam.send(new DeleteUserCommand({ UserName: user }));
    await iam.send(new DeleteGroupCommand({ GroupName: 'guests' }));
    await aws.client(S3Client, account('sandbox')).send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    await aws
      .client(SQSClient, account('development'), otherRegion)
      .send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
    const faults = [
      proxy.fail({
        action: 'sqs:ListQueues',
        account: account('development'),
        region: otherRegion,
        with: 'accessDenied',
      }),
      proxy.fail({ action: 's3:ListAllMyBuckets', account: account('shared'), with: 'timeout' }),
    ];

    const second = await collect(2, { clientSettings: { requestTimeout: 5_000, retries: 0 } });
    for (const fault of faults) fault.remove();
    const after = await openRun(second.run);

    expect(second.scopes).toEqual({ complete: 233, denied: 1, timeout: 1 });
    expect(second.code).toBe(4);
    const { nodes, edges } = await diffGraphs(before, after);
    // Users and groups want a second look; a policy follows what was read last.
    expect(nodes.changed.map(({ after: { id, properties } }) => [id, properties['missingSince']]).sort()).toEqual(
      [
        [userArn, timeOf(2)],
        [`arn:aws:iam::${account('sandbox')}:group/guests`, timeOf(2)],
        [bucketArn, undefined],
      ].sort(),
    );
    expect(nodes.added).toEqual([]);
    expect(nodes.removed.map(({ labels }) => labels[0])).toEqual(['PolicyStatement']);
    expect((await nodeOf(before, bucketArn))?.properties['resourcePolicy']).toBeDefined();
    expect((await nodeOf(after, bucketArn))?.properties['resourcePolicy']).toBeUndefined();
    expect(edges.added).toEqual([]);
    expect(edges.removed.map(({ type, from }) => `${from} ${type}`)).toContain(`${userArn} MEMBER_OF`);

    expect(await scopeOf(after, 'SqsQueue', account('development'), otherRegion)).toMatchObject({
      state: 'denied',
      readInRun: first.run.id,
      readAt: timeOf(1),
      gaps: [{ action: 'sqs:ListQueues', reason: 'denied' }],
    });
    expect(await scopeOf(after, 'S3Bucket', account('shared'), 'global')).toMatchObject({
      state: 'timeout',
      readInRun: first.run.id,
      readAt: timeOf(1),
      gaps: [{ action: 's3:ListAllMyBuckets', reason: 'timeout' }],
    });
    expect(await diffGraphs(after, graph.source())).toEqual(nothingDiffers);

    const third = await openRun((await collect(3)).run);
    expect(await nodeOf(third, userArn)).toBeUndefined();
    expect((await nodeOf(third, queueArn))?.properties['missingSince']).toBe(timeOf(3));
    expect(await scopeOf(graph.source(), 'SqsQueue', account('development'), otherRegion)).toMatchObject({
      state: 'complete',
      gaps: [],
    });

    const fourth = await collect(4);
    expect(await nodeOf(graph.source(), queueArn)).toBeUndefined();
    expect(await diffGraphs(await openRun(fourth.run), graph.source())).toEqual(nothingDiffers);
  });
});

test('a run that is told to stop publishes nothing, and the next one goes on as if it had not been', async () => {
  await collect(1);
  const before = await dump();
  const stop = new AbortController();

  const stopped = collect(2, {
    signal: stop.signal,
    onProgress: ({ scopesDone }) => scopesDone > 20 && stop.abort(),
  });

  await expect(stopped).rejects.toThrow(Interrupted);
  expect(await dump()).toEqual(before);
  expect((await collect(3)).published.unchanged).toBe(true);
});

describe('a crash', () => {
  test('between two writes of the first publication is mended by the next run', async () => {
    await collect(1);
    const whole = await dump();

    for (const transactions of [1, 40, 90]) {
      await emptyGraph();
      folder = await newFolder();
      await expect(collect(1, { graph: breakingGraph(transactions) })).rejects.toThrow('killed');
      expect(await graph.current()).toMatchObject({ loading: true });
      const broken = await dump();

      const next = await collect(1);

      expect(broken.length).toBeLessThan(whole.length);
      expect(await dump()).toEqual(whole);
      expect(await graph.current()).toEqual({ run: next.run, loading: false });
    }
  });
});

describe('two collectors at once', () => {
  test('one is told who is writing, and nothing is mixed', async () => {
    const other = await newFolder();

    const [one, two] = await Promise.allSettled([collect(1), collect(2, { snapshotDirectory: other })]);

    const [won, lost] = one.status === 'fulfilled' ? [one, two] : [two, one];
    expect(lost).toEqual({ status: 'rejected', reason: expect.any(LeaseHeld) });
    expect(lost.status === 'rejected' && String(lost.reason)).toMatch(
      /^LeaseHeld: `\S+ \d+` is writing to the graph: try again when it is done$/,
    );
    if (won.status !== 'fulfilled') throw new Error('neither wrote');
    const snapshot = await openRun(won.value.run, won === one ? folder : other);
    expect(await graph.current()).toEqual({ run: won.value.run, loading: false });
    expect(await diffGraphs(snapshot, graph.source())).toEqual(nothingDiffers);
  });

  test('one that was overtaken writes nothing more', async () => {
    const sleepy: Graph = {
      ...graph,
      lease: (holder) => graph.lease(holder, { ttlMs: 1, keepAlive: false }),
    };

    const slow = collect(1, { graph: sleepy });
    const failure = expect(slow).rejects.toThrow(LeaseLost);
    await sleep(500);
    const fast = await collect(2, { snapshotDirectory: await newFolder() });
    await failure;

    expect(await graph.current()).toEqual({ run: fast.run, loading: false });
    expect(fast.published.nodes.created).toBeGreaterThan(250);
  });
});
