import type { GraphNode } from '@ag/model';
import { createIdSet } from './id-set.ts';

/** What the nodes of a graph are called. */
export interface Names {
  add(node: GraphNode): void;
  has(id: string): boolean;
  /** Whether the node was not seen by the last complete reading. */
  isMissing(id: string): boolean;
  /** From an edge's end to the ids it means. An id means itself, and a node that is there comes before one that is missing. */
  idsOf(end: string): readonly string[];
}

export function createNames(): Names {
  const ids = createIdSet();
  const missing = new Set<string>();
  const aliasesOfPresent = new Map<string, readonly string[]>();
  const aliasesOfMissing = new Map<string, readonly string[]>();
  return {
    add({ id, aliases = [], properties }) {
      ids.add(id);
      const isMissing = properties['missingSince'] !== undefined;
      if (isMissing) missing.add(id);
      const table = isMissing ? aliasesOfMissing : aliasesOfPresent;
      for (const alias of new Set(aliases)) table.set(alias, [...(table.get(alias) ?? []), id]);
    },
    has: (id) => ids.has(id),
    isMissing: (id) => missing.has(id),
    idsOf: (end) => (ids.has(end) ? [end] : (aliasesOfPresent.get(end) ?? aliasesOfMissing.get(end) ?? [end])),
  };
}
