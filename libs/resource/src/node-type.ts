import {
  type GraphNode,
  type PolicyKind,
  type PropertyValue,
  type RoleLabel,
  accountOf,
  findArn,
  globalRegion,
} from '@ag/model';
import { type PropertyDeclaration, type PropertyValues, declare } from './properties.ts';

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

/** The property of a policy kind's document. */
export function declareDocument(kind: PolicyKind): PropertyDeclaration<'json'> {
  return declare('json', `The ${kind} policy, as AWS stores it.`);
}

/** Properties that every `AwsResource` has besides its own. */
export const commonProperties = {
  arn: declare('string', 'Amazon Resource Name, where it has one.'),
  account: declare('string', 'The account that owns it: 12 digits.', { indexed: true }),
  region: declare('string', 'Where it lives; `global` where the service has no regions.'),
  unread: declare('strings', 'Actions that could not be read of it: what they would have told is unknown, not absent.'),
  unreadPolicies: declare('strings', 'Policy kinds that could not be read, so that no answer about it is certain.'),
};

type Declarations = Readonly<Record<string, PropertyDeclaration>>;
type ValuesOf<Properties extends Declarations> = {
  readonly [Name in keyof Properties]?: PropertyValues[Properties[Name]['type']] | undefined;
};

/** Read from the id where it is an ARN; given where it is not, or names no account. */
interface CommonValues {
  readonly account?: string;
  readonly region?: string;
  /** The documents of its policy kinds, as `policyProperty` names them. */
  readonly document?: string | undefined;
  readonly trustPolicy?: string | undefined;
  readonly resourcePolicy?: string | undefined;
}

export interface NodeOptions {
  readonly aliases?: readonly string[];
  /** Actions that could not be read of this node. */
  readonly unread?: readonly string[];
  readonly unreadPolicies?: readonly PolicyKind[];
}

/** A node type that a reader fills: `node()` makes one, and knows its properties' names and types. */
export interface DeclaredNode<Properties extends Declarations> extends NodeType {
  readonly properties: Properties;
  node(id: string, values: ValuesOf<Properties> & CommonValues, options?: NodeOptions): GraphNode;
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
  const { roles = ['AwsResource'], edges = [], policies = [] } = type;
  const documents = Object.fromEntries(policies.map((kind) => [policyProperty(kind), declareDocument(kind)]));
  return {
    ...type,
    roles,
    edges,
    policies,
    properties: { ...type.properties, ...documents },
    node: (id, values, options) => toNode(id, [type.label, ...roles], values, options),
  };
}

/**
 * Makes a node; values that are `undefined` are left out, since absent is a missing key.
 * A resource's `arn`, `account` and `region` come from its id unless they are among the values.
 */
export function toNode(
  id: string,
  labels: readonly [string, ...string[]],
  values: Readonly<Record<string, PropertyValue | undefined>>,
  { aliases = [], unread = [], unreadPolicies = [] }: NodeOptions = {},
): GraphNode {
  const properties: Record<string, PropertyValue> = {};
  const all = labels.includes('AwsResource') ? { ...commonFrom(id), ...values } : values;
  for (const [name, value] of Object.entries(all)) if (value !== undefined) properties[name] = value;
  if (unread.length > 0) properties['unread'] = [...new Set(unread)].sort();
  if (unreadPolicies.length > 0) properties['unreadPolicies'] = [...new Set(unreadPolicies)].sort();
  return { id, labels, properties, ...(aliases.length > 0 && { aliases }) };
}

function commonFrom(id: string): Record<string, PropertyValue> {
  const arn = findArn(id);
  const account = accountOf(id);
  return {
    // `<ARN>#inline/<name>` names what is inside a resource: an id of ours, not an ARN.
    ...(arn && !id.includes('#') && { arn: id }),
    ...(account !== undefined && { account }),
    region: arn === undefined || arn.region === '' ? globalRegion : arn.region,
  };
}
