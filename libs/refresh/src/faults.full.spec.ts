import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '@ag/graph';
import type { GraphSource } from '@ag/model';
import { type Snapshot, openSnapshotStore } from '@ag/snapshot';
import {
  type Call,
  type FaultProxy,
  type GraphIndex,
  changeCompany,
  checkGraph,
  createRecorder,
  everyInjection,
  indexSource,
  readerRole,
  sample,
  seed,
  smallCompany,
  startFaultProxy,
  toFault,
} from '@ag/testing';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { refresh, settingsSchema } from './index.ts';

const upstream = inject('awsEndpoint');
const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
const log = { info: () => undefined, warn: () => undefined };
const runs = 100;
const root = await mkdtemp(path.join(tmpdir(), 'accessgraph-faults-'));
const calls: Call[] = [];

let graph: Graph;
let proxy: FaultProxy;
let recorder = createRecorder();
let account = '';
let before: Snapshot;
let past: Index;
let faultless: Index;

type Index = Pick<GraphIndex, 'nodes' | 'edges'>;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_REGION', smallCompany.homeRegion);
  graph = await openGraph(neo4j);
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  const seeded = await seed({ endpoint: upstream, company: smallCompany });
  account = seeded.accounts['shop'] ?? '';
  proxy = await startFaultProxy({
    upstream,
    seeded,
    onAnswer: (call, answer) => {
      calls.push(call);
      recorder.add(call, answer);
    },
  });
  await collect('past', 8);
  const known = await openSnapshotStore(path.join(root, 'past')).latest();
  if (!known) throw new Error('the first run left no snapshot');
  before = known;
  past = await indexSource(graph.source());

  await changeCompany(upstream, seeded);
  recorder = createRecorder();
  calls.length = 0;
  await collect('faultless', 9);
  faultless = await indexSource(graph.source());
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
  await graph.close();
  await rm(root, { recursive: true, force: true });
});

/** One refresh of one account in one region, on top of what is in the graph. */
function collect(folder: string, hour: number) {
  const settings = settingsSchema.parse({
    endpointUrl: proxy.endpoint,
    snapshotDirectory: path.join(root, folder),
    roleName: readerRole.name,
    externalId: readerRole.externalId,
    accounts: [account],
    regions: [smallCompany.homeRegion],
  });
  const at = new Date(Date.UTC(2026, 10, 24, hour));
  // A lasting throttle is waited for as long as an operator would wait; here it is given up soon.
  const clientSettings = { requestTimeout: 5_000, retries: 3 };
  return refresh({ settings, graph, log, now: () => at, clientSettings });
}

/** Makes the graph what it was before the change. */
async function restore(): Promise<void> {
  const lease = await graph.lease('the test');
  await graph.publish(before, lease);
  await lease.release();
}

async function gapActions(source: GraphSource): Promise<readonly string[]> {
  const actions: string[] = [];
  for await (const gap of source.gaps()) actions.push(gap.action);
  return actions;
}

function toText({ nodes, edges }: Index): string {
  return JSON.stringify([[...nodes.values()], [...edges.values()]]);
}

test('the graph of a run with a fault is made of what is there before and after', { timeout: 900_000 }, async () => {
  const injections = sample(everyInjection({ calls, present: recorder.finish() }), runs, 5);
  const wrong: string[] = [];
  let number = 0;

  for (const injection of injections) {
    const { type, call, index } = injection;
    const say = (what: string) => wrong.push(`${type.kind} ${type.lasts} at call ${index}, ${call.action}: ${what}`);
    await restore();
    number += 1;
    const fault = proxy.fail(toFault(injection));
    const error = await collect(`run-${number}`, 9).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : 'no error at all'),
    );
    fault.remove();
    const after = await indexSource(graph.source());
    if (error !== undefined) {
      if (call.action !== 'sts:GetCallerIdentity' || type.recovers) say(`ended with ${error}`);
      if (toText(after) !== toText(past)) say('a run that was refused changed the graph');
      continue;
    }
    if (toText(after) === toText(faultless)) continue;
    if (type.recovers) say('was not recovered from');
    const isVanished = type.kind === 'vanishedItem';
    if (!isVanished && !(await gapActions(graph.source())).includes(call.action)) say('is seen nowhere');
    if (!isVanished)
      for (const { rule, what } of checkGraph({ before: past, faultless }, after)) say(`${rule}: ${what}`);
  }

  expect(wrong).toEqual([]);
  expect(number).toBe(runs);
});
