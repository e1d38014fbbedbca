import {
  type Gap,
  type GraphEdge,
  type GraphNode,
  type Place,
  type PolicyKind,
  type PropertyValue,
  accountOf,
  findArn,
} from '@ag/model';
import type { Action, ResourceDefinition } from './definition.ts';
import { policyProperty, toNode } from './node-type.ts';
import { policyNodes } from './policy-nodes.ts';

/** One listed item with its details by name; a detail that was not found, or failed, is `undefined`. */
export interface SeenItem {
  readonly item: unknown;
  readonly place: Place;
  readonly [detail: string]: unknown;
}

/** What a definition makes of one item: its node first, then statements; its gaps are those of details and of malformed values. */
export interface ReadNode {
  readonly node: GraphNode;
  readonly edges: readonly GraphEdge[];
  readonly statements: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };
  readonly gaps: readonly Gap[];
}

/**
 * Reads one resource from what was seen of it. Unknown is not empty: whatever a failed detail would have told is left out,
 * and the node says which actions are unread and which policy kinds that hits.
 */
export function readNode(
  definition: ResourceDefinition,
  seen: SeenItem,
  failed: ReadonlyMap<string, Gap> = new Map(),
): ReadNode {
  const watch = watchDetails(definition, seen);
  const id = definition.id(seen);
  const gaps: Gap[] = [...failed.values()].map((gap) => ({ ...gap, arn: gap.arn ?? id }));
  const unreadPolicies: PolicyKind[] = [];

  /** The value, or `undefined` where it rests on a failed detail or the answer has not the form that it should have. */
  function attempt<Value>(what: string, read: (seen: SeenItem) => Value | undefined): Value | undefined {
    const { value, touched, error } = watch(read);
    if (touched.some((name) => failed.has(name))) return undefined;
    if (error !== undefined) gaps.push(malformed(touched, `cannot read ${what} of \`${id}\`: ${error}`));
    return value;
  }

  function malformed(touched: readonly string[], message: string): Gap {
    const action = actionOf(definition, touched);
    return { place: seen.place, resource: definition.label, action, arn: id, reason: 'malformed', message };
  }

  // What is shared is another account's, and what is seen from here may be elsewhere: its ARN says so. A definition may know
  // better where a thing is and whose; then not knowing is not the place.
  const properties: Record<string, PropertyValue | undefined> = {
    account: accountOf(id) ?? seen.place.account,
    region: findArn(id)?.region || seen.place.region,
  };
  for (const [name, property] of Object.entries(definition.properties)) {
    properties[name] = attempt(`\`${name}\``, (known) => property.read(known));
  }

  const edges: GraphEdge[] = [];
  for (const { type, read } of definition.edgeReads) {
    const ends = toList(attempt(`the ends of ${type}`, read));
    for (const to of new Set(ends)) edges.push({ type, from: id, to, properties: {} });
  }

  const statements: { nodes: GraphNode[]; edges: GraphEdge[] } = { nodes: [], edges: [] };
  for (const { kind, read } of definition.policyReads) {
    const { value: text, touched, error } = watch(read);
    if (error !== undefined || touched.some((name) => failed.has(name))) unreadPolicies.push(kind);
    else if (text !== undefined) {
      const made = policyNodes(id, kind, text);
      if (made.ok) {
        properties[policyProperty(kind)] = text;
        statements.nodes.push(...made.nodes);
        statements.edges.push(...made.edges);
      } else {
        unreadPolicies.push(kind);
        gaps.push(malformed(touched, `cannot read the ${kind} policy of \`${id}\`: ${made.reason}`));
      }
    }
    if (error !== undefined) gaps.push(malformed(touched, `cannot read the ${kind} policy of \`${id}\`: ${error}`));
  }

  const aliases = definition.aliasReads.flatMap(({ read }) => toList(attempt('other names', read)));
  const unread = gaps.map((gap) => gap.action);
  const labels = [definition.label, ...definition.roles] as const;
  return { node: toNode(id, labels, properties, { aliases, unread, unreadPolicies }), edges, statements, gaps };
}

/** Runs a read and tells which details it looked at, so that what rests on a failed one is known. */
function watchDetails(definition: ResourceDefinition, seen: SeenItem) {
  const names = new Set(definition.details.map((detail) => detail.name));
  const touched = new Set<string>();
  const watched = new Proxy(seen, {
    get(target, name): unknown {
      if (typeof name === 'string' && names.has(name)) touched.add(name);
      return Reflect.get(target, name);
    },
  });

  return function watch<Value>(read: (seen: SeenItem) => Value) {
    touched.clear();
    try {
      const value = read(watched);
      return { value, touched: [...touched], error: undefined };
    } catch (error) {
      return { value: undefined, touched: [...touched], error: messageOf(error) };
    }
  };
}

/** What JSON.parse says repeats the text, which may be a secret. */
function messageOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'not valid JSON';
  return error instanceof Error ? error.message : String(error);
}

function actionOf(definition: ResourceDefinition, touched: readonly string[]): Action {
  return definition.details.find((detail) => touched.includes(detail.name))?.action ?? definition.list.action;
}

function toList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  // Some services answer with an empty text where there is nothing.
  return (typeof value === 'string' ? [value] : value).filter((id) => id !== '');
}
