import { createServer } from 'node:http';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Connection } from '@ag/connect';
import { ingest } from '@ag/ingest';
import type { ScopeContent } from '@ag/model';
import type { Registry } from '@ag/resource';
import { type Snapshot, openSnapshotStore } from '@ag/snapshot';
import { answered } from './full-answer.ts';
import { canaryOf, secretKinds } from './secret-kinds.ts';

export interface PlantedRun {
  readonly contents: readonly ScopeContent[];
  readonly snapshot: Snapshot;
  /** Every line that was logged, as JSON. */
  readonly log: string;
  /** Every file of the snapshot's folder by its name, decompressed. */
  readonly files: ReadonlyMap<string, string>;
}

/** Collects one account with a planted registry into a folder of its own, and hands on all that is kept of it. */
export async function collectPlanted<Result>(
  registry: Registry,
  use: (run: PlantedRun) => Promise<Result>,
): Promise<Result> {
  const regions = await serveRegions();
  const directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-planted-'));
  try {
    const lines: string[] = [];
    const log = (data: object, message: string) => void lines.push(JSON.stringify({ ...data, message }));
    const store = openSnapshotStore(directory);
    const startedAt = '2026-11-24T08:00:00.000Z';
    const writer = await store.begin({ run: { id: 'run-1', startedAt } });
    const contents: ScopeContent[] = [];
    await ingest({
      connection: connectionTo(regions.url),
      registry,
      log: { info: log, warn: log },
      clock: { now: () => 0, random: () => 0, sleep: async () => undefined },
      async onContent(content) {
        contents.push(content);
        await writer.write(content);
      },
    });
    const snapshot = await writer.finish(startedAt);
    return await use({ contents, snapshot, log: lines.join('\n'), files: await readFolder(directory) });
  } finally {
    await regions.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A connection whose credentials are secrets, too. */
function connectionTo(endpointUrl: string): Connection {
  const secret = (name: string) => secretKinds.filter((kind) => kind.name === name).map(canaryOf)[0] ?? '';
  const credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: secret('access-key'),
    sessionToken: secret('session-token'),
  };
  return {
    name: 'default',
    account: answered.account,
    partition: 'aws',
    defaultRegion: answered.region,
    endpointUrl,
    settings: {},
    credentialsFor: () => () => Promise.resolve(credentials),
    invalidate: () => undefined,
    assumptions: () => 0,
  };
}

/** The one question that no definition asks: which regions there are. */
async function serveRegions(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const item = `<item><regionName>${answered.region}</regionName></item>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(`<DescribeRegionsResponse><regionInfo>${item}</regionInfo></DescribeRegionsResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readFolder(directory: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = await readFile(path.join(entry.parentPath, entry.name));
    files.set(entry.name, (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  }
  return files;
}
