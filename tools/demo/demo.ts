import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quietSdk } from '@ag/connect';
import { exitCode, UserError } from '@ag/model';
import { environmentWith } from '../environment.ts';
import { startMoto } from '../moto/moto.ts';
import type { Neo4jAddress } from '../neo4j/neo4j.ts';
import { claim } from '../process/claim.ts';
import { freePort } from '../process/port.ts';
import { createStack } from '../process/stack.ts';
import { installServers } from '../test/servers.ts';
import { startApi } from './api.ts';
import { buildCompany, type DemoCompany } from './company.ts';
import { demoConnection, openDatabase } from './database.ts';
import { printAnswer, runCommand, type CommandOptions } from './questions.ts';

const checkout = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const folder = path.join(checkout, '.accessgraph', 'demo');
const stack = createStack();

/** Runs the whole product on the sample company, until it is told to stop. */
async function demo(args: readonly string[]): Promise<void> {
  const wantedPort = parsePort(args);
  await stack.keep(await claim(`${folder}.pid`, 'the demo'));
  const port = await freePort(wantedPort, 'the API', ': choose another one with `-- --port <number>`');
  await installServers();
  // Nothing of an earlier demo is of use: the emulator forgets everything, so the company is built anew.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  const [database, moto] = await step('Neo4j and the AWS emulator run', () =>
    Promise.all([openDatabase(folder, stack), startMoto().then(stack.keep)]),
  );
  const company = await step('The sample company is built', async () => stack.keep(await buildCompany(moto.endpoint)));
  const commands = commandOptions(database, company);
  await step('It is read into the graph', () => runCommand(collect(company), commands));
  const api = await step('The API answers', async () =>
    stack.keep(await startApi({ checkout, folder, port, env: commands.env })),
  );

  for (const question of company.questions) await printAnswer(question, commands);
  const password = database.password === undefined ? 'no password' : `user ${database.user ?? 'neo4j'}`;
  console.log(`
  GraphQL   ${api.url}
  Bolt      ${database.uri} (${password})
  Ask more  NEO4J_URI=${database.uri} npx accessgraph --help
  Stop      Ctrl-C`);
}

function collect(company: DemoCompany): readonly string[] {
  const regions = company.regions.flatMap((region) => ['--region', region]);
  return ['collect', '--endpoint-url', company.endpoint, ...regions];
}

function commandOptions(database: Neo4jAddress, company: DemoCompany): CommandOptions {
  const { uri, user, password } = database;
  return {
    program: path.join(checkout, 'tools', 'accessgraph.mjs'),
    directory: folder,
    env: environmentWith({
      NEO4J_URI: uri,
      ...(password === undefined ? {} : { NEO4J_USER: user ?? 'neo4j', NEO4J_PASSWORD: password }),
      ACCESSGRAPH_CONNECTION: demoConnection,
      ...company.environment,
    }),
  };
}

async function step<Result>(done: string, work: () => Promise<Result>): Promise<Result> {
  const started = Date.now();
  const result = await work();
  console.log(`${done} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}

function parsePort(args: readonly string[]): number {
  const text = readArguments(args).port;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UserError(`\`${text}\` is not a port: give \`--port\` a number from 1 to 65535`, exitCode.usage);
}

function readArguments(args: readonly string[]): { readonly port: string } {
  try {
    return parseArgs({ args: [...args], options: { port: { type: 'string', default: '4000' } } }).values;
  } catch (cause) {
    throw new UserError('the demo knows one option, `--port <number>`', exitCode.usage, { cause });
  }
}

async function end(code: number): Promise<void> {
  await stack.stop();
  process.exit(code);
}

// Ended by whoever started it: a Ctrl-C, a closed terminal, or a supervisor. What was still starting ends with us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.log('\nStopping …');
    void end(exitCode.ok);
  });
}

// Node 20 is served until it is not; the SDK's notice would stand in the middle of the answers.
quietSdk();
try {
  await demo(process.argv.slice(2));
  // The API runs apart from us, so something has to keep us here.
  setInterval(() => {}, 60_000);
} catch (error) {
  console.error(`accessgraph: ${error instanceof Error ? error.message : String(error)}`);
  await end(error instanceof UserError ? error.code : exitCode.unexpected);
}
