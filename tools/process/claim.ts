import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '@ag/model';
import { isAlive } from './server.ts';

/** Claims a folder's work for this process, with one sentence where another process that lives has it. */
export async function claim(file: string, what: string): Promise<{ stop(): Promise<void> }> {
  await mkdir(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      const claimed = await open(file, 'wx');
      await claimed.writeFile(String(process.pid));
      await claimed.close();
      return { stop: () => rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const owner = Number(await readFile(file, 'utf8'));
    if (owner > 0 && isAlive(owner)) {
      throw new UserError(`${what} is already running in this checkout, as process ${owner}`, exitCode.usage);
    }
    await rm(file, { force: true });
  }
}
