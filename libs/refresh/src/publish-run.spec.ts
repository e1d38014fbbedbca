import type { Current, Graph, PublishSummary } from '@ag/graph';
import { type GraphSource, type GraphNode, type RunInfo, type ScopeContent, UserError, exitCode } from '@ag/model';
import type { BeginOptions, Computed, Snapshot, SnapshotStore } from '@ag/snapshot';
import { expect, test } from 'vitest';
import { Interrupted, publishRun } from './publish-run.ts';

const account = '111122223333';
const at = '2026-11-24T08:00:00.000Z';
const older: RunInfo = { id: '20261123T080000Z-aaaa', startedAt: at, finishedAt: at };

test('what was read is closed, completed with the access that follows from it, and published under the lease', async () => {
  const fake = fakes();

  const summary = await publish(fake);

  expect(summary).toEqual({
    run: { id: '20261124T080000Z-0001', number: 1, startedAt: at, finishedAt: at },
    scopes: { complete: 1, denied: 1 },
    gaps: 1,
    published,
  });
  expect(fake.events).toEqual([
    'lease of the test',
    'begin on nothing',
    'write IamRole',
    'write S3Bucket',
    'finish',
    'computed access: CAN_ASSUME arn:aws:iam::111122223333:user/ana → arn:aws:iam::111122223333:role/deploy',
    'publish',
    'release',
  ]);
});

test('a reading that fails leaves nothing and gives the lease back', async () => {
  const fake = fakes();
  const failure = new UserError('the file is gone', exitCode.usage);

  await expect(publish(fake, { read: () => Promise.reject(failure) })).rejects.toBe(failure);

  expect(fake.events).toEqual(['lease of the test', 'begin on nothing', 'abandon', 'release']);
});

test('a publication that fails gives the lease back; the snapshot is kept for the next run', async () => {
  const failure = new Error('the disk is full');
  const fake = fakes({ publishing: failure });

  await expect(publish(fake)).rejects.toBe(failure);

  expect(fake.events.filter((event) => /finish|abandon|publish|release/.test(event))).toEqual([
    'finish',
    'publish',
    'release',
  ]);
});

test('a run that is told to stop is abandoned, whatever its reading throws then', async () => {
  for (const thrown of [undefined, new Error('socket hang up')]) {
    const fake = fakes();
    const controller = new AbortController();

    const running = publish(fake, {
      signal: controller.signal,
      read: async () => {
        controller.abort();
        if (thrown) throw thrown;
      },
    });

    await expect(running).rejects.toBeInstanceOf(Interrupted);
    expect(fake.events).toEqual(['lease of the test', 'begin on nothing', 'abandon', 'release']);
  }
});

test('a run that lost its lease while reading is abandoned', async () => {
  const fake = fakes();
  const lost = new Error('another writer took over');

  await expect(publish(fake, { read: async () => fake.lost.abort(lost) })).rejects.toThrow(lost);

  expect(fake.events).toEqual(['lease of the test', 'begin on nothing', 'abandon', 'release']);
});

test('a run goes on from the newest snapshot where the folder knows what the graph holds', async () => {
  const fake = fakes({ kept: [older], current: { run: older, loading: false } });

  await publish(fake);

  expect(fake.events[1]).toBe(`begin on the snapshot ${older.id}`);
});

test('a run goes on from the graph where the folder does not know what the graph holds', async () => {
  const other: RunInfo = { ...older, id: '20261123T090000Z-bbbb' };
  const fake = fakes({ kept: [other], current: { run: older, loading: false } });

  await publish(fake);

  expect(fake.events[1]).toBe('begin on the graph');
});

test('a run goes on from the graph where the snapshot of what it holds is damaged', async () => {
  const newer: RunInfo = { ...older, id: '20261123T090000Z-bbbb' };
  const current = { run: newer, loading: false };
  const noneWhole = fakes({ kept: [older, newer], whole: [], current });
  const olderWhole = fakes({ kept: [older, newer], whole: [older], current });

  await publish(noneWhole);
  await publish(olderWhole);

  expect([noneWhole.events[1], olderWhole.events[1]]).toEqual(['begin on the graph', 'begin on the graph']);
});

test('a run goes on from a newer snapshot that could not be published', async () => {
  const newer: RunInfo = { ...older, id: '20261123T090000Z-bbbb' };
  const fake = fakes({ kept: [older, newer], current: { run: older, loading: false } });

  await publish(fake);

  expect(fake.events[1]).toBe(`begin on the snapshot ${newer.id}`);
});

test('a run goes on from the newest snapshot where the graph is empty', async () => {
  const fake = fakes({ kept: [older] });

  await publish(fake);

  expect(fake.events[1]).toBe(`begin on the snapshot ${older.id}`);
});

