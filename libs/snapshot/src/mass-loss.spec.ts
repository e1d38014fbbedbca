import type { GraphSource, ScopeContent } from '@ag/model';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { content, edge, inFolder, node, readAll } from './fixtures.ts';
import { type Snapshot, type SnapshotStore, openSnapshotStore } from './index.ts';

const scope = 'default/aws/111122223333/eu-west-1/A';
const time = (number: number) => `2026-11-2${number}T08:00:00.000Z`;

test('a reading that lost a fifth and more than fifty is held, and what was known stays as it was (I4)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);

    const [before, after] = await play(store, [[content('A', queues(100))], [content('A', queues(49, 'new'))]]);

    expect((await readAll(after)).nodes).toEqual((await readAll(before)).nodes);
    expect((await readAll(after)).scopes).toEqual([
      {
        scope: content('A', []).scope,
        state: 'held',
        readInRun: 'run-1',
        readAt: time(1),
        gaps: [held('resources', 100, 100)],
      },
    ]);
  }));

test.each([
  ['fifty of two hundred', 200, 150, 'complete'],
  ['fifty-one of two hundred', 200, 149, 'held'],
  ['sixty of three hundred', 300, 240, 'complete'],
  ['sixty-one of three hundred', 300, 239, 'held'],
  ['all three', 3, 0, 'held'],
  ['both of two', 2, 0, 'complete'],
  ['the only one', 1, 0, 'complete'],
  ['nine of ten', 10, 1, 'complete'],
])('losing %s resources: the scope of %i with %i left is %s (I4)', (_, known, left, state) =>
  inFolder(async (directory) => {
    const [, after] = await play(openSnapshotStore(directory), [
      [content('A', queues(known))],
      [content('A', queues(left))],
    ]);

    expect((await readAll(after)).scopes.map((record) => record.state)).toEqual([state]);
  }),
);

test.each([
  ['all three', 3, 0, 'held'],
  ['both of two', 2, 0, 'complete'],
  ['two of three', 3, 1, 'complete'],
])('a scope of nothing but links that loses %s: of %i with %i left it is %s (I4)', (_, known, left, state) =>
  inFolder(async (directory) => {
    const links = (count: number) =>
      Array.from({ length: count }, (__, index) => edge(`m${index}`, 'role', { type: 'RUNS_AS' }));

    const [, after] = await play(openSnapshotStore(directory), [
      [content('A', [], { edges: links(known) })],
      [content('A', [], { edges: links(left) })],
    ]);

    expect((await readAll(after)).scopes.map((record) => record.state)).toEqual([state]);
  }),
);

test('content that was read before runs had numbers does not take the number of the attempt that failed', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const before = await record(store, 1, [content('A', queues(3))]);
    const writer = await store.begin({ run: { id: 'run-2', number: 2, startedAt: time(2) }, previous: before });
    await writer.write(content('A', [], { state: 'denied' }));

    const [kept] = (await readAll(await writer.finish(time(2)))).scopes;

    expect(kept).toEqual({
      scope: content('A', []).scope,
      state: 'denied',
      readInRun: 'run-1',
      readAt: time(1),
      gaps: [],
    });
  }));

test('what two complete readings in a row lack is gone, as if it had never been held (I4)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const less = [content('A', [node('new'), ...queues(10)])];

    const [, , after] = await play(store, [[content('A', queues(100))], less, less]);
    const [unbraked] = await play(openSnapshotStore(path.join(directory, 'other')), [less]);

    expect((await readAll(after)).nodes).toEqual((await readAll(unbraked)).nodes);
    expect((await readAll(after)).scopes).toMatchObject([{ state: 'complete', readInRun: 'run-3', gaps: [] }]);
  }));

