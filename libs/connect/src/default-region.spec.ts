import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findDefaultRegion } from './default-region.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-region-'));
  const config = path.join(folder, 'config');
  await writeFile(config, '[profile china]\nregion = cn-north-1\n[profile bare]\noutput = json\n');
  for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', config);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'none'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the environment’s region comes first, then the profile’s, then the first to be read', async () => {
  const regions = ['eu-west-1', 'eu-west-2'];

  expect(await findDefaultRegion({ regions, profile: 'china' }, { AWS_REGION: 'sa-east-1' })).toBe('sa-east-1');
  expect(await findDefaultRegion({ regions, profile: 'china' }, { AWS_DEFAULT_REGION: 'sa-east-1' })).toBe('sa-east-1');
  expect(await findDefaultRegion({ regions, profile: 'china' }, {})).toBe('cn-north-1');
  expect(await findDefaultRegion({ regions, profile: 'bare' }, {})).toBe('eu-west-1');
  expect(await findDefaultRegion({}, {})).toBe('us-east-1');
});
