import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { isAlive } from '../process/server.ts';
import { answers } from './ask.ts';
import { startNeo4j, useLocalNeo4j } from './neo4j.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-start-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('the test run has a Neo4j that answers', async () => {
  const given = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };

  expect(await answers(given)).toBe(true);
});

test('the test run has an AWS emulator that answers', async () => {
  const response = await fetch(`${inject('awsEndpoint')}/moto-api/`);

  expect(response.status).toBe(200);
});

test('a local Neo4j is started once, asks for its password, is reused, and is replaced after it died', async () => {
  const first = await useLocalNeo4j({ directory });
  const second = await useLocalNeo4j({ directory });

  expect({ uri: second.uri, pid: second.pid, password: second.password }).toEqual({
    uri: first.uri,
    pid: first.pid,
    password: first.password,
  });
  expect(await answers({ uri: first.uri })).toBe(false);
  expect(await answers({ uri: first.uri, user: 'neo4j', password: 'a wrong password' })).toBe(false);

  process.kill(first.pid, 'SIGKILL');
  await expect.poll(() => isAlive(first.pid)).toBe(false);
  const third = await useLocalNeo4j({ directory });
  expect(third.pid).not.toBe(first.pid);

  await third.stop();
  expect(isAlive(third.pid)).toBe(false);
});

test('a port that is taken is one sentence', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  const start = startNeo4j({ directory: path.join(directory, 'taken'), port: port ?? 0 });

  await expect(start).rejects.toThrow(`port \`${port}\` for Neo4j is taken by another program`);
  holder.close();
});

test('a server that ends while starting is one sentence with the end of its log', async () => {
  const broken = path.join(directory, 'broken');
  await rm(broken, { recursive: true, force: true });
  await writeFile(path.join(directory, 'file'), '');

  const start = startNeo4j({ directory: broken, heap: 1 });

  await expect(start).rejects.toThrow(/^Neo4j ended while starting; its log `.*console\.log` ends with: .+/);
});