test('a few that went between two readings do not hold what both lack any longer (I4)', () =>
  inFolder(async (directory) => {
    const [, , after] = await play(openSnapshotStore(directory), [
      [content('A', queues(100))],
      [content('A', queues(40))],
      [content('A', queues(39))],
    ]);

    const { nodes, scopes } = await readAll(after);
    expect(scopes).toMatchObject([{ state: 'complete' }]);
    expect(nodes.length).toBe(40);
    expect(nodes.filter(({ properties }) => properties['missingSince'] === time(3)).map(({ id }) => id)).toEqual([
      'q039',
    ]);
  }));

test('a second reading that lacks others is no confirmation: it is held in its turn (I4)', () =>
  inFolder(async (directory) => {
    const all = queues(200);
    const [first, , after, last] = await play(openSnapshotStore(directory), [
      [content('A', all)],
      [content('A', all.slice(0, 100))],
      [content('A', all.slice(100))],
      [content('A', all)],
    ]);

    expect((await readAll(after)).nodes).toEqual((await readAll(first)).nodes);
    expect((await readAll(after)).scopes).toMatchObject([{ state: 'held', gaps: [held('resources', 100, 200)] }]);
    expect(last.hash).toBe(first.hash);
  }));

test('a failure confirms nothing: the scope stays held, says how it failed, and a later reading confirms (I4)', () =>
  inFolder(async (directory) => {
    const less = [content('A', queues(10))];
    const [first, , failed, after] = await play(openSnapshotStore(directory), [
      [content('A', queues(100))],
      less,
      [content('A', [], { state: 'denied' })],
      less,
    ]);

    expect((await readAll(failed)).nodes).toEqual((await readAll(first)).nodes);
    expect((await readAll(failed)).scopes).toMatchObject([{ state: 'denied', gaps: [held('resources', 90, 100)] }]);
    expect((await readAll(after)).nodes.length).toBe(10);
  }));

test('a mass loss of policies or of edges is held too, though every resource is there (I4)', () =>
  inFolder(async (directory) => {
    const nodes = queues(60);
    const statements = nodes.map(({ id }) => node(`${id}#resource/0`, {}, { labels: ['PolicyStatement'] }));
    const owns = nodes.map(({ id }) => edge('111122223333', id));
    const edges = nodes.map(({ id }) => edge(id, 'arn:aws:kms:eu-west-1:1:key/1', { type: 'ENCRYPTED_WITH' }));

    const [, , noStatements, , noEdges] = await play(openSnapshotStore(directory), [
      [content('A', [...nodes, ...statements], { edges: owns })],
      [content('A', [...nodes, ...statements], { edges: owns })],
      [content('A', nodes, { edges: owns })],
      [content('A', [...nodes, ...statements], { edges: [...owns, ...edges] })],
      [content('A', [...nodes, ...statements], { edges: owns })],
    ]);

    expect((await readAll(noStatements)).gaps).toEqual([held('statements', 60, 60)]);
    expect((await readAll(noEdges)).gaps).toEqual([held('edges', 60, 60)]);
  }));

test('a held reading that a person accepted is taken by the next run, whatever that reads (I4)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const [, before] = await play(store, [[content('A', queues(100))], [content('A', queues(10))]]);

    const accepted = await store.accept([scope]);
    const after = await record(store, 3, [content('A', [], { state: 'denied' })], before);
    const later = await record(store, 4, [content('A', queues(10))], after);

    expect(accepted).toMatchObject([{ state: 'held', gaps: [held('resources', 90, 100)] }]);
    const { nodes, scopes } = await readAll(after);
    expect(scopes).toMatchObject([{ state: 'denied', readInRun: 'run-2', readAt: time(2), gaps: [] }]);
    expect(nodes.filter(({ properties }) => properties['missingSince'] === time(2)).length).toBe(90);
    expect((await readAll(later)).nodes.length).toBe(10);
  }));

test('what was accepted of one reading does not let the next one through (I4)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const all = queues(300);
    const [, held1] = await play(store, [[content('A', all)], [content('A', all.slice(0, 100))]]);
    await store.accept([]);

    const after = await record(store, 3, [content('A', all.slice(0, 10))], held1);

    expect((await readAll(after)).scopes).toMatchObject([{ state: 'held', gaps: [held('resources', 90, 100)] }]);
  }));

