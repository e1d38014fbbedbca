import { request } from 'node:http';
import type { Graph } from '@ag/graph';
import { afterEach, expect, test } from 'vitest';
import { type Api, type ApiOptions, startApi } from './start-api.ts';

const opened: Api[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
  logged.splice(0);
});

const logged: string[] = [];
const log = {
  info: (_data: object, message: string) => void logged.push(message),
  warn: (_data: object, message: string) => void logged.push(message),
  error: (_data: object, message: string) => void logged.push(message),
};

async function* nothing(): AsyncGenerator<never> {
  return;
}

interface World {
  run: string | undefined;
  gone: boolean;
  loading?: boolean;
  /** Thrown by every statement. */
  fault?: Error;
  /** Called when the inventory is asked; `answer` then lets it go on. */
  onRead?: (value: unknown) => void;
  answer?: () => void;
  afterSource?: (() => void) | undefined;
}

function fakeGraph(world: World): Graph {
  const runOf = (id: string) => ({ id, startedAt: '2026-11-24T08:00:00.000Z', finishedAt: '2026-11-24T08:01:00.000Z' });
  const missing = () =>
    Promise.reject(Object.assign(new Error('bolt://127.0.0.1 is gone'), { code: 'ServiceUnavailable' }));
  const rows = async (): Promise<string> => {
    if (world.gone) return missing();
    if (world.fault) throw world.fault;
    world.onRead?.(undefined);
    await new Promise<void>((resolve) => (world.answer = resolve));
    return JSON.stringify([{ asOf: runOf(world.run ?? ''), nodes: [] }]);
  };
  return {
    // The rows are as untyped as the driver's.
    read: () => rows().then(JSON.parse),
    source: () => ({
      async run() {
        const run = runOf(world.run ?? '');
        world.afterSource?.();
        return run;
      },
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
      return Promise.resolve(
        world.run === undefined ? undefined : { run: runOf(world.run), loading: world.loading === true },
      );
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
    errors: [
      {
        message: 'nothing has been collected yet: run `accessgraph collect` first',
        extensions: { code: 'NOTHING_COLLECTED' },
      },
    ],
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

test('a request that was asked before another run is answered from the run it was asked in', async () => {
  const world: World = { run: 'run-1', gone: false };
  const api = await open(world);
  const asked = ask(api, `{ accounts { asOf { id } } ${whoCan.slice(1)}`);
  await new Promise((resolve) => (world.onRead = resolve));

  world.run = 'run-2';
  await api.update();
  world.answer?.();
  const body: unknown = await (await asked).json();

  expect(body).toEqual({ data: { accounts: { asOf: { id: 'run-2' } }, whoCan: { asOf: { id: 'run-1' } } } });
});

test('a run that is published while the graph is read is read again before anything is answered from it', async () => {
  const world: World = { run: 'run-1', gone: false };
  const api = await open(world);

  world.run = 'run-2';
  world.afterSource = () => (world.run = 'run-3');
  await api.update();
  const torn: unknown = await (await ask(api, whoCan)).json();
  world.afterSource = undefined;
  await api.update();
  const whole: unknown = await (await ask(api, whoCan)).json();

  expect([torn, whole]).toEqual([
    { data: { whoCan: { asOf: { id: 'run-1' } } } },
    { data: { whoCan: { asOf: { id: 'run-3' } } } },
  ]);
});

test('while a large change is written, the old index answers', async () => {
  const world: World = { run: 'run-1', gone: false };
  const api = await open(world);

  world.run = 'run-2';
  world.loading = true;
  await api.update();

  expect(await (await ask(api, whoCan)).json()).toEqual({ data: { whoCan: { asOf: { id: 'run-1' } } } });
});

test('without the database decisions are still answered, the inventory says so, and both recover', async () => {
  const world: World = { run: 'run-1', gone: false };
  const api = await open(world);

  world.gone = true;
  await api.update();
  await api.update();
  const decision: unknown = await (await ask(api, whoCan)).json();
  const inventory: unknown = await (await ask(api, '{ resources { totalCount } }')).json();
  world.gone = false;
  world.run = 'run-2';
  await api.update();
  const after: unknown = await (await ask(api, whoCan)).json();

  expect(decision).toEqual({ data: { whoCan: { asOf: { id: 'run-1' } } } });
  expect(inventory).toEqual({
    data: null,
    errors: [
      {
        message: 'the graph database does not answer: try again in a moment',
        locations: [{ line: 1, column: 3 }],
        path: ['resources'],
        extensions: { code: 'DATABASE_UNAVAILABLE' },
      },
    ],
  });
  expect(after).toEqual({ data: { whoCan: { asOf: { id: 'run-2' } } } });
  expect(logged).toEqual([
    'answering from this run',
    'could not read the graph',
    'the graph can be read again',
    'answering from this run',
  ]);
});

test('an unexpected error is masked for the caller, and logged whole', async () => {
  const api = await open({ run: 'run-1', gone: false, fault: new Error('bolt://neo4j:secret@127.0.0.1') });

  const answer: unknown = await (await ask(api, '{ resources { totalCount } }')).json();

  expect(answer).toEqual({
    data: null,
    errors: [
      {
        message: 'Unexpected error.',
        locations: [{ line: 1, column: 3 }],
        path: ['resources'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
  expect(logged).toEqual(['answering from this run', 'a question failed']);
});

test('several questions in one body are refused', async () => {
  const api = await open({ run: 'run-1', gone: false });
  const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]);

  const { status } = await fetch(api.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  expect(status).toBe(400);
});

test('it is alive before it is ready', async () => {
  const api = await open({ run: undefined, gone: false });
  const get = async (path: string) => (await fetch(api.url.replace('/graphql', path))).status;

  expect([await get('/healthz'), await get('/readyz')]).toEqual([200, 503]);
});

test('what another page could make a browser send is refused', async () => {
  const api = await open({ run: 'run-1', gone: false });
  const body = JSON.stringify({ query: '{ __typename }' });
  const post = (headers: Readonly<Record<string, string>>) => fetch(api.url, { method: 'POST', headers, body });

  const statuses = await Promise.all([
    ask(api, '{ __typename }').then(({ status }) => status),
    ask(api, '{ __typename }', { origin: new URL(api.url).origin }).then(({ status }) => status),
    ask(api, '{ __typename }', { origin: 'http://evil.example' }).then(({ status }) => status),
    post({ 'content-type': 'text/plain' }).then(({ status }) => status),
    post({ 'content-type': 'application/x-www-form-urlencoded' }).then(({ status }) => status),
    ask(api, '{ __typename }', { origin: 'null' }).then(({ status }) => status),
    fetch(`${api.url}?query={__typename}`).then(({ status }) => status),
    fetch(api.url, { method: 'DELETE' }).then(({ status }) => status),
    fetch(api.url.replace('/graphql', '/other')).then(({ status }) => status),
    ask(api, `{ __typename } # ${'x'.repeat(100_000)}`).then(({ status }) => status),
  ]);

  expect(statuses).toEqual([200, 200, 403, 415, 415, 403, 405, 405, 404, 413]);
});

/** A request as `fetch` refuses to send it. */
function bare(api: Api, path: string, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL(api.url).origin, { path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('a page of another name that leads here is refused', async () => {
  const api = await open({ run: 'run-1', gone: false });

  expect(await bare(api, '/graphql', { host: 'evil.example', accept: 'text/html' })).toBe(403);
});

test('a path that is none is nothing', async () => {
  const api = await open({ run: 'run-1', gone: false });

  expect([await bare(api, '//'), await bare(api, 'http://'), await bare(api, '/healthz')]).toEqual([404, 404, 200]);
});

test('another origin is not told that it may read an answer', async () => {
  const api = await open({ run: 'run-1', gone: false });

  const { headers } = await ask(api, '{ __typename }', { origin: new URL(api.url).origin });

  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
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

test('metrics are of the run that the graph is at, and are given to loopback by GET only', async () => {
  const world: World = { run: undefined, gone: false };
  const api = await open(world);
  const url = api.url.replace('/graphql', '/metrics');

  const before = await (await fetch(url)).text();
  world.run = '20261124T080000Z-0001';
  const found = await fetch(url);
  const after = await found.text();
  const posted = await fetch(url, { method: 'POST' });
  const elsewhere = await statusWithHost(url, 'evil.example');

  expect(before).toContain('accessgraph_last_successful_run_timestamp_seconds 0');
  expect(found.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(after).toContain(
    `accessgraph_last_successful_run_timestamp_seconds ${Date.parse('2026-11-24T08:01:00.000Z') / 1000}`,
  );
  expect([posted.status, elsewhere]).toEqual([405, 403]);
});

function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => resolve(response.resume().statusCode))
      .once('error', reject)
      .end();
  });
}
