import type { GraphEdge, GraphNode, PolicyKind, PropertyValue } from '@ag/model';
import { declare } from './properties.ts';
import { defineNode } from './node-type.ts';

/** One statement of a policy document, flattened so that Cypher can ask about it. The engine reads the document itself. */
export const policyStatement = defineNode({
  label: 'PolicyStatement',
  description: 'One statement of a policy document.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html',
  roles: [],
  properties: {
    kind: declare('string', 'Policy kind: identity, trust, resource, scp, rcp …'),
    index: declare('number', 'Position in the document, from 0.'),
    sid: declare('string', 'Statement id.'),
    effect: declare('string', 'Allow or Deny.', { indexed: true }),
    actions: declare('strings', 'Action patterns.'),
    notActions: declare('strings', 'NotAction patterns.'),
    resources: declare('strings', 'Resource patterns.'),
    notResources: declare('strings', 'NotResource patterns.'),
    principals: declare('strings', 'Principals, each as `AWS:…`, `Service:…`, `Federated:…`, or `*`.'),
    notPrincipals: declare('strings', 'NotPrincipal, in the same form.'),
    condition: declare('json', 'The condition block.'),
  },
});

/** The node ids and edges of one holder's document, or the reason why it is not a policy. */
export type PolicyNodes =
  | { readonly ok: true; readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }
  | { readonly ok: false; readonly reason: string };

/** Flattens a document into statement nodes, with one `HAS_STATEMENT` edge each from the node that holds it. */
export function policyNodes(holder: string, kind: PolicyKind, text: string): PolicyNodes {
  const document = parseJson(text);
  if (!isRecord(document)) return { ok: false, reason: 'not a JSON object' };
  // Required by the grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
  if (document['Statement'] === undefined) return { ok: false, reason: 'it has no statement' };
  const statements = toList(document['Statement']);
  if (!statements.every(isRecord)) return { ok: false, reason: 'a statement is not an object' };

  const nodes = statements.map((statement, index) =>
    policyStatement.node(`${holder}#${kind}/${index}`, {
      kind,
      index,
      sid: toText(statement['Sid']),
      effect: toText(statement['Effect']),
      actions: toTexts(statement['Action']),
      notActions: toTexts(statement['NotAction']),
      resources: toTexts(statement['Resource']),
      notResources: toTexts(statement['NotResource']),
      principals: toPrincipals(statement['Principal']),
      notPrincipals: toPrincipals(statement['NotPrincipal']),
      condition: statement['Condition'] === undefined ? undefined : JSON.stringify(statement['Condition']),
    }),
  );
  const edges = nodes.map((node) => ({
    type: 'HAS_STATEMENT',
    from: holder,
    to: node.id,
    properties: { kind } satisfies Record<string, PropertyValue>,
  }));
  return { ok: true, nodes, edges };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function toTexts(value: unknown): readonly string[] | undefined {
  return value === undefined ? undefined : toList(value).map(String);
}

function toPrincipals(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return toList(value).map(String);
  return Object.entries(value).flatMap(([type, names]) => toList(names).map((name) => `${type}:${String(name)}`));
}
