import { uncollectedLabel } from '@ag/model';
import { type ResourceDefinition, actionsOf } from './definition.ts';
import { type EdgeDeclaration, type NodeType, defineNode } from './node-type.ts';
import { policyStatement } from './policy-nodes.ts';
import { declare } from './properties.ts';
import type { Reader } from './reader.ts';

/** Everything that can be read from AWS. */
export interface Registry {
  readonly definitions: readonly ResourceDefinition[];
  readonly readers: readonly Reader[];
}

/** One edge type between two kinds of node, with its sentence, read from tail to head. */
export interface EdgeType extends EdgeDeclaration {
  readonly from: string;
}

/** What something points to and nobody read. It keeps an edge visible whose end is not known. */
export const uncollected = defineNode({
  label: uncollectedLabel,
  description:
    'Something that was referred to and not read: another account’s, owned by AWS, deleted, or not readable.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  roles: [],
  properties: { reason: declare('string', 'Why it is not here.', { indexed: true }) },
});

/** Every kind of node that the registry yields, sorted by label, with the edges that each may have. */
export function nodeTypesOf({ definitions, readers }: Registry): readonly NodeType[] {
  const types = [...definitions, ...readers.flatMap((reader) => reader.types), policyStatement, uncollected];
  const byLabel = new Map(types.map((type) => [type.label, withStatements(type)]));
  return [...byLabel.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Every edge that the registry's nodes may have, sorted by type, then tail, then head. */
export function edgeTypesOf(registry: Registry): readonly EdgeType[] {
  const edges = nodeTypesOf(registry).flatMap((type) => type.edges.map((edge) => ({ ...edge, from: type.label })));
  return edges.sort((a, b) => (edgeKey(a) < edgeKey(b) ? -1 : 1));
}

/** Every action that the registry issues, sorted. */
export function actionsOfAll({ definitions, readers }: Registry): readonly string[] {
  const listed = definitions.flatMap(actionsOf);
  return [...new Set<string>([...listed, ...readers.flatMap((reader) => reader.actions)])].sort();
}

function withStatements(type: NodeType): NodeType {
  if (type.policies.length === 0) return type;
  const sentence = 'A policy that it holds has the statement.';
  return { ...type, edges: [...type.edges, { type: 'HAS_STATEMENT', target: policyStatement.label, sentence }] };
}

function edgeKey({ type, from, target }: EdgeType): string {
  return `${type} ${from} ${target}`;
}
