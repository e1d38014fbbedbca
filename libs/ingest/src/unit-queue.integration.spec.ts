import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@ag/connect';
import { type GraphNode, type ScopeContent, UserError, exitCode } from '@ag/model';
import { type Reader, defineNode } from '@ag/resource';
import { openSnapshotStore } from '@ag/snapshot';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { ingest } from './ingest.ts';
import { addressOf, openRedis } from './redis.ts';
import { type StubAws, startStubAws } from './stub-aws.ts';
import { type Timings, type UnitJob, queueNameOf, redisPrefix } from './unit-job.ts';
import { type UnitWorker, startUnitWorker } from './unit-worker.ts';

const redisUrl = inject('redisUrl');
const redis = await openRedis(redisUrl);
const account = '100000000001';
const secrets = ['wJalrSecretKey', 'FwoGSessionToken', 'agreed-external-id'] as const;
const quick: Partial<Timings> = { pulse: 100, rest: 50, noWorker: 1_000 };
const log = { info: () => undefined, warn: () => undefined };
const regionNames = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const workers: UnitWorker[] = [];
let folder: string;
let stub: StubAws;

beforeEach(async () => {
  await redis.flushall();
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-units-'));
  const items = regionNames.map((name) => `<item><regionName>${name}</regionName></item>`).join('');
  const body = `<DescribeRegionsResponse><regionInfo>${items}</regionInfo></DescribeRegionsResponse>`;
  stub = await startStubAws(() => ({ body }));
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await stub.stop();
  await rm(folder, { recursive: true, force: true });
});

afterAll(() => redis.disconnect());

function connect(): Connection {
  const [secretAccessKey, sessionToken, externalId] = secrets;
  return {
    name: 'default',
    account,
    partition: 'aws',
    defaultRegion: 'us-east-1',
    endpointUrl: stub.url,
    settings: { externalId },
    credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey, sessionToken }),
    invalidate: () => undefined,
    assumptions: () => 0,
  };
}

/** Two kinds of thing of each service, one in every region and one in none. */
function toys(service: string, onRead: (place: string) => Promise<void> = async () => undefined): readonly Reader[] {
  return (['global', 'regional'] as const).map((scope): Reader => {
    const label = `${service}${scope}`;
    return {
      name: label,
      description: '',
      scope,
      types: [defineNode({ label, description: '', docs: '', properties: {} })],
      actions: [`${service}:ListThings`],
      async read({ place, accounts }) {
        await onRead(`${place.account}/${service}`);
        const id = `arn:aws:${service}:${place.region === 'global' ? '' : place.region}:${place.account}:thing/1`;
        const node: GraphNode = { id, labels: [label, 'AwsResource'], properties: { seen: accounts.length } };
        const gap = { place, resource: label, action: 'x:Get', arn: id, reason: 'denied', message: 'no' } as const;
        return [{ resource: label, state: 'complete', nodes: [node], edges: [], gaps: [gap] }];
      },
    };
  });
}

async function read(
  readers: readonly Reader[],
  workers?: { readonly timings: Partial<Timings> },
  signal?: AbortSignal,
) {
  const contents: ScopeContent[] = [];
  const summary = await ingest({
    connection: connect(),
    registry: { definitions: [], readers },
    log,
    now: () => new Date('2026-11-24T08:00:00.000Z'),
    onContent: async (content) => void contents.push(content),
    ...(signal && { signal }),
    ...(workers && { workers: { redisUrl, store: openSnapshotStore(folder), ...workers } }),
  });
  const inOrder = contents.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { contents: inOrder, summary };
}

function nameOf({ scope: { place, resource } }: ScopeContent): string {
  return `${place.account} ${place.region} ${resource}`;
}

async function startWorker(readers: readonly Reader[], directory = folder, store = openSnapshotStore(directory)) {
  const registry = { definitions: [], readers };
  const now = () => new Date('2026-11-24T08:00:00.000Z');
  const options = { connection: connect(), redisUrl, registry, store, log, now, concurrency: 4, timings: quick };
  workers.push(await startUnitWorker(options));
}

test('what workers read is what one process reads, and nothing of the run is left in Redis', async () => {
  const readers = [...toys('one'), ...toys('two')];
  const alone = await read(readers);
  await startWorker(readers);
  await startWorker(readers);

  const together = await read(readers, { timings: quick });

  expect(together.contents).toEqual(alone.contents);
  expect(together.summary).toEqual(alone.summary);
  const left = await redis.keys(`${redisPrefix}:*:${'?'.repeat(36)}*`);
  expect(left.filter((key) => !key.includes(':lock:'))).toEqual([]);
});

