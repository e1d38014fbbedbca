import { type AddressInfo, createServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineNode, declare } from '@ag/resource';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { emptyDatabase, owns, queue, readAll, runOf, scope, sourceOf, toList, type WholeGraph } from './fixtures.ts';
import { type Database, openDatabase } from './database.ts';
import { type Graph, type Lease, LeaseHeld, LeaseLost, cypher, openGraph } from './index.ts';
import { inFence } from './lease.ts';
import { publishSnapshot } from './publish.ts';

const uri = inject('neo4jUri');
const settings = { uri, user: inject('neo4jUser'), password: inject('neo4jPassword') };
const nodeTypes = [
  defineNode({
    label: 'SqsQueue',
    description: '',
    docs: '',
    properties: { name: declare('string', '', { indexed: true }) },
  }),
];
const open = (): Promise<Graph> => openGraph(settings, { nodeTypes });
const graph = await open();

const account = { ...queue('111122223333'), labels: ['AwsAccount'] as const };
const first: WholeGraph = {
  run: runOf(1),
  nodes: [
    account,
    { ...queue('a', { name: 'a', size: 5, ratio: 0.5, tags: [], open: true }), aliases: ['x'], scopes: ['s'] },
    queue('b', { name: 'b' }),
    { ...queue('key', { reason: 'other account' }), labels: ['Uncollected'] },
  ],
  edges: [
    owns(account.id, 'a'),
    { ...owns(account.id, 'b', { count: 2 }), scopes: ['s'] },
    { ...owns('a', 'key'), type: 'ENCRYPTED_WITH' },
    { ...owns('a', 'key'), type: 'ENCRYPTED_WITH', key: 'second' },
  ],
  scopes: [scope('SqsQueue'), scope('KmsKey'), scope('S3Bucket')],
};
const nothing = { created: 0, updated: 0, removed: 0 };

beforeEach(() => emptyDatabase(settings));
afterAll(async () => {
  await graph.close();
  await emptyDatabase(settings);
});

async function publish(content: WholeGraph, on = graph): ReturnType<Graph['publish']> {
  await on.migrate();
  const lease = await on.lease('test');
  try {
    return await on.publish(sourceOf(content), lease);
  } finally {
    await lease.release();
  }
}

test('a node that took the name of another is a new one, and the other is counted as gone (I11)', async () => {
  const queueOf = (uniqueId: string) => queue('a', { name: 'a', uniqueId });
  const others = { ...first, edges: [], nodes: [account, queueOf('one')] };
  await publish(others);

  const summary = await publish({ ...others, run: runOf(2), nodes: [account, queueOf('two')] });

  expect(summary.nodes).toEqual({ created: 1, updated: 0, removed: 1 });
  expect(await graph.read(cypher`MATCH (n {id: 'a'}) RETURN n.uniqueId AS uniqueId, n.firstSeenAt AS at`)).toEqual([
    { uniqueId: 'two', at: runOf(2).startedAt },
  ]);
});

test('the graph answers exactly what was published', async () => {
  await publish(first);

  expect(await readAll(graph.source())).toEqual(await readAll(sourceOf(first)));
  expect(await toList(graph.source().nodes('SqsQueue'))).toEqual(await toList(sourceOf(first).nodes('SqsQueue')));
  expect(await toList(graph.source().nodes('AwsResource'))).toEqual(await toList(sourceOf(first).nodes('AwsResource')));
  expect(await toList(graph.source().edges('OWNS'))).toEqual(await toList(sourceOf(first).edges('OWNS')));
  expect(await graph.current()).toEqual({ run: runOf(1), loading: false });
});

test('a second run with one thing gone, one place denied and one timed out writes only that', async () => {
  const { id, startedAt } = runOf(1);
  const carried = { readInRun: id, readAt: startedAt };
  const gap = {
    place: scope('KmsKey').scope.place,
    resource: 'KmsKey',
    action: 'kms:ListKeys',
    reason: 'denied' as const,
    message: 'not allowed',
  };
  const second: WholeGraph = {
    run: runOf(2),
    nodes: first.nodes.filter((node) => node.id !== 'b'),
    edges: first.edges.filter((edge) => edge.to !== 'b'),
    scopes: [
      scope('SqsQueue', { readInRun: 'run-2', readAt: runOf(2).startedAt }),
      scope('KmsKey', { state: 'denied', gaps: [gap], ...carried }),
      scope('S3Bucket', { state: 'timeout', ...carried }),
    ],
  };
  await publish(first);

  const summary = await publish(second);

  expect(summary).toEqual({
    run: 'run-2',
    nodes: { ...nothing, removed: 1 },
    edges: { ...nothing, removed: 1 },
    scopes: { ...nothing, updated: 2 },
    transactions: 3,
    unchanged: false,
  });
  expect(await readAll(graph.source())).toEqual(await readAll(sourceOf(second)));
});

