import type { Place, PolicyKind } from '@ag/model';
import type { Action, ClientClass, ListContext, ResourceDefinition, TrailEvent } from './definition.ts';
import { declareDocument, policyProperty } from './node-type.ts';
import type { Property } from './properties.ts';

interface About<Client> {
  readonly description: string;
  readonly docs: string;
  readonly scope: 'global' | 'regional';
  readonly client: ClientClass<Client>;
}

type Ids = string | readonly string[] | undefined;
// A detail that was not found or not readable is `undefined`.
type Seen<Item, Details> = { readonly item: Item; readonly place: Place } & {
  readonly [Name in keyof Details]: Details[Name] | undefined;
};
type NewName<Name extends string, Taken> = Name extends keyof Taken | 'item' | 'place' ? never : Name;

interface NeedsList<Client> {
  /** How to list it: the IAM action, and the items. */
  list<Item>(action: Action, read: (context: ListContext<Client>) => AsyncIterable<Item>): Listed<Client, Item>;
}

interface Listed<Client, Item> extends NeedsNode<Client, Item, Record<never, never>> {
  /** Lists what is within each of the items; that is listed from then on. Where one fails, the others are kept, as `partial`. */
  within<Child>(
    action: Action,
    read: (context: ListContext<Client>, parent: Item) => AsyncIterable<Child>,
  ): Listed<Client, Child>;
}

interface NeedsNode<Client, Item, Details> {
  /** What one more call per item adds. Not found is `undefined`; denied becomes a gap. */
  detail<Name extends string, Detail>(
    name: NewName<Name, Details>,
    action: Action,
    read: (context: ListContext<Client>, item: Item) => Promise<Detail>,
  ): NeedsNode<Client, Item, Details & Record<Name, Detail>>;
  /** Its id (the ARN) and what we keep. */
  node<const Properties extends Readonly<Record<string, Property<Seen<Item, Details>>>>>(
    id: (seen: Seen<Item, Details>) => string,
    properties: Properties,
  ): Defined<Seen<Item, Details>>;
}

/** A finished definition; each step returns a new one. */
export interface Defined<Known> extends ResourceDefinition {
  /** How it connects: the ids that the edge leads to. The sentence is read from tail to head. */
  edge(type: string, target: string, sentence: string, read: (seen: Known) => Ids): Defined<Known>;
  /** What it grants: the policy document as JSON text. */
  policy(kind: PolicyKind, read: (seen: Known) => string | undefined): Defined<Known>;
  /** Other names that edges may call it by. */
  alias(read: (seen: Known) => Ids): Defined<Known>;
  /** How CloudTrail names it. */
  trail(source: string, find: (event: TrailEvent) => string | undefined): Defined<Known>;
}

/**
 * Describes one kind of AWS resource, in the order the data flows: list, details, node, edges, policy, trail.
 * A builder, so that each step's types are fixed for the next: a detail never fetched or a misspelt field does not compile.
 */
export function defineResource<Client>(label: string, about: About<Client>): NeedsList<Client> {
  return {
    list: (action, read) => listed({ label, ...about, list: { action, read }, within: [], details: [] }),
  };
}

/** What is known of a definition before it has a node. */
type Begun<Client> = About<Client> & Pick<ResourceDefinition, 'label' | 'list' | 'within' | 'details'>;

function listed<Client, Item>(begun: Begun<Client>): Listed<Client, Item> {
  return {
    ...needsNode(begun),
    within: (action, read) => listed({ ...begun, within: [...begun.within, { action, read }] }),
  };
}

function needsNode<Client, Item, Details>(begun: Begun<Client>): NeedsNode<Client, Item, Details> {
  return {
    detail: (name, action, read) => needsNode({ ...begun, details: [...begun.details, { name, action, read }] }),
    node: (id, properties) =>
      defined({
        ...begun,
        id,
        properties,
        roles: ['AwsResource'],
        edges: [],
        edgeReads: [],
        policies: [],
        policyReads: [],
        aliasReads: [],
        trails: [],
      }),
  };
}

function defined<Known>(definition: ResourceDefinition): Defined<Known> {
  return {
    ...definition,
    edge: (type, target, sentence, read) =>
      defined({
        ...definition,
        edges: [...definition.edges, { type, target, sentence }],
        edgeReads: [...definition.edgeReads, { type, read }],
      }),
    policy: (kind, read) =>
      defined({
        ...definition,
        properties: { ...definition.properties, [policyProperty(kind)]: document(kind) },
        policies: [...definition.policies, kind],
        policyReads: [...definition.policyReads, { kind, read }],
      }),
    alias: (read) => defined({ ...definition, aliasReads: [...definition.aliasReads, { read }] }),
    trail: (source, find) => defined({ ...definition, trails: [...definition.trails, { source, find }] }),
  };
}

// Filled from `policyReads`, so that a document that is not valid JSON becomes a gap.
function document(kind: PolicyKind): Property<never> {
  return { ...declareDocument(kind), read: () => undefined };
}
