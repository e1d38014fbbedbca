import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { environmentWith } from '../environment.ts';
import { freePort, isPortFree } from '../process/port.ts';
import { run } from '../process/run.ts';

// What was committed, on a machine whose checkout nobody has touched: the two commands of the README.

const checkout = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let clone: string;
let demo: Demo | undefined;

interface Demo {
  readonly child: ChildProcess;
  printed(): string;
  untilPrinted(text: string): Promise<void>;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-clone-'));
  clone = path.join(folder, 'accessgraph');
  const { code, output } = await run('git', ['clone', '--quiet', checkout, clone]);
  expect({ code, output }).toEqual({ code: 0, output: '' });
});

afterEach(async () => {
  if (demo?.child.exitCode === null) {
    demo.child.kill('SIGTERM');
    await once(demo.child, 'exit');
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('before the packages are installed, the command says how to install them', async () => {
  const answer = await run(process.execPath, [path.join(clone, 'tools', 'accessgraph.mjs'), '--help']);

  expect(answer).toEqual({
    code: 2,
    output: `accessgraph: the packages are not installed: run \`npm ci\` in \`${clone}\`\n`,
  });
});

test(
  'the demo answers, refuses to run twice, ends all that it started, and runs again',
  { timeout: 600_000 },
  async () => {
    const port = await freePort(undefined, 'the demo');
    for (const attempt of ['first', 'second']) {
      demo = startDemo(port);
      await demo.untilPrinted('Ctrl-C');

      const api = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      expect({ attempt, answer: await api.json() }).toEqual({ attempt, answer: { data: { __typename: 'Query' } } });

      const again = await run(process.execPath, ['tools/demo.mjs', '--port', String(port)], { directory: clone });
      expect(again.code).toBe(2);
      expect(again.output).toMatch(/^accessgraph: the demo is already running in this checkout, as process \d+\n$/);

      const bolt = Number(/bolt:\/\/127\.0\.0\.1:(\d+)/.exec(demo.printed())?.[1]);
      demo.child.kill('SIGTERM');
      await once(demo.child, 'exit');
      expect(demo.child.exitCode).toBe(0);
      expect({ api: await isPortFree(port), bolt: await isPortFree(bolt) }).toEqual({ api: true, bolt: true });
    }
  },
);

test('after the demo installed the packages, the command works from any folder', async () => {
  expect(existsSync(path.join(clone, 'node_modules'))).toBe(true);

  const { code, output } = await run(process.execPath, [path.join(clone, 'tools', 'accessgraph.mjs'), '--help'], {
    directory: folder,
  });

  expect(code).toBe(0);
  expect(output).toContain('who-can');
});

function startDemo(port: number): Demo {
  const child = spawn(process.execPath, ['tools/demo.mjs', '--port', String(port)], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentWith({ NEO4J_URI: '' }),
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  async function untilPrinted(wanted: string): Promise<void> {
    while (!text.includes(wanted)) {
      if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode} and printed:\n${text}`);
      await sleep(100);
    }
  }
  return { child, printed: () => text, untilPrinted };
}
