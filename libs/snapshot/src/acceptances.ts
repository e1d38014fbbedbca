import type { Storage } from './storage.ts';

/** By scope, the run whose held reading a person accepted: no other reading of the scope is accepted by it. */
export type Accepted = ReadonlyMap<string, string>;

/** What people accepted, in a file of the store. */
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

const file = 'accepted.json';

export function openAcceptances(storage: Storage): Acceptances {
  return {
    async read() {
      const text = await storage.readText(file);
      if (text === undefined) return new Map();
      const runs = parse(text);
      if (!runs) throw new DamagedAcceptances(file);
      return new Map(runs);
    },
    write: (accepted) => storage.writeText(file, `${JSON.stringify(Object.fromEntries(accepted), undefined, 2)}\n`),
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
