import type { AccessIndex } from '@ag/access';
import type { NameOf } from '@ag/model';
import DataLoader from 'dataloader';

export interface NameLoader {
  /** What people call a node. */
  load(id: string): Promise<string>;
  /** The names of these nodes, for a text that has several. */
  of(ids: readonly string[]): Promise<NameOf>;
}

/** Names of nodes, all that one request asks for together in one question. */
export function nameLoader(index: () => AccessIndex): NameLoader {
  const loader = new DataLoader((ids: readonly string[]) => index().namesOf(ids));
  const load = (id: string): Promise<string> => loader.load(id);
  return {
    load,
    async of(ids) {
      const names = new Map(await Promise.all(ids.map(async (id) => [id, await load(id)] as const)));
      return (id) => names.get(id) ?? id;
    },
  };
}