test('no secret goes to Redis', async () => {
  const told: string[] = [];
  const monitor = await redis.duplicate({ lazyConnect: false }).monitor();
  monitor.on('monitor', (_: string, words: readonly string[]) => told.push(words.join(' ')));
  await startWorker(toys('one'));

  await read(toys('one'), { timings: quick });
  monitor.disconnect();

  expect(told.some((line) => line.includes('eu-central-1'))).toBe(true);
  expect(told.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
});

test('one worker at a time reads a service of an account, and several services are read side by side', async () => {
  const reading = new Map<string, number>();
  const shared = new Set<string>();
  let most = 0;
  const watched = (worker: number) => async (service: string) => {
    for (const [other, count] of reading) {
      if (count > 0 && other.endsWith(service) && other !== `${worker} ${service}`) shared.add(service);
    }
    const key = `${worker} ${service}`;
    reading.set(key, (reading.get(key) ?? 0) + 1);
    most = Math.max(most, [...reading.values()].filter((count) => count > 0).length);
    await sleep(20);
    reading.set(key, (reading.get(key) ?? 0) - 1);
  };
  const services = ['one', 'two', 'three'];
  for (const worker of [1, 2, 3]) await startWorker(services.flatMap((name) => toys(name, watched(worker))));

  const { summary } = await read(
    services.flatMap((name) => toys(name)),
    { timings: quick },
  );

  expect(summary.gaps).toBe(12);
  expect([...shared]).toEqual([]);
  expect(most).toBeGreaterThan(1);
});

test('a unit that is given up leaves each of its scopes with a gap that says so, and the rest is read', async () => {
  const readers = [...toys('one'), ...toys('two')];
  const store = openSnapshotStore(folder);
  await startWorker(readers, folder, {
    ...store,
    keep: (content) =>
      nameOf(content).endsWith('eu-west-1 tworegional')
        ? Promise.reject(new Error('the disk is full'))
        : store.keep(content),
  });

  const { contents } = await read(readers, { timings: quick });

  expect(contents.filter(({ state }) => state !== 'complete')).toEqual([
    {
      scope: {
        connection: 'default',
        place: { partition: 'aws', account, region: 'eu-west-1' },
        resource: 'tworegional',
      },
      state: 'unexpected',
      readAt: '2026-11-24T08:00:00.000Z',
      nodes: [],
      edges: [],
      gaps: [
        {
          place: { partition: 'aws', account, region: 'eu-west-1' },
          resource: 'tworegional',
          action: 'two:ListThings',
          reason: 'unexpected',
          message: 'no worker could read it: the disk is full',
        },
      ],
    },
  ]);
  expect(contents.filter(({ state }) => state === 'complete').map(({ scope }) => scope.resource)).toContain(
    'tworegional',
  );
});

test('an interruption takes out what nobody has begun, and what is begun is dropped by its worker', async () => {
  const controller = new AbortController();
  let begun = 0;
  const slow = toys('one', async () => {
    begun += 1;
    controller.abort();
    await sleep(300);
  });
  await startWorker(slow);

  const { contents } = await read(toys('one'), { timings: quick }, controller.signal);

  const states = contents
    .filter(({ scope }) => scope.resource.startsWith('one'))
    .map(({ state, gaps }) => [state, gaps[0]?.message]);
  expect(states).toEqual(Array.from({ length: 4 }, () => ['skipped', 'the run was interrupted']));
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  const queue = new Queue(queueNameOf(connect()), { connection: redis, prefix: redisPrefix });
  expect(await queue.getJobCountByTypes('waiting', 'delayed', 'active', 'prioritized')).toBe(0);
  await queue.close();
  expect(begun).toBeLessThanOrEqual(4);
});

test('units of a run that is dead are dropped unread', async () => {
  const queue = new Queue<UnitJob, unknown>(queueNameOf(connect()), { connection: redis, prefix: redisPrefix });
  const place = { partition: 'aws', account, region: 'eu-west-1' };
  const job = await queue.add('one', { run: 'dead', service: 'one', place, regions: ['eu-west-1'] });
  let begun = 0;
  await startWorker(toys('one', async () => void (begun += 1)));

  await expect
    .poll(async () => (await queue.getJob(job.id ?? ''))?.returnvalue, { timeout: 10_000 })
    .toEqual({ dropped: true });
  await queue.close();

  expect(begun).toBe(0);
});

test('where nobody works the run ends with a sentence, and does not wait for ever', async () => {
  const ended = await read(toys('one'), { timings: quick }).catch((error: unknown) => error);

  expect(ended).toBeInstanceOf(UserError);
  expect(ended).toMatchObject({
    code: exitCode.credentials,
    message: `no worker takes units from Redis at \`${addressOf(redisUrl)}\`: start one with \`accessgraph worker\``,
  });
});

test('a Redis that comes back empty ends the run with a sentence', async () => {
  await startWorker(toys('one', () => sleep(60_000, undefined, { ref: false })));
  const run = read(toys('one'), { timings: { ...quick, noWorker: 60_000 } });
  const ended = run.then(
    () => '',
    (error: Error) => error.message,
  );
  await expect.poll(() => redis.keys('*:active'), { timeout: 10_000 }).toHaveLength(1);

  await redis.flushall();

  expect(await ended).toMatch(/^Redis at `127\.0\.0\.1:\d+` lost the units of this run$/);
  workers.splice(0);
});

test('a worker that keeps its runs elsewhere is told of, before anything is published', async () => {
  await startWorker(toys('one'), path.join(folder, 'elsewhere'));

  await expect(read(toys('one'), { timings: quick })).rejects.toThrow(
    'a worker kept what it read where this process does not find it: both need the same folder or bucket of runs',
  );
});
