import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type BoltProxy, startBoltProxy } from './bolt-proxy.ts';
import { type Database, openDatabase } from './database.ts';
import { type WholeGraph, emptyDatabase, owns, queue, readAll, runOf, scope, sourceOf } from './fixtures.ts';
import { type Graph, cypher, openGraph } from './index.ts';
import { inFence } from './lease.ts';
import { migrateSchema, migrations } from './schema.ts';

const uri = inject('neo4jUri');
const settings = { uri, user: inject('neo4jUser'), password: inject('neo4jPassword') };
const account = { ...queue('111122223333'), labels: ['AwsAccount'] as const };
const first: WholeGraph = {
  run: runOf(1),
  nodes: [account, queue('a', { name: 'a' }), queue('b', { name: 'b' })],
  edges: [owns(account.id, 'a'), owns(account.id, 'b')],
  scopes: [scope('SqsQueue')],
};
/** Nodes and edges come, change and go. */
const second: WholeGraph = {
  run: runOf(2),
  nodes: [account, queue('a', { name: 'changed' }), queue('c')],
  edges: [owns(account.id, 'a', { changed: true }), owns(account.id, 'c'), { ...owns('a', 'c'), type: 'SENDS_TO' }],
  scopes: [scope('SqsQueue', { state: 'partial' }), scope('KmsKey')],
};
let proxy: BoltProxy;
let graph: Graph;
let direct: Graph;

beforeAll(async () => {
  proxy = await startBoltProxy(uri);
  graph = await openGraph({ ...settings, uri: proxy.uri }, { nodeTypes: [] });
  direct = await openGraph(settings, { nodeTypes: [] });
});

beforeEach(async () => {
  await emptyDatabase(settings);
  await graph.migrate();
});

afterEach(() => emptyDatabase(settings));

afterAll(async () => {
  await graph.close();
  await direct.close();
  await proxy.stop();
});

async function publish(content: WholeGraph): Promise<void> {
  const lease = await direct.lease('test', { keepAlive: false });
  await direct.publish(sourceOf(content), lease, { limit: 0, batch: 1 });
  await lease.release();
}

const add = cypher`
  MATCH (n:Entity {id: $id})
  SET n[$name] = coalesce(n[$name], 0) + 1
`;

/** Each edge with how often it is there: what was written twice would be there twice. */
function countEdges() {
  return direct.read<{ times: number }>(cypher`
    MATCH (tail)-[edge]->(head)
    RETURN tail.id AS from, type(edge) AS type, head.id AS to, count(edge) AS times
    ORDER BY from, type, to
  `);
}

