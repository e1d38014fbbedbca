import type { GraphSource, ScopeContent } from '@ag/model';
import { expect, test } from 'vitest';
import { content, edge, inFolder, node, readAll, testPlace } from './fixtures.ts';
import { type Snapshot, type SnapshotStore, diffGraphs, openSnapshotStore } from './index.ts';

const run = (number: number) => ({ id: `run-${number}`, startedAt: `2026-11-2${number}T08:00:00.000Z` });

async function record(
  store: SnapshotStore,
  number: number,
  contents: readonly ScopeContent[],
  previous?: Snapshot | GraphSource,
): Promise<Snapshot> {
  const writer = await store.begin({ run: run(number), previous });
  for (const one of contents) await writer.write(one);
  return writer.finish(`2026-11-2${number}T09:00:00.000Z`);
}

test('a finished run reads back as one graph without loose ends', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const queue = node('arn:aws:sqs:eu-west-1:111122223333:jobs', { name: 'jobs' });
    const key = 'arn:aws:kms:eu-west-1:444455556666:key/1';

    await record(store, 1, [
      content('SqsQueue', [queue], { edges: [edge(queue.id, key, { type: 'ENCRYPTED_WITH' })] }),
    ]);
    const latest = await store.latest();

    const scopes = ['default/aws/111122223333/eu-west-1/SqsQueue'];
    expect(latest && (await readAll(latest))).toEqual({
      run: { ...run(1), finishedAt: '2026-11-21T09:00:00.000Z' },
      nodes: [
        { id: key, labels: ['Uncollected'], properties: { reason: 'other account' }, scopes: [] },
        { ...queue, scopes },
      ],
      edges: [{ type: 'ENCRYPTED_WITH', from: queue.id, to: key, properties: {}, scopes }],
      scopes: [
        {
          scope: content('SqsQueue', []).scope,
          state: 'complete',
          readInRun: 'run-1',
          readAt: '2026-11-21T08:00:00.000Z',
          gaps: [],
        },
      ],
      gaps: [],
    });
  }));

test("AWS's own policies that another run's accounts use stay, and those read again are replaced whole", () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const account = 'aws';
    const statement = (id: string) => node(id, {}, { labels: ['PolicyStatement'] });
    const first = [node('p', { v: 1 }), statement('p#identity/0'), statement('p#identity/1'), node('other')];
    const edges = ['0', '1'].map((index) => edge('p', `p#identity/${index}`));

    const one = await record(store, 1, [content('A', first, { account, edges })]);
    const again = [node('p', { v: 2 }), statement('p#identity/0')];
    const two = await record(store, 2, [content('A', again, { account, edges: edges.slice(0, 1) })], one);

    const { nodes, edges: left } = await readAll(two);
    expect(nodes.map(({ id, properties }) => [id, properties])).toEqual([
      ['other', {}],
      ['p', { v: 2 }],
      ['p#identity/0', {}],
    ]);
    expect(left.map(({ to }) => to)).toEqual(['p#identity/0']);
  }));

test('a node that a complete scope misses is kept once without its edges and policies, and is gone the second time (I3)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const queue = node('q', { name: 'jobs', resourcePolicy: '{}' });
    const statement = node('q#resource/0', {}, { labels: ['PolicyStatement'] });
    const edges = [edge('q', 'r', { type: 'SENDS_TO' }), edge('r', 'q'), edge('q', 'q#resource/0')];

    const one = await record(store, 1, [content('A', [queue, statement, node('r')], { edges })]);
    const two = await record(store, 2, [content('A', [node('r')])], one);
    const three = await record(store, 3, [content('A', [node('r')])], two);

    const scopes = ['default/aws/111122223333/eu-west-1/A'];
    const missing = { ...node('q', { missingSince: run(2).startedAt, name: 'jobs' }), scopes };
    expect(await readAll(two)).toMatchObject({ nodes: [missing, { id: 'r' }], edges: [] });
    expect(await readAll(three)).toMatchObject({ nodes: [{ ...node('r'), scopes }], edges: [] });
  }));

test('a node that comes back after it was missed once is an ordinary node (I3)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);

    const one = await record(store, 1, [content('A', [node('q', { name: 'jobs' })])]);
    const two = await record(store, 2, [content('A', [])], one);
    const three = await record(store, 3, [content('A', [node('q', { name: 'jobs' })])], two);

    expect(three.hash).toBe(one.hash);
  }));

