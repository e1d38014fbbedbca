import { decodeTags, type GraphNode } from '@ag/model';

/** A property of a node where it is text. */
export function textOf(node: GraphNode | undefined, name: string): string | undefined {
  const value = node?.properties[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagOf(node: GraphNode | undefined, name: string): boolean | undefined {
  const value = node?.properties[name];
  return typeof value === 'boolean' ? value : undefined;
}

export function listOf(node: GraphNode | undefined, name: string): readonly string[] {
  const value = node?.properties[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A node's tags; `undefined` where they are not among what was read. */
export function tagsOf(node: GraphNode | undefined): Readonly<Record<string, string>> | undefined {
  return node?.properties['tags'] === undefined ? undefined : decodeTags(listOf(node, 'tags'));
}

/** A property that holds JSON; `undefined` where it is absent or not JSON. */
export function jsonOf(node: GraphNode | undefined, name: string): unknown {
  const text = textOf(node, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text members of a record; anything else is left out. */
export function memberText(record: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' ? value : undefined;
}

export function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
