import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findStale, writeFiles } from './generated-file.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'generate-'));
  vi.spyOn(console, 'log').mockReturnValue();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

test('a file that is missing or was edited by hand is stale', async () => {
  const files = [
    { path: 'docs/a.md', content: 'a' },
    { path: 'docs/b.md', content: 'b' },
    { path: 'docs/c.md', content: 'c' },
  ];
  await writeFiles(root, files.slice(0, 2));
  await writeFile(path.join(root, 'docs/b.md'), 'edited');

  expect(await findStale(root, files)).toEqual(['docs/b.md', 'docs/c.md']);
});

test('what was written is up to date', async () => {
  const files = [{ path: 'deep/folder/a.json', content: '{}\n' }];

  await writeFiles(root, files);

  expect(await findStale(root, files)).toEqual([]);
  expect(await readFile(path.join(root, 'deep/folder/a.json'), 'utf8')).toBe('{}\n');
});
