import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claim } from './claim.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-claim-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a second claim is refused with the process that holds the first, until that one stops', async () => {
  const file = path.join(folder, 'below', 'demo.pid');
  const first = await claim(file, 'the demo');

  await expect(claim(file, 'the demo')).rejects.toThrow(
    `the demo is already running in this checkout, as process ${process.pid}`,
  );

  await first.stop();
  await (await claim(file, 'the demo')).stop();
  expect(await readdir(path.dirname(file))).toEqual([]);
});

test('the claim of a process that is gone is taken over', async () => {
  const file = path.join(folder, 'demo.pid');
  await writeFile(file, '99999999');

  await (await claim(file, 'the demo')).stop();

  expect(await readdir(folder)).toEqual([]);
});
