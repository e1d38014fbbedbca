import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { type GeneratedFile, generated, notice } from './generated-file.ts';

/** The whole GraphQL schema as one file, so that a change of the API is seen in review. */
export async function graphqlSchema(root: string): Promise<readonly GeneratedFile[]> {
  const library = join(root, 'libs', 'graphql', 'src', 'index.ts');
  if (!existsSync(library)) return [];
  const exported: unknown = await import(pathToFileURL(library).href);
  const schema = callExport(exported, 'createSchema');
  if (!isSchema(schema)) return [];
  return [await generated('schema.graphql', `# ${notice}\n${printSchema(lexicographicSortSchema(schema))}\n`)];
}

function callExport(module: unknown, name: string): unknown {
  if (typeof module !== 'object' || module === null || !(name in module)) return undefined;
  const value: unknown = Reflect.get(module, name);
  return typeof value === 'function' ? Reflect.apply(value, undefined, []) : undefined;
}
