import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { withLock } from '../process/lock.ts';
import { endProcess, isAlive } from '../process/server.ts';
import { answersFrom } from './ask.ts';
import { startNeo4j, type LocalNeo4j } from './start.ts';

const running = z.object({ pid: z.number(), uri: z.string() });

/**
 * The Neo4j of a folder, for commands that come and go: the one that runs, or else one started and left running. It
 * asks for a password, kept beside its data, because web pages and other users of the machine reach loopback too.
 */
export async function useLocalNeo4j(options: { readonly directory: string }): Promise<LocalNeo4j> {
  const directory = path.resolve(options.directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return withLock(path.join(directory, 'neo4j.lock'), async () => {
    const credentials = { user: 'neo4j', password: await password(path.join(directory, 'neo4j.password')) };
    const stateFile = path.join(directory, 'neo4j.json');
    const found = await findRunning(stateFile);
    if (found && (await answersFrom({ ...found, ...credentials }, directory))) {
      return { ...found, ...credentials, stop: () => endProcess(found.pid) };
    }
    const started = await startNeo4j({ directory, password: credentials.password, heap: 1024, detached: true });
    await writeFile(stateFile, `${JSON.stringify({ pid: started.pid, uri: started.uri })}\n`, { mode: 0o600 });
    return started;
  });
}

async function findRunning(stateFile: string): Promise<z.infer<typeof running> | undefined> {
  const text = await readIfThere(stateFile);
  const { data } = text === undefined ? {} : running.safeParse(parseJson(text));
  return data && isAlive(data.pid) ? data : undefined;
}

async function password(file: string): Promise<string> {
  const known = await readIfThere(file);
  if (known !== undefined && known !== '') return known;
  const made = randomBytes(18).toString('hex');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

// A state file that is not JSON was half written: there is then nothing to reuse.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
