import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCode, UserError } from '@ag/model';
import { environmentWith, givenNeo4j } from '../environment.ts';
import { requireEmpty } from '../neo4j/given.ts';
import { run } from '../process/run.ts';
import { findRedis } from '../redis/redis.ts';
import { add, countTests, type Count } from './count.ts';
import { installServers } from './servers.ts';

interface Plan {
  readonly checks: readonly string[];
  readonly projects: readonly string[];
  readonly servers: boolean;
}

const checks = ['format', 'lint', 'types', 'generated'];

const plans: Readonly<Record<string, Plan>> = {
  all: { checks, projects: ['unit', 'integration', 'e2e'], servers: true },
  check: { checks, projects: ['unit'], servers: false },
  unit: { checks: [], projects: ['unit'], servers: false },
  full: { checks: [], projects: ['full'], servers: true },
};

async function main([name = 'all', ...filters]: readonly string[]): Promise<number> {
  const plan = plans[name];
  if (!plan) {
    throw new UserError(
      `there is no test plan \`${name}\`: choose one of ${Object.keys(plans).join(', ')}`,
      exitCode.usage,
    );
  }
  if (plan.servers) {
    const given = givenNeo4j();
    if (given) await requireEmpty(given);
    await findRedis();
    await installServers();
  }

  let count: Count = { passed: 0, failed: 0 };
  for (const check of plan.checks) count = add(count, await runCheck(check));
  count = add(count, await runTests(plan.projects, filters));

  console.log(`\n${count.passed} passed, ${count.failed} failed`);
  return count.failed === 0 ? exitCode.ok : exitCode.unexpected;
}

// Through Nx, never bare: the linter skips the boundary rule, and says so to nobody, where Nx has no project graph.
async function runCheck(name: string): Promise<Count> {
  const started = Date.now();
  const nx = path.join('node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const { code, output } = await run(process.execPath, [nx, 'run', `repo:check-${name}`], {
    env: environmentWith({ NX_DAEMON: 'false' }),
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const cached = output.includes('existing outputs match the cache') || output.includes('[local cache]');
  if (code !== 0) console.log(output);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${cached ? 'unchanged since it passed' : `${seconds} s`})`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

// Not through Nx: its cache must never make a test green that did not run.
async function runTests(projects: readonly string[], filters: readonly string[]): Promise<Count> {
  const folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
    const chosen = projects.flatMap((project) => ['--project', project]);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const child = spawn(process.execPath, [vitest, 'run', ...chosen, ...reporters, ...filters], { stdio: 'inherit' });
    await once(child, 'exit');
    return countTests(await readIfThere(report), child.exitCode ?? undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`accessgraph: ${error.message}`);
  process.exitCode = error.code;
}
