import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installOnce } from './install-once.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'accessgraph-cache-'));
});

afterEach(async () => {
  await rm(cache, { recursive: true, force: true });
});

test('two installers at once fill the folder once, and both get it', async () => {
  let filled = 0;
  async function fill(folder: string): Promise<void> {
    filled += 1;
    await writeFile(path.join(folder, 'part-1'), '');
    await writeFile(path.join(folder, 'part-2'), '');
  }
  const install = { cache, name: 'thing', isWhole: existsSync, fill };

  const folders = await Promise.all([installOnce(install), installOnce(install)]);

  expect(folders).toEqual([path.join(cache, 'thing'), path.join(cache, 'thing')]);
  expect(filled).toBe(1);
  expect(await readdir(path.join(cache, 'thing'))).toEqual(['part-1', 'part-2']);
});

test('a failed install leaves nothing behind, and the next one works', async () => {
  async function fail(folder: string): Promise<void> {
    await writeFile(path.join(folder, 'half'), '');
    throw new Error('the network went away');
  }
  const install = { cache, name: 'thing', isWhole: existsSync };

  await expect(installOnce({ ...install, fill: fail })).rejects.toThrow('the network went away');
  expect(await readdir(cache)).toEqual([]);

  await installOnce({ ...install, fill: async () => {} });
  expect(await readdir(cache)).toEqual(['thing']);
});

test('a lock whose process is gone is taken over', async () => {
  // No process has this id: it is above every limit that Linux or macOS allows.
  await writeFile(path.join(cache, 'thing.lock'), '99999999');

  await installOnce({ cache, name: 'thing', isWhole: existsSync, fill: async () => {} });

  expect(await readdir(cache)).toEqual(['thing']);
});

test('a folder that no longer works is replaced', async () => {
  const install = { cache, name: 'thing', isWhole: (folder: string) => existsSync(path.join(folder, 'python')) };
  await installOnce({ ...install, fill: async (folder) => writeFile(path.join(folder, 'python'), '') });
  await rm(path.join(cache, 'thing', 'python'));

  await installOnce({ ...install, fill: async (folder) => writeFile(path.join(folder, 'python'), 'new') });

  expect(await readdir(path.join(cache, 'thing'))).toEqual(['python']);
});
