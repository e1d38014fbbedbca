import type { GraphEdge, GraphNode, ScopeContent, ScopeState } from '@ag/model';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { content, edge, inFolder, node, readAll } from './fixtures.ts';
import { type Snapshot, diffGraphs, openSnapshotStore } from './index.ts';

// Generated runs by the dozen take long on a busy machine, and longer in a bucket.
vi.setConfig({ testTimeout: 120_000 });

const ids = ['a', 'b', 'c', 'd', 'e'] as const;
const labels = ['A', 'B', 'C'] as const;
const states = ['complete', 'partial', 'denied', 'timeout'] as const satisfies readonly ScopeState[];

const nodes: fc.Arbitrary<GraphNode> = fc.record({
  id: fc.constantFrom(...ids),
  labels: fc.constantFrom<GraphNode['labels']>(['SqsQueue', 'AwsResource'], ['IamRole', 'Principal'], ['IamRole']),
  properties: fc.dictionary(
    fc.constantFrom('name', 'size', 'unread'),
    fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
  ),
  aliases: fc.array(fc.constantFrom('x', 'y', 'a')),
});
const edges: fc.Arbitrary<GraphEdge> = fc
  .record({
    from: fc.constantFrom(...ids, 'x', 'y', 'z'),
    to: fc.constantFrom(...ids, 'x', 'y', 'z'),
    type: fc.constantFrom('OWNS', 'TRUSTS'),
    size: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ from, to, type, size }) => edge(from, to, { type, properties: { size } }));
const contents: fc.Arbitrary<ScopeContent> = fc
  .record({
    label: fc.constantFrom(...labels),
    nodes: fc.array(nodes, { maxLength: 5 }),
    edges: fc.array(edges, { maxLength: 5 }),
    state: fc.constantFrom(...states),
  })
  .map(({ label, nodes, edges, state }) => content(label, nodes, { edges, state }));
const runs = fc.array(fc.uniqueArray(contents, { selector: ({ scope }) => scope.resource }), {
  minLength: 1,
  maxLength: 4,
});

async function play(directory: string, all: readonly (readonly ScopeContent[])[]): Promise<readonly Snapshot[]> {
  const store = openSnapshotStore(directory);
  const snapshots: Snapshot[] = [];
  for (const [number, run] of all.entries()) {
    const at = `2026-11-2${number}T08:00:00.000Z`;
    const writer = await store.begin({ run: { id: `run-${number}`, startedAt: at }, previous: snapshots.at(-1) });
    for (const one of run) await writer.write(one);
    snapshots.push(await writer.finish(at));
  }
  return snapshots;
}

test('the order of scopes, nodes and edges does not matter (I7)', () =>
  fc.assert(
    fc.asyncProperty(runs, fc.infiniteStream(fc.nat()), async (all, random) => {
      const shuffled = all.map((run) =>
        shuffle(
          run.map((one) => ({ ...one, nodes: shuffle(one.nodes, random), edges: shuffle(one.edges, random) })),
          random,
        ),
      );

      const [one, other] = await inFolder((a) =>
        inFolder(async (b) => [(await play(a, all)).map(readHash), (await play(b, shuffled)).map(readHash)]),
      );

      expect(other).toEqual(one);
    }),
    { numRuns: 25 },
  ));

test('I1: only a complete scope removes anything', () =>
  fc.assert(
    fc.asyncProperty(runs, (all) =>
      inFolder(async (directory) => {
        const snapshots = await Promise.all((await play(directory, all)).map(readAll));
        for (const [number, after] of snapshots.entries()) {
          const before = snapshots[number - 1];
          if (!before) continue;
          const complete = new Set(
            (all[number] ?? []).filter(({ state }) => state === 'complete').map(({ scope }) => scope.resource),
          );
          const kept = before.nodes.filter(({ scopes }) =>
            scopes.some((key) => !complete.has(key.slice(key.lastIndexOf('/') + 1))),
          );
          expect(after.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(kept.map(({ id }) => id)));
        }
      }),
    ),
    { numRuns: 25 },
  ));

test('a run that reads nothing carries everything forward as it was', () =>
  fc.assert(
    fc.asyncProperty(runs, (all) =>
      inFolder(async (directory) => {
        const [before, after] = (await play(directory, [...all, []])).slice(-2);

        expect(after?.hash).toBe(before?.hash);
        expect(before && after && (await diffGraphs(before, after))).toEqual({
          nodes: { added: [], removed: [], changed: [] },
          edges: { added: [], removed: [], changed: [] },
        });
      }),
    ),
    { numRuns: 10 },
  ));

test('I6: reading the same again changes nothing after the second time', () =>
  fc.assert(
    fc.asyncProperty(runs, (all) =>
      inFolder(async (directory) => {
        const last = all.at(-1) ?? [];

        const hashes = (await play(directory, [...all, last, last, last])).map(readHash);

        expect(hashes.at(-1)).toBe(hashes.at(-2));
      }),
    ),
    { numRuns: 10 },
  ));

test('every edge of a snapshot has both ends', () =>
  fc.assert(
    fc.asyncProperty(runs, (all) =>
      inFolder(async (directory) => {
        for (const snapshot of await play(directory, all)) {
          const { nodes, edges } = await readAll(snapshot);
          const known = new Set(nodes.map(({ id }) => id));
          expect(edges.filter(({ from, to }) => !known.has(from) || !known.has(to))).toEqual([]);
        }
      }),
    ),
    { numRuns: 10 },
  ));

test('a difference names what came, what went and what changed', () =>
  inFolder(async (directory) => {
    const one = [content('A', [node('a'), node('b', { size: 1 })]), content('B', [], { edges: [edge('a', 'b')] })];
    const two = [content('A', [node('b', { size: 2 }), node('c')]), content('B', [], { edges: [] })];

    const [before, , after] = await play(directory, [one, two, two]);

    const scopes = ['default/aws/111122223333/eu-west-1/A'];
    expect(before && after && (await diffGraphs(before, after))).toEqual({
      nodes: {
        added: [{ ...node('c'), scopes }],
        removed: [{ ...node('a'), scopes }],
        changed: [{ before: { ...node('b', { size: 1 }), scopes }, after: { ...node('b', { size: 2 }), scopes } }],
      },
      edges: {
        added: [],
        removed: [{ ...edge('a', 'b'), scopes: ['default/aws/111122223333/eu-west-1/B'] }],
        changed: [],
      },
    });
  }));

function readHash({ hash }: Snapshot): string {
  return hash;
}

function shuffle<Value>(values: readonly Value[], random: Iterator<number>): Value[] {
  return values
    .map((value) => ({ value, rank: Number(random.next().value) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}