const unchanged = { created: 0, updated: 0, removed: 0 };
const published: PublishSummary = {
  run: 'of the test',
  nodes: unchanged,
  edges: unchanged,
  scopes: unchanged,
  transactions: 1,
  unchanged: true,
};

interface Reading {
  readonly read?: (write: (content: ScopeContent) => Promise<void>) => Promise<void>;
  readonly signal?: AbortSignal;
}

function publish({ graph, store }: ReturnType<typeof fakes>, { read = readTwo, signal }: Reading = {}) {
  return publishRun({ graph, store, holder: 'the test', signal, now: () => new Date(at), read });
}

async function readTwo(write: (content: ScopeContent) => Promise<void>): Promise<void> {
  const place = { partition: 'aws', account, region: 'global' };
  const rest = { readAt: at, nodes: [], edges: [] };
  await write({ ...rest, scope: { connection: 'test', place, resource: 'IamRole' }, state: 'complete', gaps: [] });
  const message = 'not allowed';
  const gap = { place, resource: 'S3Bucket', action: 's3:ListAllMyBuckets', reason: 'denied', message } as const;
  await write({ ...rest, scope: { connection: 'test', place, resource: 'S3Bucket' }, state: 'denied', gaps: [gap] });
}

interface Situation {
  readonly kept?: readonly RunInfo[];
  /** Those of them that are not damaged; all unless given. */
  readonly whole?: readonly RunInfo[];
  readonly current?: Current;
  readonly publishing?: Error;
}

/** A graph and a folder that note what is asked of them. */
function fakes({ kept = [], whole = kept, current, publishing }: Situation = {}) {
  const events: string[] = [];
  const lost = new AbortController();
  const graphNow = sourceOf(older, []);
  const graph: Graph = {
    read: unasked,
    source: () => graphNow,
    migrate: unasked,
    lease: async (holder) => {
      events.push(`lease of ${holder}`);
      const release = async () => void events.push('release');
      return { id: 'lease', holder, token: 1, lost: lost.signal, renew: async () => undefined, release };
    },
    publish: async () => {
      events.push('publish');
      if (publishing) throw publishing;
      return published;
    },
    current: async () => current,
    close: unasked,
  };
  const store: SnapshotStore = {
    list: async () => kept,
    latest: async () => {
      const last = whole.at(-1);
      return last && snapshotOf(last, events);
    },
    open: unasked,
    accept: unasked,
    begin: async ({ run, previous }) => {
      events.push(`begin on ${nameOf(previous, graphNow)}`);
      return {
        write: async ({ scope }) => void events.push(`write ${scope.resource}`),
        finish: async (finishedAt) => {
          events.push('finish');
          return snapshotOf({ ...run, finishedAt }, events);
        },
        abandon: async () => void events.push('abandon'),
      };
    },
  };
  return { graph, store, events, lost };
}

function nameOf(previous: BeginOptions['previous'], graphNow: GraphSource): string {
  if (!previous) return 'nothing';
  if (previous === graphNow) return 'the graph';
  return 'id' in previous ? `the snapshot ${previous.id}` : 'something else';
}

/** One account with a user whom a role trusts. */
function snapshotOf(run: RunInfo, events: string[]): Snapshot {
  const user = `arn:aws:iam::${account}:user/ana`;
  const role = `arn:aws:iam::${account}:role/deploy`;
  const trustPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: user }, Action: 'sts:AssumeRole' }],
  });
  const nodes: readonly GraphNode[] = [
    { id: account, labels: ['AwsAccount'], properties: {} },
    {
      id: role,
      labels: ['IamRole', 'AwsResource', 'Principal'],
      properties: { arn: role, name: 'deploy', trustPolicy },
    },
    { id: user, labels: ['IamUser', 'AwsResource', 'Principal'], properties: { arn: user, name: 'ana' } },
  ];
  const withComputed = async (name: string, { edges }: Computed): Promise<Snapshot> => {
    events.push(`computed ${name}: ${edges.map(({ type, from, to }) => `${type} ${from} → ${to}`).join(', ')}`);
    return snapshot;
  };
  const snapshot: Snapshot = { ...sourceOf(run, nodes), id: run.id, hash: 'of the test', withComputed };
  return snapshot;
}

function sourceOf(run: RunInfo, nodes: readonly GraphNode[]): GraphSource {
  const scopes = ['test'];
  return {
    run: async () => run,
    nodes: (label) =>
      each(
        nodes
          .filter(({ labels }) => label === undefined || labels.includes(label))
          .map((node) => ({ ...node, scopes })),
      ),
    edges: () => each([]),
    scopes: () => each([]),
    gaps: () => each([]),
  };
}

async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

function unasked(): never {
  throw new Error('the test did not expect this question');
}
