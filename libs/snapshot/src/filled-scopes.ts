import { type GraphSource, scopeKey } from '@ag/model';
import { manifestOf } from './snapshot.ts';

/** The keys of the scopes that hold anything: of a snapshot without reading it, of any other graph from its nodes. */
export async function filledScopes(source: GraphSource): Promise<ReadonlySet<string>> {
  const manifest = manifestOf(source);
  if (manifest) {
    return new Set(manifest.scopes.flatMap(({ record, content }) => (content ? [scopeKey(record.scope)] : [])));
  }
  const filled = new Set<string>();
  for await (const { scopes } of source.nodes()) for (const key of scopes) filled.add(key);
  return filled;
}