test('a principal made again under its name is another one: the old is gone, and what names it leads nowhere (I11)', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const role = 'arn:aws:iam::111122223333:role/deploy';
    const made = (uniqueId: string) => node(role, { uniqueId }, { aliases: [uniqueId] });
    const [before, after] = ['AROAOLDOLDOLDOLDOLDOL', 'AROANEWNEWNEWNEWNEWNE'];
    const names = content('B', [node('b')], { edges: [edge('b', before, { type: 'TRUSTS' })] });

    const one = await record(store, 1, [content('IamRole', [made(before)]), names]);
    const two = await record(store, 2, [content('IamRole', [made(after)]), names], one);

    const read = await readAll(two);
    expect((await readAll(one)).edges.map(({ to }) => to)).toEqual([role]);
    expect(read.edges.map(({ to }) => to)).toEqual([before]);
    expect(read.nodes.map(({ id, properties }) => [id, properties])).toEqual([
      [before, { reason: 'deleted principal' }],
      [role, { uniqueId: after }],
      ['b', {}],
    ]);
    const { nodes } = await diffGraphs(one, two);
    expect(nodes).toMatchObject({
      removed: [{ id: role, properties: { uniqueId: before } }],
      added: [{ id: before }, { id: role, properties: { uniqueId: after } }],
      changed: [],
    });
  }));

test('a denied scope keeps its last complete content, and says how it failed', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const gap = {
      place: content('A', []).scope.place,
      resource: 'A',
      action: 'sqs:ListQueues',
      reason: 'denied' as const,
      message: 'no',
    };

    const one = await record(store, 1, [content('A', [node('q')]), content('B', [node('b')])]);
    const two = await record(store, 2, [content('A', [], { state: 'denied', gaps: [gap] })], one);
    const after = await readAll(two);

    expect(after.nodes).toEqual((await readAll(one)).nodes);
    expect(after.gaps).toEqual([gap]);
    expect(after.scopes.map(({ state, readInRun, readAt }) => ({ state, readInRun, readAt }))).toEqual([
      { state: 'denied', readInRun: 'run-1', readAt: run(1).startedAt },
      { state: 'complete', readInRun: 'run-1', readAt: run(1).startedAt },
    ]);
  }));

test('a partial scope without a complete one before only ever adds', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);

    const one = await record(store, 1, [content('A', [node('a')], { state: 'partial' })]);
    const two = await record(store, 2, [content('A', [node('b')], { state: 'partial' })], one);
    const three = await record(store, 3, [content('A', [], { state: 'throttled' })], two);

    expect((await readAll(three)).nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  }));

test('an alias stands for its node, a shared one for each, marked ambiguous, and an id for itself', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const nodes = [
      node('a', {}, { aliases: ['x', 'b'] }),
      node('b', {}, { aliases: ['y'] }),
      node('c', {}, { aliases: ['y'] }),
    ];
    const edges = [edge('c', 'x', { type: 'ONE' }), edge('c', 'b', { type: 'ID' }), edge('a', 'y', { type: 'MANY' })];

    const snapshot = await record(store, 1, [content('A', nodes, { edges })]);

    expect(
      (await readAll(snapshot)).edges.map(({ type, from, to, properties }) => [type, from, to, properties]),
    ).toEqual([
      ['MANY', 'a', 'b', { ambiguous: true }],
      ['MANY', 'a', 'c', { ambiguous: true }],
      ['ID', 'c', 'b', {}],
      ['ONE', 'c', 'a', {}],
    ]);
  }));

test('what is computed stands beside what was read, and replaces itself', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(directory);
    const read = await record(store, 1, [content('A', [node('a'), node('c')], { edges: [edge('a', 'c')] })]);

    const first = await read.withComputed('access', { nodes: [node('b')], edges: [edge('a', 'b', { type: 'CAN' })] });
    const second = await first.withComputed('access', { nodes: [], edges: [edge('c', 'a', { type: 'CAN' })] });

    expect((await readAll(first)).nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect((await readAll(first)).edges.map(({ type }) => type)).toEqual(['CAN', 'OWNS']);
    expect((await readAll(second)).edges.map(({ from, to, type }) => [from, type, to])).toEqual([
      ['a', 'OWNS', 'c'],
      ['c', 'CAN', 'a'],
    ]);
    expect(await store.latest().then((latest) => latest?.hash)).toBe(second.hash);
    await expect(read.withComputed('access', { nodes: [node('a')], edges: [] })).rejects.toThrow('is there already');
  }));

