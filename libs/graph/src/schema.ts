import { UserError, exitCode } from '@ag/model';
import type { NodeType } from '@ag/resource';
import type { Database } from './database.ts';
import {
  currentIsUnique,
  entityIsUnique,
  listIndexNames,
  raiseSchemaVersion,
  readSchemaVersion,
  runIsUnique,
  scopeIsUnique,
  waitForIndexes,
} from './schema.queries.ts';

/** One step of the schema. It may be interrupted and is then run again from its start. */
export interface Migration {
  readonly version: number;
  apply(database: Database): Promise<void>;
}

/** The history of the schema; a step that was released is never changed. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    apply: (database) => changeAll(database, [entityIsUnique, currentIsUnique, runIsUnique, scopeIsUnique]),
  },
];

/** Brings the schema to the newest version; then an index for each property that people search by. */
export async function migrateSchema(
  database: Database,
  steps: readonly Migration[],
  types: () => Promise<readonly NodeType[]>,
): Promise<void> {
  const newest = Math.max(0, ...steps.map(({ version }) => version));
  const [row] = await database.read<{ version: number | null }>(readSchemaVersion);
  const found = row?.version ?? 0;
  if (found > newest) {
    const message = `the graph at \`${database.uri}\` was written by a newer version (schema ${found}, this program knows ${newest}): update this program`;
    throw new UserError(message, exitCode.database);
  }
  for (const step of [...steps].sort((a, b) => a.version - b.version)) {
    if (step.version <= found) continue;
    await step.apply(database);
    await database.write((transaction) => transaction.run(raiseSchemaVersion, { version: step.version }));
  }
  await addIndexes(database, await types());
}

async function addIndexes(database: Database, types: readonly NodeType[]): Promise<void> {
  const there = new Set((await database.read<{ name: string }>(listIndexNames)).map(({ name }) => name));
  const missing = types.flatMap(indexesOf).filter(({ name }) => !there.has(name));
  await changeAll(
    database,
    missing.map(({ statement }) => statement),
  );
  if (missing.length > 0) await database.read(waitForIndexes, {}, { timeoutMs: 600_000 });
}

function indexesOf({ label, properties }: NodeType): readonly { name: string; statement: string }[] {
  const indexed = Object.entries(properties).flatMap(([property, { indexed }]) => (indexed ? [property] : []));
  return indexed.map((property) => {
    const name = `${label}_${property}`;
    // The schema takes no parameters; names come from definitions and are checked all the same.
    for (const word of [label, property]) if (!/^\w+$/.test(word)) throw new Error(`\`${word}\` is not a name`);
    return { name, statement: `CREATE INDEX ${name} IF NOT EXISTS FOR (node:${label}) ON (node.${property})` };
  });
}

async function changeAll(database: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await database.change(statement);
}
