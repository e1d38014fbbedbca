import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environmentWith } from '../environment.ts';
import { run } from '../process/run.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
let workspace: string;

// A workspace of its own with this repository's lint and Nx settings, so that the real command is what is proven.
beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'accessgraph-boundaries-'));
  const settings = [
    'package.json',
    'nx.json',
    'eslint.config.mjs',
    'tsconfig.base.json',
    'tsconfig.json',
    '.gitignore',
  ];
  for (const name of [...settings, 'tools/layers.mjs', 'tools/nx/projects.mjs', 'tools/nx/rules.mjs']) {
    await cp(path.join(checkout, name), path.join(workspace, name));
  }
  await symlink(path.join(checkout, 'node_modules'), path.join(workspace, 'node_modules'));
});

afterAll(async () => {
  await rm(workspace, { recursive: true, force: true });
});

test('each planted import across a boundary is found, and each allowed one is not', async () => {
  await plant({
    'libs/model/src/index.ts': `export const word = 'model';`,
    'libs/resource/src/index.ts': `export { word } from '@ag/model';`,
    'libs/policy/src/index.ts': `export { word } from '@ag/model';`,
    'libs/policy/src/planted-graph.ts': `export { word } from '@ag/graph';`,
    'libs/policy/src/planted-node.ts': `export { readFile } from 'node:fs/promises';`,
    'libs/policy/src/planted-aws.ts': `export { STSClient } from '@aws-sdk/client-sts';`,
    'libs/policy/src/allowed.spec.ts': `export { company } from '@ag/testing';\nexport { join } from 'node:path';`,
    'libs/policy/src/planted.spec.ts': `export { word } from '@ag/ingest';`,
    'libs/graph/src/index.ts': `export { word } from '@ag/model';\nexport { driver } from 'neo4j-driver';`,
    'libs/ingest/src/index.ts': `export { word } from '@ag/collectors';`,
    'libs/ingest/src/planted-driver.ts': `export { driver } from 'neo4j-driver';`,
    'libs/ingest/src/planted-testing.ts': `export { company } from '@ag/testing';`,
    'libs/ingest/src/planted-relative.ts': `export { word } from '../../graph/src/index.ts';`,
    'libs/collectors/index.ts': `export { word } from './sqs/queue.ts';`,
    'libs/collectors/sqs/queue.ts': `export { word } from '@ag/resource';\nexport { SQSClient } from '@aws-sdk/client-sqs';`,
    'libs/collectors/kms/key.ts': `export { word } from '@ag/resource';`,
    'libs/collectors/kms/planted.ts': `export { word } from '@ag/collectors/sqs/queue';`,
    'libs/testing/src/index.ts': `export { word as company } from '@ag/policy';`,
    'apps/api/src/main.ts': `export { company } from '@ag/testing';`,
    'apps/api/src/planted-driver.ts': `export { driver } from 'neo4j-driver';`,
    'apps/cli/src/main.ts': `export { word } from '@ag/graph';`,
    'apps/cli/src/planted-app.ts': `export { company } from '../../api/src/main.ts';`,
  });

  const { code, output } = await lint();

  expect(code).not.toBe(0);
  expect(filesNamedIn(output)).toEqual([
    'apps/api/src/planted-driver.ts',
    'apps/cli/src/planted-app.ts',
    'libs/collectors/kms/planted.ts',
    'libs/ingest/src/planted-driver.ts',
    'libs/ingest/src/planted-relative.ts',
    'libs/ingest/src/planted-testing.ts',
    'libs/policy/src/planted-aws.ts',
    'libs/policy/src/planted-graph.ts',
    'libs/policy/src/planted-node.ts',
    'libs/policy/src/planted.spec.ts',
  ]);
  expect(output).toContain('A project tagged with "layer:policy" can only depend on libs tagged with');
});

test('a library without a row in the layer table stops the check with a sentence', async () => {
  await plant({ 'libs/utils/src/index.ts': `export const word = 'utils';` });

  const { code, output } = await lint();

  expect(code).not.toBe(0);
  expect(output).toContain('the folder `libs/utils` has no row in tools/layers.mjs');
});

async function plant(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(workspace, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${text}\n`);
  }
}

function lint(): ReturnType<typeof run> {
  const nx = path.join('node_modules', 'nx', 'dist', 'bin', 'nx.js');
  return run(process.execPath, [nx, 'run', 'repo:check-lint'], {
    directory: workspace,
    env: environmentWith({
      NX_DAEMON: 'false',
      NX_SKIP_NX_CACHE: 'true',
      NX_WORKSPACE_ROOT_PATH: workspace,
      FORCE_COLOR: '0',
    }),
  });
}

function filesNamedIn(output: string): readonly string[] {
  const lines = output.split('\n').map((line) => line.trim().split(path.sep).join('/'));
  const files = lines.filter((line) => /^\/.*\.ts$/.test(line));
  return files.map((file) => file.replace(/^.*?\/((?:apps|libs|tools)\/)/, '$1')).sort();
}
