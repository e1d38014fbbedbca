import {
  type GraphEdge,
  type GraphNode,
  type Held,
  type Properties,
  type PropertyValue,
  type ScopeRecord,
  compareText,
} from '@ag/model';
import { edgeLine, nodeLine } from './lines.ts';

/** One of several copies of the same thing. What was read later comes before what was carried forward. */
export interface Copy<Value> {
  readonly value: Held<Value>;
  /** Which run read its scope's content, and when. */
  readonly read: Pick<ScopeRecord, 'readInNumber' | 'readAt'>;
}

/** Lists that say what is unread: all copies count, so that no answer is more certain than its least certain part. */
const joined = new Set(['unread', 'unreadPolicies']);

/**
 * One node from all that scopes say of it, whatever order they came in. Copies fill each other's absent properties;
 * where they contradict, the newest wins, then the one of the first scope. Where one scope still sees the node,
 * those that miss it do not count.
 */
export function mergeNodes(copies: readonly Copy<GraphNode>[]): Held<GraphNode> {
  const seen = copies.filter(({ value }) => value.properties['missingSince'] === undefined);
  const ranked = rank(seen.length > 0 ? seen : copies, nodeLine);
  const [first] = ranked;
  if (!first) throw new Error('nothing to merge');
  return {
    id: first.id,
    labels: [first.labels[0], ...ranked.flatMap(({ labels }) => labels)],
    properties: mergeProperties(ranked.map(({ properties }) => properties)),
    aliases: ranked.flatMap(({ aliases }) => aliases ?? []),
    scopes: ranked.flatMap(({ scopes }) => scopes),
  };
}

/** One edge from all that scopes say of it. */
export function mergeEdges(copies: readonly Copy<GraphEdge>[]): Held<GraphEdge> {
  const ranked = rank(copies, edgeLine);
  const [first] = ranked;
  if (!first) throw new Error('nothing to merge');
  return {
    ...first,
    properties: mergeProperties(ranked.map(({ properties }) => properties)),
    scopes: ranked.flatMap(({ scopes }) => scopes),
  };
}

function rank<Value>(copies: readonly Copy<Value>[], toLine: (value: Held<Value>) => string): readonly Held<Value>[] {
  const [only] = copies;
  if (only && copies.length === 1) return [only.value];
  return copies
    .map(({ value, read }) => ({ value, read, scope: value.scopes[0] ?? '', line: toLine(value) }))
    .sort((a, b) => newestFirst(a.read, b.read) || compareText(a.scope, b.scope) || compareText(a.line, b.line))
    .map(({ value }) => value);
}

// By the runs' numbers; the time is only asked where content is older than those.
function newestFirst(a: Copy<unknown>['read'], b: Copy<unknown>['read']): number {
  return (b.readInNumber ?? 0) - (a.readInNumber ?? 0) || compareText(b.readAt, a.readAt);
}

function mergeProperties(all: readonly Properties[]): Properties {
  const [first = {}] = all;
  if (all.length < 2) return first;
  const merged: Record<string, PropertyValue> = {};
  for (const properties of all) {
    for (const [name, value] of Object.entries(properties)) {
      const before = merged[name];
      if (before === undefined) merged[name] = value;
      else if (joined.has(name) && Array.isArray(before) && Array.isArray(value)) merged[name] = join(before, value);
    }
  }
  return merged;
}

function join(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort(compareText);
}
