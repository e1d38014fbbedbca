import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Graph, openGraph } from '@ag/graph';
import { exitCode } from '@ag/model';
import { type RefreshSummary, loadSettings, refresh } from '@ag/refresh';
import { openSnapshotStore } from '@ag/snapshot';
import { companyEnvironment, sampleCompany, seed, startFaultProxy } from '@ag/testing';
import { environmentWith } from '@ag/tools/environment.ts';
import { startRedis } from '@ag/tools/redis/redis.ts';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';

const upstream = inject('awsEndpoint');
const accessgraph = fileURLToPath(new URL('../../../tools/accessgraph.mjs', import.meta.url));
const root = await mkdtemp(path.join(tmpdir(), 'accessgraph-workers-'));
const log = { info: () => undefined, warn: () => undefined };
const unitLine = z.object({ account: z.string(), region: z.string(), service: z.string() });
const children: Program[] = [];
let environment: Readonly<Record<string, string>>;
let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let graph: Graph;

beforeAll(async () => {
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  const seeded = await seed({ endpoint: upstream, company: sampleCompany });
  proxy = await startFaultProxy({ upstream, seeded });
  environment = companyEnvironment(proxy.endpoint);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value === '' ? undefined : value);
  graph = await openGraph({ uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') });
});

beforeEach(emptyGraph);

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
  await emptyGraph();
  await graph.close();
  await rm(root, { recursive: true, force: true });
});

async function emptyGraph(): Promise<void> {
  const at = '2020-01-01T00:00:00.000Z';
  const lease = await graph.lease('the test');
  const run = async () => ({ id: 'nothing', startedAt: at, finishedAt: at });
  await graph.publish({ run, nodes: nobody, edges: nobody, scopes: nobody, gaps: nobody }, lease);
  await lease.release();
}

async function* nobody(): AsyncGenerator<never> {}

interface Program {
  readonly child: ChildProcess;
  /** What it logged of units, in order: `begun` or `read`, and which. */
  readonly units: readonly { readonly what: 'begun' | 'read'; readonly unit: string }[];
  /** Resolves when it says that it is ready. */
  readonly ready: Promise<void>;
  /** The exit code, or the signal that ended it, and what it said. */
  readonly ended: Promise<{ readonly code: number | string; readonly said: string }>;
  kill(): Promise<void>;
}

/** Runs `accessgraph` in a process of its own. */
function start(args: readonly string[], onUnit: (program: Program) => void = () => undefined): Program {
  const child = spawn(process.execPath, [accessgraph, ...args], {
    cwd: root,
    env: environmentWith(environment),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const units: Program['units'][number][] = [];
  let said = '';
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({ code: code ?? signal, said }));
  const program: Program = {
    child,
    units,
    ready,
    ended: ended.then(({ code }) => ({ code: typeof code === 'number' ? code : String(code), said })),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('Ready')) isReady();
      const [, what] = /"msg":"unit (begun|read)"/.exec(line) ?? [];
      if (what !== 'begun' && what !== 'read') continue;
      const { account, region, service } = unitLine.parse(JSON.parse(line));
      units.push({ what, unit: `${account} ${region} ${service}` });
      onUnit(program);
    }
  });
  children.push(program);
  return program;
}

/** Three workers that share a Redis and the place of the runs. */
async function startWorkers(redisUrl: string, snapshots: string, onFirst?: (program: Program) => void) {
  const args = ['worker', '--redis-url', redisUrl, '--snapshots', snapshots, '--log-level', 'info'];
  const workers = [start(args, onFirst), start(args), start(args)];
  await Promise.all(workers.map(({ ready }) => ready));
  return workers;
}

function collect(snapshots: string, redisUrl?: string, onScope?: (done: number) => void): Promise<RefreshSummary> {
  const { settings } = loadSettings({
    flags: { snapshotDirectory: snapshots, redisUrl, regions: [...sampleCompany.regions] },
    environment,
  });
  return refresh({ settings, graph, log, onProgress: ({ scopesDone }) => onScope?.(scopesDone) });
}

async function hashOf({ run }: RefreshSummary, snapshots: string): Promise<string> {
  return (await openSnapshotStore(snapshots, { s3: { endpointUrl: proxy.endpoint } }).open(run.id)).hash;
}

/** Every node and edge, without what differs between two runs. */
async function countGraph(): Promise<unknown> {
  return graph.read(
    `MATCH (n:Entity) WITH n.id AS id, labels(n) AS labels
     OPTIONAL MATCH (:Entity {id: id})-[edge]->(head:Entity)
     WITH id, labels, type(edge) + ' ' + head.id AS edge ORDER BY edge
     RETURN id, labels, collect(edge) AS edges ORDER BY id`,
  );
}

