import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { registry } from '@ag/collectors';
import { openConnection } from '@ag/connect';
import { ingest } from '@ag/ingest';
import { openSnapshotStore } from '@ag/snapshot';
import { type OrganizationSize, serveOrganization } from './organization-server.ts';

const read = ['iam/authorization-details', 'iam/aws-managed-policies', 'organizations/organization'];

/** What it takes to collect the identities of a large organization, answers served by another process, up to a snapshot on disk. */
async function benchCollect(size: OrganizationSize): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['serve', String(size.accounts), String(size.principals)]);
  const folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-bench-'));
  try {
    const message: readonly unknown[] = await once(server, 'message');
    const settings = {
      endpointUrl: `http://127.0.0.1:${String(message[0])}`,
      roleName: 'reader',
      regions: ['us-east-1'],
    };
    const start = { accessKeyId: 'bench', secretAccessKey: 'bench' };
    const connection = await openConnection(settings, { credentials: () => Promise.resolve(start) });
    const before = toMebibytes(process.resourceUsage().maxRSS * 1024);
    const started = performance.now();

    const store = openSnapshotStore(path.join(folder, 'snapshots'));
    const writer = await store.begin({ run: { id: 'bench', startedAt: new Date().toISOString() } });
    const summary = await ingest({
      connection,
      registry: { definitions: [], readers: registry.readers.filter(({ name }) => read.includes(name)) },
      log: { info: () => undefined, warn: () => undefined },
      onContent: (content) => writer.write(content),
    });
    const collected = performance.now();
    const collectedRss = toMebibytes(process.resourceUsage().maxRSS * 1024);
    const snapshot = await writer.finish(new Date().toISOString());
    const finished = performance.now();

    let nodes = 0;
    for await (const node of snapshot.nodes()) nodes += node.id === '' ? 0 : 1;
    const calls = Object.values(summary.calls).flatMap((actions) => Object.values(actions));
    console.log(`${size.accounts} accounts of ${size.principals} principals: ${nodes.toLocaleString('en')} nodes`);
    console.log(`${calls.reduce((sum, count) => sum + count, 0)} calls, ${summary.gaps} gaps`);
    console.log(`collected in ${seconds(started, collected)} s, closed in ${seconds(collected, finished)} s`);
    const peak = toMebibytes(process.resourceUsage().maxRSS * 1024);
    console.log(`peak memory: ${before} MiB before, ${collectedRss} MiB when all was read, ${peak} MiB in the end`);
  } finally {
    server.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1);
}

function toMebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

const [first = '', ...rest] = process.argv.slice(2);
const [accounts = '100', principals = '2000'] = first === 'serve' ? rest : [first || '100', ...rest];
const size = { accounts: Number(accounts), principals: Number(principals) };
if (first === 'serve') process.send?.(await serveOrganization(size));
else await benchCollect(size);
