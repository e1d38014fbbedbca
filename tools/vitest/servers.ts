import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { givenNeo4j } from '../environment.ts';
import { startMoto } from '../moto/moto.ts';
import { requireEmpty } from '../neo4j/given.ts';
import { startNeo4j, type Neo4jAddress } from '../neo4j/neo4j.ts';
import type { RunningServer } from '../process/server.ts';
import { startRedis } from '../redis/redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly neo4jUri: string;
    readonly neo4jUser: string | undefined;
    readonly neo4jPassword: string | undefined;
    readonly awsEndpoint: string;
    readonly redisUrl: string;
  }
}

interface Servers {
  readonly neo4j: Neo4jAddress;
  readonly awsEndpoint: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

// Every vitest project with tests calls the setup below, each in a module of its own: they meet on the global object.
declare global {
  var accessGraphTestServers: { readonly servers: Promise<Servers>; users: number } | undefined;
}

/** Starts, once per vitest run, the Neo4j, the Redis and the AWS emulator that tests `inject`; ends them after the last project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const use = (globalThis.accessGraphTestServers ??= { servers: startServers(), users: 0 });
  use.users += 1;
  const servers = await use.servers;
  project.provide('neo4jUri', servers.neo4j.uri);
  project.provide('neo4jUser', servers.neo4j.user);
  project.provide('neo4jPassword', servers.neo4j.password);
  project.provide('awsEndpoint', servers.awsEndpoint);
  project.provide('redisUrl', servers.redisUrl);
  return async () => {
    use.users -= 1;
    if (use.users > 0) return;
    globalThis.accessGraphTestServers = undefined;
    await servers.stop();
  };
}

async function startServers(): Promise<Servers> {
  const given = givenNeo4j();
  if (given) {
    await requireEmpty(given);
    const [moto, redis] = await Promise.all([startMoto(), startRedis()]);
    return { neo4j: given, awsEndpoint: moto.endpoint, redisUrl: redis.url, stop: () => stopAll(moto, redis) };
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'accessgraph-neo4j-'));
  const [neo4j, moto, redis] = await Promise.all([startNeo4j({ directory }), startMoto(), startRedis()]);
  async function stop(): Promise<void> {
    await stopAll(neo4j, moto, redis);
    await rm(directory, { recursive: true, force: true });
  }
  return { neo4j, awsEndpoint: moto.endpoint, redisUrl: redis.url, stop };
}

async function stopAll(...servers: readonly RunningServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}
