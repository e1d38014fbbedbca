import { openSnapshotStore } from '@ag/snapshot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Installation,
  type ToyKind,
  awsError,
  homeAccount,
  install,
  toyArn,
  toysOf,
} from './fixtures/toy-cloud.ts';

const today = '2026-11-24T08:00:00.000Z';
const yesterday = '2026-11-23T08:00:00.000Z';
const tomorrow = '2026-11-25T08:00:00.000Z';
const settings = { regions: ['eu-west-1'] };
let toys: Installation;

beforeEach(async () => {
  toys = await install();
});

afterEach(() => toys.stop());

function toy(name: string): string {
  return toyArn({ account: homeAccount, region: 'eu-west-1' }, 'Toy', name);
}

function collect(at: string, ...kinds: readonly ToyKind[]) {
  return toys.collect({ accounts: [homeAccount], settings, kinds }, at);
}

function reads(...names: readonly string[]): ToyKind {
  return { label: 'Toy', list: () => names };
}

const fails: ToyKind = {
  label: 'Toy',
  list: () => {
    throw awsError('AccessDenied', 403);
  },
};

test.each([
  ['is set back by a day', [today, yesterday, today]],
  ['is a day ahead, and right again', [today, tomorrow, today]],
  ['shows the same time', [today, today, today]],
])('F37: a clock that %s does not bring back what an older run read', async (_, [first, second, third]) => {
  await collect(first ?? '', reads('bear'));
  const newer = await collect(second ?? '', reads('bear', 'doll'));

  await collect(third ?? '', fails);

  // The third run could read nothing: it holds what the second one read, whose time may be before or after its own.
  expect(toysOf(toys.graph)).toEqual([toy('bear'), toy('doll')]);
  const scope = toys.graph.published()?.scopes.find(({ scope: { resource } }) => resource === 'Toy');
  expect(scope).toMatchObject({ state: 'denied', readInRun: newer.run.id, readAt: second, readInNumber: 2 });
});

test('F37: runs are in the order in which they were made, and the newest is the last made', async () => {
  const store = openSnapshotStore(toys.folder);

  for (const at of [today, tomorrow, yesterday, today]) await collect(at, reads('bear'));

  const runs = await store.list();
  expect(runs.map(({ number, startedAt }) => [number, startedAt])).toEqual([
    [1, today],
    [2, tomorrow],
    [3, yesterday],
    [4, today],
  ]);
  expect((await store.latest())?.id).toBe(runs.at(-1)?.id);
  expect((await toys.graph.current())?.run).toEqual(runs.at(-1));
});

test('F37: of two contents that contradict each other the one that was read last wins, whatever its time', async () => {
  const store = openSnapshotStore(toys.folder);
  const place = { partition: 'aws', account: homeAccount, region: 'eu-west-1' };
  const content = (resource: string, colour: string, readAt: string) => ({
    scope: { connection: 'default', place, resource },
    state: 'complete' as const,
    readAt,
    nodes: [{ id: toy('bear'), labels: ['Toy'] as const, properties: { colour } }],
    edges: [],
    gaps: [],
  });
  const first = await store.begin({ run: { id: 'b', number: 1, startedAt: today } });
  await first.write(content('A', 'brown', today));
  const second = await store.begin({
    run: { id: 'a', number: 2, startedAt: yesterday },
    previous: await first.finish(today),
  });
  await second.write(content('B', 'white', yesterday));

  const snapshot = await second.finish(yesterday);

  const colours: unknown[] = [];
  for await (const { properties } of snapshot.nodes()) colours.push(properties['colour']);
  expect(colours).toEqual(['white']);
});

test('F37: a graph that was emptied counts on from the folder’s newest run', async () => {
  await collect(today, reads('bear'));
  await collect(today, reads('bear', 'doll'));
  const other = await install();

  const { run } = await other.collect({ accounts: [homeAccount], settings, kinds: [fails] }, yesterday, toys.folder);

  expect(run.number).toBe(3);
  expect(toysOf(other.graph)).toEqual([toy('bear'), toy('doll')]);
  await other.stop();
});