function unfinished({ units }: Program): readonly string[] {
  const read = new Set(units.flatMap(({ what, unit }) => (what === 'read' ? [unit] : [])));
  return units.flatMap(({ what, unit }) => (what === 'begun' && !read.has(unit) ? [unit] : []));
}

test('three workers, one of them killed in the middle, make the same graph as one process', async () => {
  const [alone, together] = [path.join(root, 'alone'), path.join(root, 'together')];
  const baseline = await collect(alone);
  const inOneProcess = await countGraph();
  await emptyGraph();
  // The third unit that it begins is not read to its end.
  const [killed, ...others] = await startWorkers(inject('redisUrl'), together, ({ child, units }) => {
    if (units.filter(({ what }) => what === 'begun').length === 3) child.kill('SIGKILL');
  });

  const summary = await collect(together, inject('redisUrl'));

  expect(await killed?.ended).toMatchObject({ code: 'SIGKILL' });
  expect(await hashOf(summary, together)).toBe(await hashOf(baseline, alone));
  expect(summary.scopes).toEqual(baseline.scopes);
  expect(await countGraph()).toEqual(inOneProcess);
  // What the killed one had begun, another read; and no other unit was read twice.
  const lost = killed ? unfinished(killed) : [];
  expect(lost.length).toBeGreaterThan(0);
  const readByOthers = others.flatMap(({ units }) =>
    units.flatMap(({ what, unit }) => (what === 'read' ? [unit] : [])),
  );
  expect(readByOthers).toEqual(expect.arrayContaining([...lost]));
  expect(new Set(readByOthers).size).toBe(readByOthers.length);
  expect(others.every(({ units }) => units.length > 0)).toBe(true);
});

test('workers and the loader may share a bucket, and SIGTERM ends a worker when it has read what it has', async () => {
  const [alone, bucket] = [path.join(root, 'before'), 's3://accessgraph-shared/runs'];
  const s3 = new S3Client({ endpoint: proxy.endpoint, forcePathStyle: true, region: 'us-east-1' });
  const baseline = await collect(alone);
  await emptyGraph();
  await s3.send(new CreateBucketCommand({ Bucket: 'accessgraph-shared' }));
  s3.destroy();
  const workers = await startWorkers(inject('redisUrl'), bucket, ({ child, units }) => {
    if (units.length === 1) child.kill('SIGTERM');
  });

  const summary = await collect(bucket, inject('redisUrl'));

  const [stopped] = workers;
  expect(await stopped?.ended).toMatchObject({ code: exitCode.ok });
  expect(stopped && unfinished(stopped)).toEqual([]);
  // The bucket itself is one more in its account.
  expect(Object.keys(summary.scopes)).toEqual(Object.keys(baseline.scopes));
  expect(await hashOf(summary, bucket)).toMatch(/^[0-9a-f]{64}$/);
});

test('a Redis that is lost in the middle ends the run with one sentence and nothing published; the next converges', async () => {
  const [alone, together] = [path.join(root, 'whole'), path.join(root, 'lost')];
  const baseline = await collect(alone);
  await emptyGraph();
  const nothing = await graph.current();
  const first = await startRedis();
  await startWorkers(first.url, together);
  let stopping: Promise<void> | undefined;

  const run = collect(together, first.url, (done) => {
    if (done === 40) stopping ??= first.stop();
  });
  await expect(run).rejects.toThrow(`lost Redis at \`127.0.0.1:${first.port}\` in the middle of the run`);
  await stopping;
  expect(await graph.current()).toEqual(nothing);
  expect(await openSnapshotStore(together).list()).toEqual([]);

  const second = await startRedis({ port: first.port });
  const summary = await collect(together, second.url);
  await second.stop();

  expect(await hashOf(summary, together)).toBe(await hashOf(baseline, alone));
});

test('a Redis that nobody can reach is one sentence and exit code 5, of a worker as of a collection', async () => {
  const args = ['--redis-url', 'redis://:secret@127.0.0.1:1'];
  const sentence = 'accessgraph: cannot reach Redis at `127.0.0.1:1`: ECONNREFUSED\n';

  expect(await start(['worker', ...args]).ended).toEqual({ code: exitCode.credentials, said: sentence });
  await expect(collect(path.join(root, 'none'), 'redis://127.0.0.1:1')).rejects.toMatchObject({
    code: exitCode.credentials,
    message: 'cannot reach Redis at `127.0.0.1:1`: ECONNREFUSED',
  });
});
