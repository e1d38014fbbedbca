import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Reader,
  type Registry,
  type ResourceDefinition,
  awsAccount,
  policyStatement,
  uncollected,
} from '@ag/resource';

/** One definition or reader, and where it stands: `libs/collectors/<service>/<file>`. */
export interface Source {
  readonly service: string;
  readonly file: string;
  /** The name that it is exported by. */
  readonly name: string;
  readonly value: ResourceDefinition | Reader;
}

const folder = join('libs', 'collectors');

/** Every definition and reader under `libs/collectors`, by service, then file: the folder is the registry. */
export async function findSources(root: string): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const service of await listNames(join(root, folder))) {
    if (service.includes('.')) continue;
    for (const file of await listNames(join(root, folder, service))) {
      if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
      const path = join(root, folder, service, file);
      const exported: unknown = await import(pathToFileURL(path).href);
      for (const [name, value] of Object.entries(isRecord(exported) ? exported : {})) {
        if (isDefinition(value) || isReader(value)) sources.push({ service, file, name, value });
      }
    }
  }
  return sources;
}

export function toRegistry(sources: readonly Source[]): Registry {
  const values = sources.map(({ value }) => value);
  return { definitions: values.filter(isDefinition), readers: values.filter(isReader) };
}

/** The folder whose page describes a kind of node: the first that yields it. What no folder yields alone is the graph's own. */
export function serviceOf(label: string, sources: readonly Source[]): string {
  if ([awsAccount, policyStatement, uncollected].some((type) => type.label === label)) return 'graph';
  const source = sources.find(({ value }) =>
    isDefinition(value) ? value.label === label : value.types.some((type) => type.label === label),
  );
  return source?.service ?? 'graph';
}

export function isDefinition(value: unknown): value is ResourceDefinition {
  return isRecord(value) && isRecord(value['list']) && Array.isArray(value['details']) && 'client' in value;
}

export function isReader(value: unknown): value is Reader {
  return isRecord(value) && typeof value['read'] === 'function' && Array.isArray(value['types']);
}

async function listNames(path: string): Promise<string[]> {
  return (await readdir(path)).sort();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