test('whoever accepts what is not held is told in one sentence', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const nothing = 'no scope is held, so there is nothing to accept';
    await expect(store.accept([])).rejects.toThrow(nothing);
    await play(store, [[content('A', queues(3)), content('B', [])]]);
    await expect(store.accept([])).rejects.toThrow(nothing);
    await record(store, 2, [content('A', [])], await store.latest());

    await expect(store.accept([scope.replace('/A', '/B')])).rejects.toThrow(
      'the scope `default/aws/111122223333/eu-west-1/B` is not held: `accessgraph status` shows those that are',
    );
    await expect(store.accept(['A'])).rejects.toThrow(
      'there is no scope `A`: write it as `accessgraph status` shows it',
    );
  }));

test('a damaged list of what was accepted is told and accepts nothing', () =>
  inFolder(async (directory) => {
    const warnings: string[] = [];
    const store = openSnapshotStore(directory, { warn: ({ reason }) => warnings.push(reason) });
    const [, before] = await play(store, [[content('A', queues(3))], [content('A', [])]]);
    const file = path.join(directory, 'accepted.json');
    await writeFile(file, '["A"]');

    const after = await record(store, 3, [content('A', [], { state: 'denied' })], before);

    expect((await readAll(after)).nodes.length).toBe(3);
    expect(warnings).toEqual(['`accepted.json` does not say which scopes were accepted: accept them again']);
  }));

test('where the folder was lost, a scope stays held on the graph’s word until two new readings agree (I4)', () =>
  inFolder(async (directory) => {
    const [, before] = await play(openSnapshotStore(path.join(directory, 'lost')), [
      [content('A', queues(100))],
      [content('A', queues(10))],
    ]);
    const { run, nodes, edges, scopes, gaps } = before;
    const graph: GraphSource = { run, nodes, edges, scopes, gaps };
    const store = openSnapshotStore(path.join(directory, 'new'));

    const one = await record(store, 3, [content('A', queues(10))], graph);
    const two = await record(store, 4, [content('A', queues(10))], one);

    expect((await readAll(one)).nodes).toEqual((await readAll(before)).nodes);
    expect((await readAll(one)).scopes).toMatchObject([{ state: 'held', readInRun: 'run-1' }]);
    expect((await readAll(two)).nodes.length).toBe(10);
  }));

function held(kind: string, lost: number, of: number) {
  const { place, resource } = content('A', []).scope;
  const message =
    `the newest listing lacks ${lost} of ${of} ${kind} that were known: what was known stays until ` +
    'a second listing or `accessgraph accept` confirms it';
  return { place, resource, action: 'none', reason: 'held', message };
}

function queues(count: number, prefix = 'q') {
  return Array.from({ length: count }, (_, index) => node(`${prefix}${String(index).padStart(3, '0')}`));
}

async function play<const Runs extends readonly (readonly ScopeContent[])[]>(store: SnapshotStore, runs: Runs) {
  const snapshots: Snapshot[] = [];
  for (const [index, contents] of runs.entries()) {
    snapshots.push(await record(store, index + 1, contents, snapshots.at(-1)));
  }
  if (!isOneEach(runs, snapshots)) throw new Error('a run is missing');
  return snapshots;
}

async function record(
  store: SnapshotStore,
  number: number,
  contents: readonly ScopeContent[],
  previous?: Snapshot | GraphSource,
): Promise<Snapshot> {
  const writer = await store.begin({ run: { id: `run-${number}`, startedAt: time(number) }, previous });
  for (const one of contents) await writer.write(one);
  return writer.finish(time(number));
}

function isOneEach<Runs extends readonly unknown[]>(
  runs: Runs,
  snapshots: readonly Snapshot[],
): snapshots is { readonly [Index in keyof Runs]: Snapshot } {
  return snapshots.length === runs.length;
}
