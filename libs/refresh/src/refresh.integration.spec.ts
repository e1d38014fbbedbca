import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
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
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { Interrupted, type RefreshOptions, importFiles, refresh, settingsSchema } from './index.ts';

const upstream = inject('awsEndpoint');
const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
const graph = await openGraph(neo4j);
const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const killedRun = fileURLToPath(new URL('fixtures/killed-run.ts', import.meta.url));
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
  return refresh({
    settings: settingsFor(snapshotDirectory),
    graph,
    log,
    now: () => new Date(timeOf(hour)),
    ...options,
  });
}

const importedAccount = '012345678901';

/** A file of one account's IAM, in which users may do something. */
async function writeDetails(users: readonly string[], action = 's3:*'): Promise<string> {
  const file = path.join(await newFolder(), 'details.json');
  const details = {
    UserDetailList: users.map((name) => ({
      Path: '/',
      UserName: name,
      UserId: `AIDA${name.toUpperCase()}`,
      Arn: `arn:aws:iam::${importedAccount}:user/${name}`,
      CreateDate: '2020-01-01T00:00:00Z',
      GroupList: [],
      AttachedManagedPolicies: [],
      UserPolicyList: [
        {
          PolicyName: 'work',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Sid: 'Work', Effect: 'Allow', Action: action, Resource: '*' }],
          },
        },
      ],
    })),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  };
  await writeFile(file, JSON.stringify(details));
  return file;
}

function importDetails(hour: number, file: string, into = graph) {
  const settings = settingsSchema.parse({ snapshotDirectory: folder });
  return importFiles({ path: file, settings, graph: into, log, now: () => new Date(timeOf(hour)) });
}