test('a run that was never finished, a damaged manifest and a truncated object are left out with a warning', () =>
  inFolder(async (directory) => {
    const warnings: string[] = [];
    const store = openSnapshotStore(directory, { warn: ({ run, reason }) => warnings.push(`${run}: ${reason}`) });
    const one = await record(store, 1, [content('A', [node('a')])]);
    await record(store, 2, [content('A', [node('b')])]);
    await record(store, 3, [content('A', [node('c')])]);
    const writer = await store.begin({ run: run(4), previous: one });
    await writer.write(content('A', [node('d')]));

    const place = testPlace();
    await place.truncate(directory, 'runs/run-3/manifest.json', 500);
    const line = '"nodes":{"sha256":"';
    const text = await place.readText(directory, 'runs/run-2/manifest.json');
    const sha256 = text.slice(text.lastIndexOf(line) + line.length, text.lastIndexOf(line) + line.length + 64);
    await place.truncate(directory, `objects/${sha256}.ndjson.gz`, 40);

    expect((await store.latest())?.id).toBe('run-1');
    expect(warnings).toEqual(['run-3: its manifest is damaged', `run-2: object \`${sha256}\` is missing or damaged`]);
    await expect(store.open('run-2')).rejects.toThrow('cannot be used');
    await expect(store.open('run-4')).rejects.toThrow('never finished');
    expect((await place.list(directory, 'objects')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }));

test('where the folder was lost, the graph itself carries forward', () =>
  inFolder(async (directory) => {
    const store = openSnapshotStore(`${directory}/lost`);
    const nodes = [node('a', {}, { aliases: ['x'] }), node('b')];
    const edges = [edge('b', 'x'), edge('b', 'gone')];
    const before = await (
      await record(store, 1, [content('A', nodes), content('B', [node('a', { more: 1 })], { edges })])
    ).withComputed('access', { nodes: [], edges: [edge('a', 'b', { type: 'CAN' })] });
    // Only what a GraphSource offers, as of Neo4j.
    const { run: asOf, nodes: allNodes, edges: allEdges, scopes, gaps } = before;
    const graph: GraphSource = { run: asOf, nodes: allNodes, edges: allEdges, scopes, gaps };

    const fresh = openSnapshotStore(`${directory}/new`);
    const after = await record(fresh, 2, [content('A', [], { state: 'timeout' })], graph);

    const { nodes: expected, edges: expectedEdges } = await readAll(before);
    const rebuilt = await readAll(after);
    expect(rebuilt.nodes).toEqual(expected);
    expect(rebuilt.edges).toEqual(expectedEdges.filter(({ type }) => type !== 'CAN'));
  }));

test('I9: an object that was damaged without a change of its size is written again by the next run that holds the same', () =>
  inFolder(async (directory) => {
    const place = testPlace();
    const store = openSnapshotStore(directory);
    const one = await record(store, 1, [content('A', [node('a')])]);
    for (const name of await place.list(directory, 'objects')) await place.blank(directory, `objects/${name}`);
    expect(await store.latest()).toBeUndefined();

    const two = await record(store, 2, [content('A', [node('a')])]);

    expect(two.hash).toBe(one.hash);
    expect((await readAll(two)).nodes.map(({ id }) => id)).toEqual(['a']);
    expect((await store.latest())?.id).toBe('run-2');
  }));

test('what another process kept is written to a run as if it were read here, without a second copy', () =>
  inFolder(async (directory) => {
    const queue = node('q', { name: 'jobs' }, { aliases: ['x'] });
    const gap = {
      place: content('A', []).scope.place,
      resource: 'A',
      action: 'sqs:GetQueueAttributes',
      reason: 'denied' as const,
      message: 'no',
    };
    const attempts = [
      content('A', [queue, node('r')], { edges: [edge('r', 'x')], gaps: [gap, gap] }),
      content('B', []),
      content('C', [], { state: 'timeout', gaps: [{ ...gap, resource: 'C' }] }),
    ];
    const direct = await record(openSnapshotStore(`${directory}/direct`), 1, attempts);

    const worker = openSnapshotStore(directory);
    const messages = await Promise.all(attempts.map((one) => worker.keep(one)));
    const loader = openSnapshotStore(directory);
    const kept = await testPlace().list(directory, 'objects');
    const recalled = await Promise.all(messages.map((message) => loader.recall(structuredClone(message))));
    const writer = await loader.begin({ run: run(1) });
    for (const one of recalled) await writer.write(one);
    expect(await testPlace().list(directory, 'objects')).toEqual(kept);
    const snapshot = await writer.finish('2026-11-21T09:00:00.000Z');

    expect(recalled[0]).toEqual({ ...attempts[0], gaps: [gap, gap] });
    expect(await readAll(snapshot)).toEqual(await readAll(direct));
    expect(snapshot.hash).toBe(direct.hash);
    const [first] = messages;
    const elsewhere = openSnapshotStore(`${directory}/elsewhere`);
    await expect(first && elsewhere.recall(first)).rejects.toThrow('is missing or damaged');
  }));

test('a crash after the objects and before the manifest leaves the run before it, and the same run again is whole', () =>
  inFolder(async (directory) => {
    const one = await record(openSnapshotStore(directory), 1, [content('A', [node('a')])]);
    const crashed = await openSnapshotStore(directory).begin({ run: run(2), previous: one });
    await crashed.write(content('A', [node('a'), node('b')]));

    const store = openSnapshotStore(directory);
    expect((await store.list()).map(({ id }) => id)).toEqual(['run-1']);
    const again = await record(store, 2, [content('A', [node('a'), node('b')])], await store.latest());

    expect((await readAll(again)).nodes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect((await store.latest())?.id).toBe('run-2');
  }));
