import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncFile } from './objects.ts';

/** By scope, the run whose held reading a person accepted: no other reading of the scope is accepted by it. */
export type Accepted = ReadonlyMap<string, string>;

/** What people accepted, in `accepted.json` of the store's folder. */
export interface Acceptances {
  /** Throws `DamagedAcceptances` where the file holds something else. */
  read(): Promise<Accepted>;
  write(accepted: Accepted): Promise<void>;
}

export class DamagedAcceptances extends Error {
  constructor(file: string) {
    super(`\`${file}\` does not say which scopes were accepted: accept them again`);
    this.name = 'DamagedAcceptances';
  }
}

export function openAcceptances(directory: string): Acceptances {
  const file = path.join(directory, 'accepted.json');
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return new Map();
      const runs = parse(text);
      if (!runs) throw new DamagedAcceptances(file);
      return new Map(runs);
    },
    async write(accepted) {
      await mkdir(directory, { recursive: true });
      const temporary = path.join(directory, '.accepted.tmp');
      await writeFile(temporary, `${JSON.stringify(Object.fromEntries(accepted), undefined, 2)}\n`);
      await syncFile(temporary);
      await rename(temporary, file);
    },
  };
}

function parse(text: string): readonly (readonly [string, string])[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const runs = Object.entries(value).flatMap(([scope, run]): (readonly [string, string])[] =>
    typeof run === 'string' ? [[scope, run]] : [],
  );
  return runs.length === Object.keys(value).length ? runs : undefined;
}