function settingsFor(snapshotDirectory: string) {
  return settingsSchema.parse({
    snapshotDirectory,
    endpointUrl: proxy.endpoint,
    roleName: readerRole.name,
    externalId: readerRole.externalId,
    regions: [...sampleCompany.regions],
  });
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
function breakingGraph(afterTransactions: number, batch = 10): Graph {
  return {
    ...graph,
    async lease(holder, options) {
      const lease = await graph.lease(holder, { ...options, ttlMs: 1, keepAlive: false });
      return { ...lease, release: async () => undefined };
    },
    publish(snapshot, lease) {
      let done = 0;
      return graph.publish(snapshot, lease, {
        limit: 0,
        batch,
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
  expect(first.scopes).toEqual({ complete: 1313 });
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

    expect(second.scopes).toEqual({ complete: 1311, denied: 1, timeout: 1 });
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

test('failures that pass are asked through: the graph is the same, and nothing is missing', async () => {
  await collect(1);
  const before = await dump();
  const production = account('production');
  const faults = [
    proxy.fail({ action: 'iam:GetAccountAuthorizationDetails', account: production, nth: 1, with: 'throttle' }),
    proxy.fail({
      action: 'iam:GetAccountAuthorizationDetails',
      account: account('payroll'),
      nth: 1,
      with: 'malformed',
    }),
    proxy.fail({ action: 'ec2:DescribeInstances', account: production, nth: 1, with: 'throttle' }),
    proxy.fail({ action: 'kms:ListKeys', account: production, nth: 1, with: 'serverError' }),
    proxy.fail({ action: 'sqs:GetQueueAttributes', account: production, nth: 1, with: 'reset' }),
    proxy.fail({ action: 's3:GetBucketPolicy', account: production, nth: 2, with: 'throttle' }),
    proxy.fail({ action: 'sts:AssumeRole', nth: 3, with: 'serverError' }),
    proxy.fail({ action: 'organizations:ListAccountsForParent', nth: 2, with: 'throttle' }),
    proxy.fail({ action: 'sso:ListAccountAssignments', nth: 5, with: 'throttle' }),
  ];

  const second = await collect(2);
  for (const fault of faults) fault.remove();

  expect(second.scopes).toEqual({ complete: 1313 });
  expect(second.gaps).toBe(1);
  expect(second.published.unchanged).toBe(true);
  expect(await dump()).toEqual(before);
});

test('a policy that may no longer be read is unknown, and not gone', async () => {
  const first = await openRun((await collect(1)).run);
  const key = seeded.keys['payroll/payroll'] ?? '';
  const denial = proxy.fail({ action: 'kms:GetKeyPolicy', account: account('payroll'), with: 'accessDenied' });

  const second = await openRun((await collect(2)).run);
  denial.remove();

  const { nodes } = await diffGraphs(first, second);
  expect(nodes.changed.map(({ after }) => [after.id, after.properties['unreadPolicies']])).toEqual([
    [key, ['resource']],
  ]);
  const question = { action: 'kms:Decrypt', resource: key, through: 'anyPath' } as const;
  const [before, after] = [
    await (await compile(first)).whoCan(question),
    await (await compile(second)).whoCan(question),
  ];
  const admin = `arn:aws:iam::${account('payroll')}:role/payroll-admin`;
  const outcomes = ({ rows }: typeof before) =>
    new Map(rows.map(({ principal, decision }) => [principal.id, decision.outcome]));
  expect(outcomes(before).get(admin)).toBe('allowed');
  expect(before.gaps).toEqual([]);
  // Whoever could before may still, but nobody is said to.
  expect([...outcomes(before).keys()].filter((id) => !outcomes(after).has(id))).toEqual([]);
  expect(new Set(outcomes(after).values())).toEqual(new Set(['unknown']));
  expect(after.gaps).toEqual([expect.objectContaining({ action: 'kms:GetKeyPolicy', arn: key, reason: 'denied' })]);
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

describe('I9, F29: a crash', () => {
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

  test('of the whole process in the middle of a publication is mended by the next run', async () => {
    await collect(1);
    const whole = await dump();
    await emptyGraph();
    folder = await newFolder();

    const order = JSON.stringify({ neo4j, settings: settingsFor(folder), at: timeOf(1), transactions: 60 });
    const child = spawn(process.execPath, ['--import', 'tsx', killedRun, order], { cwd: checkout, stdio: 'pipe' });
    const said: string[] = [];
    child.stderr.on('data', (text) => said.push(String(text)));
    const [, signal]: unknown[] = await once(child, 'exit');

    expect({ signal, said }).toEqual({ signal: 'SIGKILL', said: [] });
    expect(await graph.current()).toMatchObject({ loading: true });
    const next = await collect(1);
    expect(next.published.nodes.created).toBeLessThan(250);
    expect(await dump()).toEqual(whole);
    expect(await graph.current()).toEqual({ run: next.run, loading: false });
  });

  test('between any two writes of a change is mended by the next run', async () => {
    const [before, after] = [await writeDetails(['ada', 'bob']), await writeDetails(['bob'], 'sqs:*')];
    // The first user is missed by the second run, and goes with the third.
    await importDetails(1, before);
    await importDetails(2, after);
    const changed = await dump();
    await importDetails(3, after);
    const whole = await dump();

    let crashes = 0;
    for (let transactions = 1; ; transactions += 1) {
      await emptyGraph();
      folder = await newFolder();
      await importDetails(1, before);
      const broken = await importDetails(2, after, breakingGraph(transactions, 1)).catch((error: unknown) => error);
      if (!(broken instanceof Error)) break;
      crashes += 1;
      expect(broken.message).toBe('killed');
      await importDetails(3, after);

      expect(await dump()).toEqual(whole);
    }

    expect(await dump()).toEqual(changed);
    expect(crashes).toBeGreaterThan(5);
  });

  test('while a snapshot is written leaves nothing that a later run takes for one', async () => {
    const details = await writeDetails(['ada', 'bob']);
    await importDetails(1, details);
    const before = await dump();
    const store = openSnapshotStore(folder);
    const writer = await store.begin({ run: { id: '20261124T020000Z-dead', startedAt: timeOf(2) } });
    await writer.write({
      scope: {
        connection: 'import',
        place: { partition: 'aws', account: importedAccount, region: 'global' },
        resource: 'IamUser',
      },
      state: 'complete',
      readAt: timeOf(2),
      nodes: [],
      edges: [],
      gaps: [],
    });

    const { published } = await importDetails(3, details);

    expect(published.unchanged).toBe(true);
    expect(await dump()).toEqual(before);
    expect((await openSnapshotStore(folder).list()).map(({ startedAt }) => startedAt)).toEqual([timeOf(1), timeOf(3)]);
  });
});

describe('I8, F35: two collectors at once', () => {
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
    const gate = new EventEmitter();
    const slowHasLease = once(gate, 'taken');
    const sleepy: Graph = {
      ...graph,
      async lease(holder, options) {
        const lease = await graph.lease(holder, { ...options, ttlMs: 1, keepAlive: false });
        gate.emit('taken');
        return lease;
      },
    };

    const slow = collect(1, { graph: sleepy });
    const failure = expect(slow).rejects.toThrow(LeaseLost);
    await slowHasLease;
    await sleep(50);
    const fast = await collect(2, { snapshotDirectory: await newFolder() });
    await failure;

    expect(await graph.current()).toEqual({ run: fast.run, loading: false });
    expect(fast.published.nodes.created).toBeGreaterThan(250);
  });
});

describe('when the snapshot folder is lost', () => {
  test('the next run begins with what Neo4j holds, other connections too', async () => {
    await importDetails(1, await writeDetails(['ada', 'bob']));
    const first = await collect(2);
    const before = await dump();
    folder = await newFolder();

    const second = await collect(3);

    expect(second.published.unchanged).toBe(true);
    expect(await dump()).toEqual(before);
    expect(before.join('\n')).toContain(`arn:aws:iam::${importedAccount}:user/ada`);
    expect(await diffGraphs(await openRun(second.run), graph.source())).toEqual(nothingDiffers);
    expect(first.scopes).toEqual(second.scopes);
  });

  test('what was kept from an earlier run is still kept, and still says from which', async () => {
    const first = await collect(1);
    const denial = proxy.fail({ action: 'sqs:ListQueues', account: account('production'), with: 'deniedByScp' });
    await collect(2);
    const before = await dump();
    folder = await newFolder();

    const third = await collect(3);
    denial.remove();

    expect(await dump()).toEqual(before);
    const source = await openRun(third.run);
    expect(await nodeOf(source, `arn:aws:sqs:${homeRegion}:${account('production')}:orders`)).toBeDefined();
    for (const one of [source, graph.source()]) {
      expect(await scopeOf(one, 'SqsQueue', account('production'), homeRegion)).toMatchObject({
        state: 'deniedByScp',
        readInRun: first.run.id,
        readAt: timeOf(1),
      });
    }
  });
});

test('IAM is read in as few calls as promised', async () => {
  proxy.resetCalls();
  await collect(1);
  const source = graph.source();
  const counts = new Map<string, { entities: number; providers: number; usersWithKeys: Set<string> }>();
  const of = (id: string) => {
    const found = counts.get(id) ?? { entities: 0, providers: 0, usersWithKeys: new Set() };
    counts.set(id, found);
    return found;
  };
  const labels = new Map<string, { label: string; inline: boolean }>();
  for await (const { id, labels: all, properties } of source.nodes()) {
    labels.set(id, { label: all[0], inline: properties['inline'] === true });
  }
  for await (const { from, to } of source.edges('OWNS')) {
    const { label = '', inline = false } = labels.get(to) ?? {};
    if (/^Iam(User|Role|Group|Policy)$/.test(label) && !inline) of(from).entities += 1;
    if (/^(Saml|Oidc)Provider$/.test(label)) of(from).providers += 1;
  }
  for await (const { from } of source.edges('HAS_ACCESS_KEY')) of(from.split(':')[4] ?? '').usersWithKeys.add(from);

  const asked = Object.entries(proxy.calls()).map(([id, actions]) => {
    const { entities, providers, usersWithKeys } = of(id);
    const made = Object.entries(actions).reduce((sum, [action, n]) => sum + (action.startsWith('iam:') ? n : 0), 0);
    return { id, made, most: Math.ceil(entities / 1000) + 8 + providers + usersWithKeys.size };
  });

  expect(asked.map(({ id }) => id).sort()).toEqual(Object.values(seeded.accounts).sort());
  expect(asked.filter(({ made, most }) => made > most)).toEqual([]);
  expect(of(account('development')).usersWithKeys.size).toBe(1);
  expect(of(account('shared')).providers).toBe(2);
});

test('a snapshot and the graph give the same answers', async () => {
  const { run } = await collect(1);
  const snapshot = await openRun(run);
  const source = graph.source();

  expect(await diffGraphs(snapshot, source)).toEqual(nothingDiffers);
  expect(await source.run()).toEqual(await snapshot.run());
  expect(await toList(source.scopes())).toEqual(await toList(snapshot.scopes()));
  expect(await toList(source.gaps())).toEqual(await toList(snapshot.gaps()));
  const [one, other] = [await compile(snapshot), await compile(source)];
  const edges = await one.canAssume();
  expect(edges.length).toBeGreaterThan(5);
  expect(await other.canAssume()).toEqual(edges);
  for (const { action, resource } of [
    { action: 's3:GetObject', resource: 'arn:aws:s3:::northwind-prod-secrets/database.json' },
    { action: 's3:GetObject', resource: 'arn:aws:s3:::northwind-handbook/welcome.html' },
    { action: 's3:GetObject', resource: 'arn:aws:s3:::northwind-audit-logs/log.gz' },
    { action: 'kms:Decrypt', resource: Object.entries(seeded.keys).find(([name]) => name === 'payroll/payroll')?.[1] },
    { action: 'sqs:ReceiveMessage', resource: `arn:aws:sqs:${otherRegion}:${account('development')}:telemetry` },
  ]) {
    const question = { action, resource: resource ?? '', through: 'anyPath' as const };
    const answer = await one.whoCan(question);
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(await other.whoCan(question)).toEqual(answer);
  }
});

async function toList<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

describe('an account that cannot be entered', () => {
  test('keeps what is known of it, is a gap in every scope, and the rest goes on', async () => {
    const first = await collect(1);
    const before = await openRun(first.run);
    const organizations = aws.client(OrganizationsClient, account('management'), 'us-east-1');
    const made = await organizations.send(
      new CreateAccountCommand({ AccountName: 'Northwind Retired', Email: 'aws-retired@northwind.example' }),
    );
    const retired = made.CreateAccountStatus?.AccountId ?? '';
    await organizations.send(new CloseAccountCommand({ AccountId: retired }));
    const iam = aws.client(IAMClient, account('sandbox'), 'us-east-1');
    await iam.send(
      new DetachRolePolicyCommand({ RoleName: readerRole.name, PolicyArn: 'arn:aws:iam::aws:policy/SecurityAudit' }),
    );
    await iam.send(new DeleteRoleCommand({ RoleName: readerRole.name }));

    const second = await collect(2);

    expect(second.code).toBe(4);
    const after = await openRun(second.run);
    const scopes = await toList(after.scopes());
    const states = (id: string) => [
      ...new Set(scopes.filter(({ scope }) => scope.place.account === id).map(({ state }) => state)),
    ];
    const known = scopes.filter(({ scope, state }) => scope.place.account === account('sandbox') && state !== 'denied');
    expect(known.map(({ scope }) => `${scope.place.region} ${scope.resource}`)).toEqual([]);
    expect(states(retired)).toEqual(['detached']);
    for (const name of ['management', 'security', 'shared', 'production', 'payroll', 'development']) {
      expect([name, states(account(name))]).toEqual([name, ['complete']]);
    }
    const { nodes, edges } = await diffGraphs(before, after);
    expect(nodes.removed).toEqual([]);
    // A loose end that names no account may now be in one that cannot be entered.
    expect(
      nodes.changed.map(({ after: { id, properties } }) => [id.replace(/-[0-9a-f]+$/, ''), properties['reason']]),
    ).toEqual([
      ['arn:aws:ec2:eu-central-1::image/ami', 'could not be read'],
      ['arn:aws:ec2:eu-west-1::image/ami', 'could not be read'],
      ['eni', 'could not be read'],
    ]);
    expect(nodes.added.map(({ id, properties }) => [id, properties['status']])).toEqual([[retired, 'SUSPENDED']]);
    expect(edges.removed).toEqual([]);
    expect(edges.changed).toEqual([]);
    expect(edges.added.filter(({ to }) => to !== retired)).toEqual([]);
    expect(new Set(edges.added.map(({ type }) => type))).toEqual(new Set(['CONTAINS', 'APPLIES_TO']));
    const sandbox = await scopeOf(after, 'S3Bucket', account('sandbox'), 'global');
    expect(sandbox).toMatchObject({ readInRun: first.run.id });
    expect(sandbox?.gaps).toEqual([
      expect.objectContaining({
        action: 'sts:AssumeRole',
        reason: 'denied',
        message: expect.stringMatching(/^cannot assume the role `arn:aws:iam::\d{12}:role\/accessgraph-reader`: /),
      }),
    ]);
    expect((await scopeOf(after, 'S3Bucket', retired, 'global'))?.gaps[0]?.message).toMatch(/suspended/i);
  });
});
