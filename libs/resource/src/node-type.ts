import type { GraphNode, PolicyKind, PropertyValue, RoleLabel } from '@ag/model';
import type { PropertyDeclaration, PropertyValues } from './properties.ts';

/** An edge type as it leaves one kind of node: to what, and one sentence for people. */
export interface EdgeDeclaration {
  readonly type: string;
  /** The label it leads to; `Principal`, `AwsResource` or `Entity` where there are several. */
  readonly target: string;
  readonly sentence: string;
}

/** One kind of node, declared once: everything that is generated comes from it. */
export interface NodeType {
  readonly label: string;
  readonly description: string;
  readonly docs: string;
  readonly roles: readonly RoleLabel[];
  readonly properties: Readonly<Record<string, PropertyDeclaration>>;
  readonly edges: readonly EdgeDeclaration[];
  /** Policy kinds whose document it holds, in the property that `policyProperty` names. */
  readonly policies: readonly PolicyKind[];
}

/** The property that holds the document of a policy kind: `document` of managed and inline policies, SCPs and RCPs; else by name. */
export function policyProperty(kind: PolicyKind): string {
  switch (kind) {
    case 'resource':
      return 'resourcePolicy';
    case 'trust':
      return 'trustPolicy';
    case 'endpoint':
      return 'endpointPolicy';
    case 'accessPoint':
      return 'accessPointPolicy';
    case 'identity':
    case 'boundary':
    case 'session':
    case 'scp':
    case 'rcp':
      return 'document';
  }
}

type Declarations = Readonly<Record<string, PropertyDeclaration>>;
type ValuesOf<Properties extends Declarations> = {
  readonly [Name in keyof Properties]?: PropertyValues[Properties[Name]['type']] | undefined;
};

export interface NodeOptions {
  readonly aliases?: readonly string[];
  /** Actions that could not be read of this node. */
  readonly unread?: readonly string[];
  readonly unreadPolicies?: readonly PolicyKind[];
}

/** A node type that a reader fills: `node()` makes one, and knows its properties' names and types. */
export interface DeclaredNode<Properties extends Declarations> extends NodeType {
  readonly properties: Properties;
  node(id: string, values: ValuesOf<Properties>, options?: NodeOptions): GraphNode;
}

/** Declares a kind of node that a reader fills by hand. Where one call answers for one resource, use `defineResource`. */
export function defineNode<const Properties extends Declarations>(type: {
  readonly label: string;
  readonly description: string;
  readonly docs: string;
  readonly roles?: readonly RoleLabel[];
  readonly properties: Properties;
  readonly edges?: readonly EdgeDeclaration[];
  readonly policies?: readonly PolicyKind[];
}): DeclaredNode<Properties> {
  const roles = type.roles ?? ['AwsResource'];
  return {
    ...type,
    roles,
    edges: type.edges ?? [],
    policies: type.policies ?? [],
    node: (id, values, options) => toNode(id, [type.label, ...roles], values, options),
  };
}

/** Makes a node; values that are `undefined` are left out, since absent is a missing key. */
export function toNode(
  id: string,
  labels: readonly [string, ...string[]],
  values: Readonly<Record<string, PropertyValue | undefined>>,
  { aliases = [], unread = [], unreadPolicies = [] }: NodeOptions = {},
): GraphNode {
  const properties: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) properties[name] = value;
  if (unread.length > 0) properties['unread'] = [...new Set(unread)].sort();
  if (unreadPolicies.length > 0) properties['unreadPolicies'] = [...new Set(unreadPolicies)].sort();
  return { id, labels, properties, ...(aliases.length > 0 && { aliases }) };
}
