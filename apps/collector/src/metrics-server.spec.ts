import { UserError, exitCode } from '@ag/model';
import { Interrupted, type RunOutcome } from '@ag/refresh';
import { expect, test } from 'vitest';
import { measured } from './measured.ts';
import { serveMetrics } from './metrics-server.ts';

const metrics = { contentType: 'text/plain; version=0.0.4', text: async () => 'accessgraph_held_scopes 1\n' };
const metricsHost = '127.0.0.1';

test('metrics are served where a port is given, by GET, and nothing else is', async () => {
  const server = await serveMetrics(metrics, { metricsHost, metricsPort: 0 });
  try {
    const url = server?.url ?? '';
    const found = await fetch(url);
    const [posted, elsewhere] = [await fetch(url, { method: 'POST' }), await fetch(url.replace('metrics', ''))];

    expect([found.status, found.headers.get('content-type'), await found.text()]).toEqual([
      200,
      metrics.contentType,
      'accessgraph_held_scopes 1\n',
    ]);
    expect([posted.status, elsewhere.status]).toEqual([405, 404]);
  } finally {
    await server?.close();
  }
});

test('without a port nothing is served, and a taken one is told in a sentence', async () => {
  expect(await serveMetrics(metrics, { metricsHost, metricsPort: undefined })).toBeUndefined();
  const server = await serveMetrics(metrics, { metricsHost, metricsPort: 0 });
  const metricsPort = Number(new URL(server?.url ?? '').port);
  try {
    await expect(serveMetrics(metrics, { metricsHost, metricsPort })).rejects.toThrow(
      `cannot serve metrics at 127.0.0.1:${metricsPort}: choose another port with --metrics-port`,
    );
  } finally {
    await server?.close();
  }
});

test.each([
  [async () => ({ code: exitCode.ok, calls: { a: { 'iam:X': 1 } } }), 'complete', 1],
  [async () => ({ code: exitCode.partial, calls: {} }), 'partial', 1],
  [() => Promise.reject(new Interrupted()), 'interrupted', 0],
  [() => Promise.reject(new UserError('no', exitCode.credentials)), 'failed', 0],
] as const)(
  'a run is counted by how it ended, and figures are taken of what it published',
  async (work, outcome, seen) => {
    const ended: RunOutcome[] = [];
    let observed = 0;

    await measured(
      { observe: () => (observed += 1), runEnded: (how) => void ended.push(how) },
      { source: () => ({ run, nodes: nothing, edges: nothing, scopes: nothing, gaps: nothing }) },
      { warn: () => undefined },
      work,
    ).catch(() => undefined);

    expect({ ended, observed }).toEqual({ ended: [outcome], observed: seen });
  },
);

test('a run whose figures cannot be read is still the run that it was', async () => {
  const warned: string[] = [];
  const gone = () => Promise.reject(new Error('bolt is gone'));

  const code = await measured(
    { observe: () => undefined, runEnded: () => undefined },
    { source: () => ({ run: gone, nodes: nothing, edges: nothing, scopes: nothing, gaps: nothing }) },
    { warn: (_data, message) => void warned.push(message) },
    async () => ({ code: exitCode.ok, calls: {} }),
  );

  expect({ code, warned }).toEqual({ code: exitCode.ok, warned: ['could not count what the graph holds'] });
});

async function run() {
  return { id: 'r', startedAt: '2026-11-24T08:00:00.000Z', finishedAt: '2026-11-24T08:05:00.000Z' };
}

async function* nothing(): AsyncGenerator<never> {
  return;
}