test('I6: a run that changes nothing writes its own node and the pointer to it, and nothing else', async () => {
  await publish(first);
  const before = await dump();
  const third = {
    ...first,
    run: runOf(3),
    scopes: first.scopes.map((record) => ({ ...record, readInRun: 'run-3', readAt: runOf(3).startedAt })),
  };

  const summary = await publish(third);

  expect(summary).toMatchObject({ nodes: nothing, edges: nothing, scopes: nothing, unchanged: true });
  expect(await dump()).toEqual([...before, toLine(['Run'], runOf(3))].sort());
  expect(await graph.current()).toEqual({ run: runOf(3), loading: false });
  expect(await readAll(graph.source())).toEqual(await readAll(sourceOf(third)));
});

test('a change of properties and labels keeps when the node was first seen', async () => {
  await publish(first);
  const changed = first.nodes.map((node) =>
    node.id === 'b' ? { ...queue('b'), labels: ['SnsTopic'] as const } : node,
  );

  const summary = await publish({ ...first, run: runOf(2), nodes: changed });

  expect(summary.nodes).toEqual({ ...nothing, updated: 1 });
  expect(
    await graph.read(cypher`MATCH (n {id: 'b'}) RETURN labels(n) AS labels, n.name AS name, n.firstSeenAt AS at`),
  ).toEqual([{ labels: ['Entity', 'SnsTopic'], name: null, at: runOf(1).startedAt }]);
});

test('whole numbers are whole for people who write Cypher', async () => {
  await publish(first);

  expect(
    await graph.read(cypher`MATCH (n {id: 'a'}) RETURN valueType(n.size) AS size, valueType(n.ratio) AS ratio`),
  ).toEqual([{ size: 'INTEGER NOT NULL', ratio: 'FLOAT NOT NULL' }]);
});

test('I5, I9: a change beyond the limit is batched, says so, and what was interrupted anywhere converges', async () => {
  const second: WholeGraph = {
    ...first,
    run: runOf(2),
    nodes: [
      ...first.nodes.filter(({ id }) => id !== 'b'),
      queue('c'),
      queue('d'),
      queue('a', { name: 'changed' }),
    ].filter(({ id, properties }) => id !== 'a' || properties['name'] === 'changed'),
    edges: [
      ...first.edges.filter(({ to }) => to !== 'b'),
      owns(account.id, 'c'),
      owns(account.id, 'd'),
      owns('c', 'd'),
    ],
  };
  await publish(first);
  const options = { limit: 3, batch: 1 };
  const steps = 9;
  const seen: (boolean | undefined)[] = [];

  for (let crashAfter = 1; crashAfter < steps; crashAfter += 1) {
    await emptyDatabase(settings);
    await publish(first);
    let batches = 0;
    const lease = await graph.lease('crashes');
    const onBatch = (): void => {
      batches += 1;
      if (batches === crashAfter) throw new Error('crashed');
    };
    await expect(graph.publish(sourceOf(second), lease, { ...options, onBatch })).rejects.toThrow('crashed');
    seen.push((await graph.current())?.loading);
    expect((await graph.current())?.run).toEqual(runOf(1));
    await lease.release();

    await publish(second);

    expect(await readAll(graph.source())).toEqual(await readAll(sourceOf(second)));
    expect(await graph.current()).toEqual({ run: runOf(2), loading: false });
  }

  expect(seen).toEqual(Array.from({ length: steps - 1 }, () => true));
});

test('of two leases at once one is refused, and its turn comes when the other is released', async () => {
  const other = await open();
  await graph.migrate();

  const results: readonly PromiseSettledResult<Lease>[] = await Promise.allSettled([
    graph.lease('one'),
    other.lease('two'),
  ]);

  const held = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  expect([held.length, refused.length]).toEqual([1, 1]);
  expect(refused[0]).toBeInstanceOf(LeaseHeld);
  await held[0]?.release();
  const next = await other.lease('two');
  expect(next.token).toBe((held[0]?.token ?? 0) + 1);
  await next.release();
  await other.close();
});

test('I8: a writer that was overtaken cannot write, not even what it began before', async () => {
  const slow = await graph.lease('slow', { ttlMs: 1, keepAlive: false });
  const quick = await graph.lease('quick', { ttlMs: 60_000, keepAlive: false });

  await expect(graph.publish(sourceOf(first), slow)).rejects.toBeInstanceOf(LeaseLost);
  await expect(slow.renew()).rejects.toBeInstanceOf(LeaseLost);
  expect(slow.lost.aborted).toBe(true);
  await slow.release();
  expect(await graph.current()).toBeUndefined();
  expect(await toList(graph.source().nodes())).toEqual([]);

  await graph.publish(sourceOf(first), quick);
  expect(await graph.current()).toEqual({ run: runOf(1), loading: false });
  await quick.release();
});

test('F32: a write whose acknowledgement was lost is not done twice', async () => {
  const database = await openDatabase(settings);
  const lease = await graph.lease('twice');
  // The driver repeats a transaction that it does not know to be committed.
  const repeating: Database = {
    ...database,
    write: async (work) => {
      await database.write(work);
      return database.write(work);
    },
  };

  await publishSnapshot(repeating, sourceOf(first), lease);
  const changed = { ...first, edges: first.edges.map((edge) => ({ ...edge, properties: { changed: true } })) };
  await publishSnapshot(repeating, sourceOf(changed), lease, { limit: 0, batch: 1 });

  expect(await readAll(graph.source())).toEqual(await readAll(sourceOf(changed)));
  await lease.release();
  await database.close();
});

