import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { type WholeGraph, emptyDatabase, queue, owns, runOf, sourceOf } from './fixtures.ts';
import { cypher, openGraph } from './index.ts';

const settings = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
const graph = await openGraph(settings, { nodeTypes: [] });
const count = 3_000;

beforeEach(async () => {
  await emptyDatabase(settings);
  await graph.migrate();
});

afterAll(async () => {
  await graph.close();
  await emptyDatabase(settings);
});

/** A graph in which every node says of which run it is, and half of the nodes are that run's own. */
function estate(run: number): WholeGraph {
  const nodes = Array.from({ length: count }, (_, number) =>
    queue(number % 2 === 0 ? `queue-${number}` : `queue-${number}-of-${run}`, { run }),
  );
  const edges = nodes.slice(1).map(({ id }) => owns(nodes[0]?.id ?? '', id, { run }));
  return { run: runOf(run), nodes, edges, scopes: [] };
}

/** What one reader sees in one question: the run that the graph says it is as of, and what is there of which run. */
const glance = cypher`
  MATCH (current:Current {id: 'current'})
  WITH current.run AS run, current.loading AS loading
  MATCH (node:Entity)
  WITH run, loading, count(node) AS nodes, collect(DISTINCT node.run) AS nodesOf
  OPTIONAL MATCH (:Entity)-[edge:OWNS]->(:Entity)
  WITH run, loading, nodes, nodesOf, count(edge) AS edges, collect(DISTINCT edge.run) AS edgesOf
  MATCH (after:Current {id: 'current'})
  RETURN run, loading OR after.loading AS loading, nodes, nodesOf, edges, edgesOf, after.run AS runAfter
`;

interface Glance {
  readonly [name: string]: unknown;
  readonly run: string;
  readonly loading: boolean;
  readonly runAfter: string;
}

/** Looks at the graph again and again until the work is done. */
async function watch(work: Promise<unknown>): Promise<readonly Glance[]> {
  const seen: Glance[] = [];
  let isOver = false;
  const end = work.finally(() => (isOver = true));
  while (!isOver) seen.push(...(await graph.read<Glance>(glance)));
  await end;
  return seen;
}

function whole(run: number): Glance {
  const { id } = runOf(run);
  return { run: id, loading: false, nodes: count, nodesOf: [run], edges: count - 1, edgesOf: [run], runAfter: id };
}

test('I5, 13: whoever asks while a run is published sees the old graph or the new one, or `loading`, and no half-cleaned one', async () => {
  const lease = await graph.lease('test');
  await graph.publish(sourceOf(estate(1)), lease);

  const seen: Glance[] = [];
  for (let run = 2; run < 6; run += 1) {
    seen.push(...(await watch(graph.publish(sourceOf(estate(run)), lease))));
    expect(await graph.read(glance)).toEqual([whole(run)]);
  }

  const settled = seen.filter(({ run, runAfter, loading }) => run === runAfter && !loading);
  const runs = [1, 2, 3, 4, 5].map(whole);
  expect(settled.filter((one) => !runs.some((run) => JSON.stringify(run) === JSON.stringify(one)))).toEqual([]);
  expect(new Set(settled.map(({ run }) => run)).size).toBeGreaterThan(2);
  await lease.release();
});

test('I5, 13: whoever asks while a large change is loaded in batches sees `loading`, or a whole graph', async () => {
  const lease = await graph.lease('test');
  await graph.publish(sourceOf(estate(1)), lease);

  const seen = await watch(graph.publish(sourceOf(estate(2)), lease, { limit: 0, batch: 500 }));

  const settled = seen.filter(({ run, runAfter, loading }) => run === runAfter && !loading);
  const runs = [1, 2].map(whole);
  expect(settled.filter((one) => !runs.some((run) => JSON.stringify(run) === JSON.stringify(one)))).toEqual([]);
  expect(seen.some(({ loading }) => loading)).toBe(true);
  expect(await graph.current()).toEqual({ run: runOf(2), loading: false });
  await lease.release();
});
