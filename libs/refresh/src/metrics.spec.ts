import { type GraphSource, type ScopeRecord, exitCode } from '@ag/model';
import { expect, test } from 'vitest';
import { collectionFigures } from './collection-figures.ts';
import { createMetrics, outcomeOf } from './metrics.ts';

const run = { id: 'run-2', startedAt: '2026-11-24T08:00:00.000Z', finishedAt: '2026-11-24T08:05:00.000Z' };
const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };

function scope(resource: string, rest: Partial<ScopeRecord>): ScopeRecord {
  const scope = { connection: 'default', place, resource };
  return { scope, state: 'complete', readInRun: run.id, readAt: run.startedAt, gaps: [], ...rest };
}

function gap(resource: string, reason: ScopeRecord['gaps'][number]['reason']) {
  return { place, resource, action: 'sqs:ListQueues', reason, message: 'no' };
}

const scopes = [
  scope('IamRole', {}),
  scope('S3Bucket', { readInRun: 'run-1', readAt: '2026-11-23T08:00:00.000Z' }),
  scope('SqsQueue', {
    state: 'held',
    readInRun: 'run-0',
    readAt: '2026-11-22T08:00:00.000Z',
    gaps: [gap('SqsQueue', 'held')],
  }),
  scope('KmsKey', { state: 'denied', gaps: [gap('KmsKey', 'denied'), gap('KmsKey', 'held')] }),
];

test('the figures of a collection: scopes by state, gaps and loose ends by reason, what is held and what is old', async () => {
  expect(await collectionFigures(source(scopes))).toEqual({
    run,
    scopes: { complete: 2, denied: 1, held: 1 },
    gaps: { denied: 1, held: 2 },
    held: 2,
    oldestCarriedAt: '2026-11-22T08:00:00.000Z',
    uncollected: { 'does not exist': 2, 'other account': 1 },
  });
});

test('where a run read everything, nothing is old', async () => {
  expect(await collectionFigures(source(scopes.slice(0, 1)))).toMatchObject({ held: 0, scopes: { complete: 1 } });
  expect((await collectionFigures(source(scopes.slice(0, 1)))).oldestCarriedAt).toBeUndefined();
});

test('the metrics say every state and reason, also those that nothing has', async () => {
  const metrics = createMetrics({ collects: true, now: () => new Date('2026-11-24T08:00:00.000Z') });

  metrics.observe(await collectionFigures(source(scopes)));
  metrics.runEnded('partial', { '111122223333': { 'iam:ListUsers': 2, 's3:ListBuckets': 1 }, other: { 'iam:X': 3 } });
  metrics.runEnded('failed');

  const lines = (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.filter((line) => line.startsWith('accessgraph_scopes')).sort()).toEqual(
    [
      ...['complete"} 2', 'denied"} 1', 'deniedByScp"} 0', 'detached"} 0', 'expiredCredentials"} 0', 'held"} 1'],
      ...['malformed"} 0', 'network"} 0', 'notCollected"} 0', 'partial"} 0', 'regionDisabled"} 0', 'skipped"} 0'],
      ...['throttled"} 0', 'timeout"} 0', 'unexpected"} 0'],
    ].map((end) => `accessgraph_scopes{state="${end}`),
  );
  expect(lines.filter((line) => !line.startsWith('accessgraph_scopes') && !line.endsWith(' 0'))).toEqual([
    'accessgraph_gaps{reason="denied"} 1',
    'accessgraph_gaps{reason="held"} 2',
    'accessgraph_held_scopes 2',
    'accessgraph_uncollected_nodes{reason="does not exist"} 2',
    'accessgraph_uncollected_nodes{reason="other account"} 1',
    `accessgraph_last_successful_run_timestamp_seconds ${Date.parse(run.finishedAt) / 1000}`,
    `accessgraph_oldest_carried_scope_age_seconds ${2 * 24 * 3600}`,
    'accessgraph_aws_calls_total{service="iam"} 5',
    'accessgraph_aws_calls_total{service="s3"} 1',
    'accessgraph_runs_total{outcome="partial"} 1',
    'accessgraph_runs_total{outcome="failed"} 1',
  ]);
});

test('a reason that nothing has any longer is not told with its old number', async () => {
  const metrics = createMetrics({ collects: false });
  metrics.observe(await collectionFigures(source(scopes)));

  metrics.observe({ ...(await collectionFigures(source(scopes))), uncollected: { 'missing policy': 1 } });

  const text = await metrics.text();
  expect(text).toContain('accessgraph_uncollected_nodes{reason="missing policy"} 1');
  expect(text).not.toContain('other account');
});

test('no account, no ARN and no message is among the metrics', async () => {
  const metrics = createMetrics({ collects: true });
  metrics.observe(await collectionFigures(source(scopes)));
  metrics.runEnded('complete', { '111122223333': { 'sqs:ListQueues': 1 } });

  expect(await metrics.text()).not.toMatch(/\d{12}|arn:|ListQueues|"no"/);
});

test('the API counts no runs and no calls: it makes none', async () => {
  expect(await createMetrics({ collects: false }).text()).not.toMatch(/runs_total|calls_total/);
});

test('an outcome is told by the exit code', () => {
  expect([exitCode.ok, exitCode.partial, exitCode.interrupted, exitCode.database].map(outcomeOf)).toEqual([
    'complete',
    'partial',
    'interrupted',
    'failed',
  ]);
});

function source(records: readonly ScopeRecord[]): GraphSource {
  const ends = ['does not exist', 'other account', 'does not exist'].map((reason, index) => ({
    id: String(index),
    labels: ['Uncollected'] as const,
    properties: { reason },
    scopes: [],
  }));
  return {
    run: async () => run,
    nodes: (label) => each(label === 'Uncollected' ? ends : []),
    edges: () => each([]),
    scopes: () => each(records),
    gaps: () => each(records.flatMap(({ gaps }) => gaps)),
  };
}

async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}
