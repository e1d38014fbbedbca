import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { companyEnvironment, type FaultProxy, sampleCompany, seed, type Seeded, startFaultProxy } from '@ag/testing';
import { environmentWith } from '@ag/tools/environment.ts';
import { ask } from '@ag/tools/neo4j/ask.ts';
import { run } from '@ag/tools/process/run.ts';

const program = fileURLToPath(new URL('../../../tools/accessgraph.mjs', import.meta.url));

/** The servers that the test run started. */
export interface Servers {
  readonly neo4jUri: string;
  readonly neo4jUser: string | undefined;
  readonly neo4jPassword: string | undefined;
  readonly awsEndpoint: string;
}

/** The product as a person has it: a folder to work in, the command line, and the sample company as its AWS. */
export interface Product {
  readonly seeded: Seeded;
  readonly proxy: FaultProxy;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Runs one command and says how it ended and what it printed. */
  accessgraph(...command: readonly string[]): Promise<{ readonly code: number | undefined; readonly output: string }>;
  /** The answer of a command as data; throws where it fails. */
  answer(...command: readonly string[]): Promise<unknown>;
  /** The GraphQL server over the same graph. */
  startApi(): Promise<ApiProcess>;
  stop(): Promise<void>;
}

/** A running GraphQL server, as a process of its own. */
export interface ApiProcess {
  ask(query: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Builds the company in an emptied emulator, empties the graph, and gives the product to use. */
export async function openProduct(servers: Servers): Promise<Product> {
  await fetch(`${servers.awsEndpoint}/moto-api/reset`, { method: 'POST' });
  const seeded = await seed({ endpoint: servers.awsEndpoint, company: sampleCompany });
  const proxy = await startFaultProxy({ upstream: servers.awsEndpoint, seeded });
  const { neo4jUri: uri, neo4jUser: user, neo4jPassword: password } = servers;
  await ask({ uri, ...(password !== undefined && { user: user ?? 'neo4j', password }) }, 'MATCH (n) DETACH DELETE n');
  const folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-e2e-'));
  const environment = {
    NEO4J_URI: uri,
    ...(user !== undefined && { NEO4J_USER: user }),
    ...(password !== undefined && { NEO4J_PASSWORD: password }),
    ...companyEnvironment(proxy.endpoint),
  };
  const accessgraph = (...command: readonly string[]) =>
    run(process.execPath, [program, ...command], { directory: folder, env: environmentWith(environment) });
  return {
    seeded,
    proxy,
    environment,
    folder,
    accessgraph,
    async answer(...command) {
      const { code, output } = await accessgraph(...command, '-o', 'json');
      if (code !== 0) throw new Error(`\`accessgraph ${command.join(' ')}\` ended with ${String(code)}:\n${output}`);
      const value: unknown = JSON.parse(output);
      return value;
    },
    startApi: () => startApi(folder, environment),
    async stop() {
      await proxy.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startApi(folder: string, environment: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const main = fileURLToPath(new URL('../../api/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environmentWith({
      ...environment,
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
    }),
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const found = /answers at (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', (code) => reject(new Error(`the API ended with ${String(code)}: ${text}`)));
  });
  return {
    async ask(query) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const value: unknown = await answer.json();
      return value;
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
