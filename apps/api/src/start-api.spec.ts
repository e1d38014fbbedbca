import type { Graph } from '@ag/graph';
import { afterEach, expect, test } from 'vitest';
import { type Api, type ApiOptions, startApi } from './start-api.ts';

const opened: Api[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

const logged: string[] = [];
const log = {
  info: () => undefined,
  warn: (_data: object, message: string) => void logged.push(message),
  error: (_data: object, message: string) => void logged.push(message),
};

async function* nothing(): AsyncGenerator<never> {
  return;
}

interface World {
  run: string | undefined;
  gone: boolean;
}

function fakeGraph(world: World): Graph {
  const runOf = (id: string) => ({ id, startedAt: '2026-11-24T08:00:00.000Z', finishedAt: '2026-11-24T08:01:00.000Z' });
  const missing = () => Promise.reject(new Error('bolt://neo4j:secret@127.0.0.1 is gone'));
  return {
    read: missing,
    source: () => ({
      run: () => Promise.resolve(runOf(world.run ?? '')),
      nodes: nothing,
      edges: nothing,
      scopes: nothing,
      gaps: nothing,
    }),
    migrate: missing,
    lease: missing,
    publish: missing,
    current: () => {
      if (world.gone) return missing();
      return Promise.resolve(world.run === undefined ? undefined : { run: runOf(world.run), loading: false });
    },
    close: () => Promise.resolve(),
  };
}

async function open(world: World, more: Partial<ApiOptions> = {}): Promise<Api> {
  const api = await startApi({
    graph: fakeGraph(world),
    host: '127.0.0.1',
    port: 0,
    log,
    production: false,
    everyMs: 60_000,
    ...more,
  });
  opened.push(api);
  return api;
}

function ask(api: Api, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
}

const whoCan = '{ whoCan(action: "iam:ListUsers", resource: "*") { asOf { id } } }';

test('before the first run it says what to do, and is not ready', async () => {
  const api = await open({ run: undefined, gone: false });

  const ready = await fetch(api.url.replace('/graphql', '/readyz'));
  const answer: unknown = await (await ask(api, whoCan)).json();

  expect(ready.status).toBe(503);
  expect(answer).toMatchObject({
    errors: [{ message: 'nothing has been collected yet: run `accessgraph collect` first' }],
  });
});

test('another run is answered from once it is published', async () => {
  const world: World = { run: 'run-1', gone: false };
  const api = await open(world);
  const before: unknown = await (await ask(api, whoCan)).json();

  world.run = 'run-2';
  await api.update();
  const after: unknown = await (await ask(api, whoCan)).json();

  expect([before, after]).toEqual([
    { data: { whoCan: { asOf: { id: 'run-1' } } } },
    { data: { whoCan: { asOf: { id: 'run-2' } } } },
  ]);
});

test('without the database decisions are still answered, and the inventory says no more than that it failed', async () => {
  const world: World = { run: 'run-1', gone: false };
  const api = await open(world);

  world.gone = true;
  await api.update();
  const decision: unknown = await (await ask(api, whoCan)).json();
  const inventory = await (await ask(api, '{ resources { totalCount } }')).text();

  expect(decision).toEqual({ data: { whoCan: { asOf: { id: 'run-1' } } } });
  expect(inventory).toContain('Unexpected error.');
  expect(inventory).not.toContain('secret');
  expect(logged).toContain('could not read the graph');
});

test('what another page could make a browser send is refused', async () => {
  const api = await open({ run: 'run-1', gone: false });
  const body = JSON.stringify({ query: '{ __typename }' });
  const post = (headers: Readonly<Record<string, string>>) => fetch(api.url, { method: 'POST', headers, body });

  const statuses = await Promise.all([
    ask(api, '{ __typename }').then(({ status }) => status),
    ask(api, '{ __typename }', { origin: 'http://evil.example' }).then(({ status }) => status),
    post({ 'content-type': 'text/plain' }).then(({ status }) => status),
    post({ 'content-type': 'application/x-www-form-urlencoded' }).then(({ status }) => status),
    fetch(`${api.url}?query={__typename}`).then(({ status }) => status),
    fetch(api.url, { method: 'DELETE' }).then(({ status }) => status),
    fetch(api.url.replace('/graphql', '/other')).then(({ status }) => status),
    ask(api, `{ __typename } # ${'x'.repeat(100_000)}`).then(({ status }) => status),
  ]);

  expect(statuses).toEqual([200, 403, 415, 415, 405, 405, 404, 413]);
});

test('the explorer is for development', async () => {
  const development = await open({ run: 'run-1', gone: false });
  const production = await open({ run: 'run-1', gone: false }, { production: true });
  const page = (api: Api) => fetch(api.url, { headers: { accept: 'text/html' } }).then(({ status }) => status);

  expect([await page(development), await page(production)]).toEqual([200, 405]);
});

test('any address but loopback is refused in one sentence', async () => {
  await expect(open({ run: undefined, gone: false }, { host: '0.0.0.0' })).rejects.toThrow(
    'the API serves loopback only, since nobody is asked who they are: `0.0.0.0` is refused',
  );
});

test('a taken port is named', async () => {
  const api = await open({ run: undefined, gone: false });
  const port = Number(new URL(api.url).port);

  await expect(open({ run: undefined, gone: false }, { port })).rejects.toThrow(
    `port ${port} is taken: choose another one with --port`,
  );
});
