import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './server.ts';

// Longer than anything done under a lock takes: an older one was left by a process that was killed.
const abandonedAfterMs = 30 * 60_000;

/** Does something that only one process of this machine may do at a time; the others wait. */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await take(file))) await sleep(200);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const lock = await open(file, 'wx');
    await lock.writeFile(String(process.pid));
    await lock.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (await isAbandoned(file)) await rm(file, { force: true });
  return false;
}

async function isAbandoned(file: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = [await readFile(file, 'utf8'), await stat(file)];
    // A lock without a process id in it is one that is being written right now.
    return Date.now() - mtimeMs > abandonedAfterMs || (text !== '' && !isAlive(Number(text)));
  } catch {
    // It was released while we looked.
    return false;
  }
}