test('nobody takes over between the check of a lease and the commit', async () => {
  const database = await openDatabase(settings);
  const slow = await graph.lease('slow', { ttlMs: 1, keepAlive: false });
  const order: string[] = [];
  let taken: Promise<unknown> = Promise.resolve();

  await inFence(database, slow, async (transaction) => {
    taken = graph.lease('quick', { keepAlive: false }).then(() => order.push('taken'));
    await Promise.race([taken, sleep(300)]);
    await transaction.run(cypher`CREATE (:Entity {id: 'late'})`);
    order.push('written');
  });
  await taken;

  expect(order).toEqual(['written', 'taken']);
  await expect(inFence(database, slow, async () => order.push('again'))).rejects.toBeInstanceOf(LeaseLost);
  await database.close();
});

test('a read cannot write, and stops at its time limit or when it is no longer wanted', async () => {
  await expect(graph.read(cypher`CREATE (n:Entity {id: 'x'})`)).rejects.toThrow('Writing in read access mode');
  await expect(
    graph.read(cypher`UNWIND range(1, 100000000) AS x RETURN count(x % 7) AS n`, {}, { timeoutMs: 50 }),
  ).rejects.toMatchObject({ code: 'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration' });
  await expect(
    graph.read(
      cypher`UNWIND range(1, 100000000) AS x RETURN count(x % 7) AS n`,
      {},
      { signal: AbortSignal.timeout(50) },
    ),
  ).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('F40: an interrupted migration resumes, a second one changes nothing, and a newer schema is refused', async () => {
  const done: number[] = [];
  let broken = true;
  const migrations = [
    { version: 1, apply: async () => void done.push(1) },
    {
      version: 2,
      apply: async () => {
        done.push(2);
        if (broken) throw new Error('interrupted');
      },
    },
  ];
  const newer = await openGraph(settings, { nodeTypes, migrations });

  await expect(newer.migrate()).rejects.toThrow('interrupted');
  broken = false;
  await newer.migrate();
  await newer.migrate();

  expect(done).toEqual([1, 2, 2]);
  await expect(graph.migrate()).rejects.toThrow(
    `the graph at \`${uri}\` was written by a newer version (schema 2, this program knows 1): update this program`,
  );
  await newer.close();
});

test('a migration makes the constraints, and an index for each property that people search by', async () => {
  await graph.migrate();

  const names = await graph.read<{ name: string }>(
    cypher`SHOW INDEXES YIELD name, type WHERE type = 'RANGE' RETURN name ORDER BY name`,
  );

  expect(names.map(({ name }) => name)).toEqual(['SqsQueue_name', 'current_id', 'entity_id', 'run_id', 'scope_id']);
});

test('an edge that leads to no node is an error, and nothing is written', async () => {
  await expect(publish({ ...first, edges: [owns('a', 'nowhere')] })).rejects.toThrow('1 edges `OWNS` lead to no node');

  expect(await graph.current()).toBeUndefined();
});

test('a graph in which nothing was published says so', async () => {
  await expect(graph.source().run()).rejects.toThrow(`the graph at \`${uri}\` is empty: nothing was collected yet`);
});

test('what is wrong with the connection is said in one sentence', async () => {
  const http = createHttpServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  const mute = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  const portOf = (server: { address(): AddressInfo | string | null }): string => {
    const address = server.address();
    return address !== null && typeof address === 'object' ? `bolt://127.0.0.1:${address.port}` : '';
  };

  await expect(openGraph({ uri: 'bolt://127.0.0.1:1' })).rejects.toThrow('no Neo4j answers at `bolt://127.0.0.1:1`');
  await expect(openGraph({ uri: 'nonsense' })).rejects.toThrow('`nonsense` is not the address of a Neo4j');
  await expect(openGraph({ uri: portOf(http) })).rejects.toThrow("is not a Neo4j's Bolt port");
  await expect(openGraph({ uri: portOf(mute) })).rejects.toMatchObject({ name: 'UserError', code: 6 });
  await expect(openGraph({ ...settings, database: 'other' })).rejects.toThrow(
    `the Neo4j at \`${uri}\` has no database \`other\``,
  );
  http.close();
  mute.close();
});

/** Every node and edge with all properties but the bookkeeping node, as sorted text. */
async function dump(): Promise<string[]> {
  const rows = await graph.read<{ what: unknown; properties: object }>(cypher`
    MATCH (n)
    WHERE NOT n:Current
    RETURN labels(n) AS what, properties(n) AS properties
    UNION ALL
    MATCH (tail)-[e]->(head)
    RETURN [type(e), tail.id, head.id] AS what, properties(e) AS properties
  `);
  return rows.map(({ what, properties }) => toLine(what, properties)).sort();
}

function toLine(what: unknown, properties: object): string {
  return JSON.stringify([what, Object.entries(properties).sort()]);
}
