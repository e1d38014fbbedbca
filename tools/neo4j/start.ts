import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '@ag/model';
import { environmentWith } from '../environment.ts';
import { freePort } from '../process/port.ts';
import { lastLines, run } from '../process/run.ts';
import { startServer, type RunningServer } from '../process/server.ts';
import { answers, type Neo4jAddress } from './ask.ts';
import { javaArguments, neo4jConfiguration } from './configuration.ts';
import { installNeo4j } from './install.ts';
import { findJava } from './java.ts';

export interface Neo4jOptions {
  /** Where its data, logs and settings live; made where missing. */
  readonly directory: string;
  /** Default: any free one. */
  readonly port?: number;
  /** At least eight characters; without it the server asks for none. Kept from a folder's first start on. */
  readonly password?: string;
  /** In megabytes; default 512. */
  readonly heap?: number;
  /** Whether it is left running when this process ends; default no. */
  readonly detached?: boolean;
}

export interface LocalNeo4j extends Neo4jAddress, RunningServer {}

/** Starts a real Neo4j Community on the loopback address and returns when it answers queries. */
export async function startNeo4j(options: Neo4jOptions): Promise<LocalNeo4j> {
  const java = await findJava();
  const jars = await installNeo4j();
  const directory = path.resolve(options.directory);
  const heapMegabytes = options.heap ?? 512;
  const port = await freePort(options.port, 'Neo4j');
  const authentication = options.password !== undefined;

  for (const name of ['conf', 'data', 'logs', 'plugins', 'import', 'run', 'lib']) {
    await mkdir(path.join(directory, name), { recursive: true });
  }
  await chmod(directory, 0o700);
  const configuration = neo4jConfiguration({ port, authentication, heapMegabytes });
  await writeFile(path.join(directory, 'conf', 'neo4j.conf'), configuration);
  const javaFlags = javaArguments(jars, heapMegabytes);
  if (options.password !== undefined)
    await setInitialPassword({ java, javaFlags, directory, password: options.password });

  const uri = `bolt://127.0.0.1:${port}`;
  const credentials = options.password === undefined ? {} : { user: 'neo4j', password: options.password };
  const folders = [`--home-dir=${directory}`, `--config-dir=${path.join(directory, 'conf')}`];
  const server = await startServer({
    name: 'Neo4j',
    command: java,
    args: [...javaFlags, 'org.neo4j.server.CommunityEntryPoint', ...folders, '--console-mode'],
    logFile: path.join(directory, 'logs', 'console.log'),
    isReady: () => answers({ uri, ...credentials }),
    readyWithinMs: 90_000,
    endsWithUs: options.detached !== true,
  });
  return { uri, ...credentials, ...server };
}

async function setInitialPassword(options: {
  readonly java: string;
  readonly javaFlags: readonly string[];
  readonly directory: string;
  readonly password: string;
}): Promise<void> {
  // Only before the first start: afterwards the password lives in the system database.
  if (existsSync(path.join(options.directory, 'data', 'databases', 'system'))) return;
  // Handed over in a file: every user of the machine can read the arguments of a process.
  const file = path.join(options.directory, 'conf', 'initial-password');
  await writeFile(file, `"${options.password.replaceAll(/["\\]/g, '\\$&')}"`, { mode: 0o600 });
  const { code, output } = await run(
    options.java,
    [...options.javaFlags, 'org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', `@${file}`],
    { env: environmentWith({ NEO4J_HOME: options.directory, NEO4J_CONF: path.join(options.directory, 'conf') }) },
  );
  await rm(file);
  if (code !== 0) throw new UserError(`cannot set Neo4j's password: ${lastLines(output, 1)}`, exitCode.usage);
}