test.each(['unheard', 'unanswered'] as const)(
  'F30: a line that breaks within a transaction of a publication (%s) leaves the graph whole, at once or after the next run',
  async (when) => {
    let cuts = 0;
    let mended = 0;
    // Every third: each statement is between two of those, and of each transaction at least one is cut.
    for (let nth = 1; ; nth += 3) {
      await publish(first);
      const lease = await graph.lease('test', { keepAlive: false });
      proxy.cut('run', { nth, when });

      const failure = await graph
        .publish(sourceOf(second), lease, { limit: 0, batch: 1 })
        .catch((error: unknown) => error);

      const isOver = proxy.seen.run < nth;
      if (failure instanceof Error) {
        // What is only read is not repeated: the run ends with one sentence.
        expect(failure).toMatchObject({ message: `lost the connection to the Neo4j at \`${proxy.uri}\``, code: 6 });
        await lease.release();
        await publish(second);
      } else {
        await lease.release();
        mended += 1;
      }
      expect(await readAll(direct.source())).toEqual(await readAll(sourceOf(second)));
      expect((await countEdges()).map(({ times }) => times)).toEqual([1, 1, 1]);
      expect(await direct.current()).toEqual({ run: runOf(2), loading: false });
      if (isOver) break;
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(10);
    expect(mended).toBeGreaterThan(cuts / 2);
  },
);

test('F32: a commit of which nobody heard whether it was done is not done twice', async () => {
  for (const when of ['unanswered', 'unheard'] as const) {
    for (let nth = 1; ; nth += 1) {
      await publish(first);
      const lease = await graph.lease('test', { keepAlive: false });
      proxy.cut('commit', { nth, when });

      await graph.publish(sourceOf(second), lease, { limit: 0, batch: 1 });

      const commits = proxy.seen.commit;
      await lease.release();
      expect(await readAll(direct.source())).toEqual(await readAll(sourceOf(second)));
      expect((await countEdges()).map(({ times }) => times)).toEqual([1, 1, 1]);
      if (commits < nth) break;
    }
  }
});

test('F32: a lease whose taking was committed and not acknowledged is had, and is released', async () => {
  for (const when of ['unanswered', 'unheard'] as const) {
    proxy.cut('commit', { nth: 1, when });

    const lease = await graph.lease('test', { keepAlive: false });
    proxy.cut('commit', { nth: 1, when });
    await lease.release();

    const next = await direct.lease('the next one', { keepAlive: false });
    expect(next.token).toBe(lease.token + 1);
    await next.release();
  }
});

test('F31: of two transactions that wait for each other one is done again, and each counts once', async () => {
  const [ours, theirs] = [await openDatabase(settings), await openDatabase(settings)];
  const lease = await direct.lease('test', { keepAlive: false });
  const again = { ours: 0, theirs: 0 };

  for (const weBegin of [true, false]) {
    await direct.publish(sourceOf(first), lease);
    await theirs.write((transaction) => transaction.run(cypher`MATCH (n:Entity) REMOVE n.ours, n.theirs`));
    const attempts = { ours: 0, theirs: 0 };
    const [weHold, theyHold] = [gate(), gate()];
    // We hold `a` and want `b`, they hold `b` and want `a`.
    const ourWork = () =>
      inFence(ours, lease, async (transaction) => {
        attempts.ours += 1;
        await transaction.run(add, { id: 'a', name: 'ours' });
        weHold.open();
        await theyHold.passed;
        await transaction.run(add, { id: 'b', name: 'ours' });
      });
    const theirWork = () =>
      theirs.write(async (transaction) => {
        attempts.theirs += 1;
        // Neo4j ends the one that holds less.
        if (!weBegin) await transaction.run(cypher`UNWIND range(1, 50) AS i MERGE (:Other {id: i})`);
        await transaction.run(add, { id: 'b', name: 'theirs' });
        theyHold.open();
        await weHold.passed;
        await transaction.run(add, { id: 'a', name: 'theirs' });
      });
    const both = weBegin ? [ourWork(), theirWork()] : [theirWork(), ourWork()];
    await Promise.all(both);

    expect(
      await direct.read(
        cypher`MATCH (n:Entity) WHERE n.id IN ['a', 'b'] RETURN n.id AS id, n.ours AS ours, n.theirs AS theirs ORDER BY id`,
      ),
    ).toEqual([
      { id: 'a', ours: 1, theirs: 1 },
      { id: 'b', ours: 1, theirs: 1 },
    ]);
    again.ours += attempts.ours - 1;
    again.theirs += attempts.theirs - 1;
  }

  expect(again).toEqual({ ours: 1, theirs: 1 });
  await lease.release();
  await ours.close();
  await theirs.close();
});

test('F37: a lease from before the server’s clock was set back does not hold for a day', async () => {
  const database = await openDatabase(settings);
  const dead = await direct.lease('the dead one', { keepAlive: false });
  const day = 24 * 60 * 60_000;
  await database.write((transaction) =>
    transaction.run(
      cypher`
        MATCH (current:Current)
        SET current.leaseRenewedAt = current.leaseRenewedAt + $day, current.leaseExpiresAt = current.leaseExpiresAt + $day
      `,
      { day },
    ),
  );

  const next = await direct.lease('the next one', { keepAlive: false });

  expect(next.token).toBe(dead.token + 1);
  await expect(dead.renew()).rejects.toThrow('`the dead one` lost the right to write to the graph');
  await next.release();
  await database.close();
});

test('F40: a migration that is interrupted at any step is finished by the next one', async () => {
  await emptyDatabase(settings);
  const indexes = () =>
    direct.read<{ name: string }>(
      cypher`SHOW INDEXES YIELD name, state, type WHERE type <> 'LOOKUP' RETURN name, state ORDER BY name`,
    );
  const version = () => direct.read(cypher`MATCH (current:Current) RETURN current.schemaVersion AS version`);
  const types = async () => [];
  const database = await openDatabase(settings);
  let interruptions = 0;

  for (let nth = 1; ; nth += 1) {
    await emptyDatabase(settings);
    const broken = breakAt(database, nth);
    const failure = await migrateSchema(broken, migrations, types).catch((error: unknown) => error);
    await migrateSchema(database, migrations, types);

    expect(await indexes()).toEqual(
      ['current_id', 'entity_id', 'run_id', 'scope_id'].map((name) => ({ name, state: 'ONLINE' })),
    );
    expect(await version()).toEqual([{ version: Math.max(...migrations.map((one) => one.version)) }]);
    if (!(failure instanceof Error)) break;
    interruptions += 1;
  }

  expect(interruptions).toBeGreaterThanOrEqual(5);
  await database.close();
});

/** The database, whose nth change fails: the first half of them before it is done, and so each change is once undone. */
function breakAt(database: Database, nth: number): Database {
  let done = 0;
  function step(): void {
    done += 1;
    if (done === nth) throw new Error('interrupted');
  }
  return {
    ...database,
    change: async (query) => {
      step();
      await database.change(query);
    },
    write: async (work) => {
      step();
      return database.write(work);
    },
  };
}

function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), passed };
}
