import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Graph, openGraph } from '@ag/graph';
import { exitCode } from '@ag/model';
import { companyEnvironment, type FaultProxy, sampleCompany, seed, startFaultProxy } from '@ag/testing';
import { environmentWith } from '@ag/tools/environment.ts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';

const upstream = inject('awsEndpoint');
const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
let graph: Graph;
let proxy: FaultProxy;
let folder: string;

beforeAll(async () => {
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  const seeded = await seed({ endpoint: upstream, company: sampleCompany });
  proxy = await startFaultProxy({ upstream, seeded });
  graph = await openGraph(neo4j);
  await emptyGraph();
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-collector-'));
});

afterAll(async () => {
  await proxy.stop();
  await emptyGraph();
  await graph.close();
  await rm(folder, { recursive: true, force: true });
});

async function emptyGraph(): Promise<void> {
  const at = '2020-01-01T00:00:00.000Z';
  const run = async () => ({ id: 'nothing', startedAt: at, finishedAt: at });
  const lease = await graph.lease('the test');
  await graph.publish({ run, nodes: nobody, edges: nobody, scopes: nobody, gaps: nobody }, lease);
  await lease.release();
}

async function* nobody(): AsyncGenerator<never> {}

/** Starts the collector as a process of its own. */
function start(...args: readonly string[]): ChildProcess {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentWith({
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
      NEO4J_URI: neo4j.uri,
      ...(neo4j.user !== undefined && { NEO4J_USER: neo4j.user }),
      ...(neo4j.password !== undefined && { NEO4J_PASSWORD: neo4j.password }),
      ...companyEnvironment(proxy.endpoint),
      ACCESSGRAPH_REGIONS: sampleCompany.homeRegion,
    }),
  });
}

const logLine = z.looseObject({ msg: z.string() });

/** All that a collector logs until it ends, line by line, and how it ends. */
async function listen(collector: ChildProcess, onLine: (message: string) => void = () => undefined) {
  const messages: string[] = [];
  let rest = '';
  let err = '';
  collector.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { msg } = logLine.parse(JSON.parse(line));
      messages.push(msg);
      onLine(msg);
    }
  });
  collector.stderr?.setEncoding('utf8').on('data', (text: string) => void (err += text));
  await once(collector, 'close');
  return { code: collector.exitCode, messages, err };
}

test('once reads everything, with one line a scope, and says that something could not be read', async () => {
  const { code, messages, err } = await listen(start('--once'));

  const scopes = messages.filter((message) => message === 'scope read').length;
  const [row] = await graph.read<{ scopes: number }>('MATCH (scope:Scope) RETURN count(scope) AS scopes');
  expect({ code, err, scopes, rest: messages.slice(-2) }).toEqual({
    code: exitCode.partial,
    err: '',
    scopes: row?.scopes,
    rest: ['run published', 'refresh ended'],
  });
});

test('told to stop while it reads, it abandons the run: nothing of it is seen, and the next one goes ahead', async () => {
  const before = await graph.current();
  const collector = start('--cron', '* * * * * *');

  const { code, messages } = await listen(collector, (message) => {
    // Once: a second signal ends it at once, whatever it does.
    if (message === 'scope read' && !collector.killed) collector.kill('SIGTERM');
  });

  expect({ code, last: messages.at(-1), current: await graph.current() }).toEqual({
    code: exitCode.interrupted,
    last: 'refresh abandoned',
    current: before,
  });
  const next = await listen(start('--once'));
  expect(next.code).toBe(exitCode.partial);
});
