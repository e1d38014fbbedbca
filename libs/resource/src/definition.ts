import type { Place, PolicyKind } from '@ag/model';
import type { NodeType } from './node-type.ts';
import type { Property } from './properties.ts';

/** `service:Action`, as IAM spells it. */
export type Action = `${string}:${string}`;

/** An AWS SDK client's class. */
// The SDK's constructors take a config type of their own each; only `new` with our settings matters here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ClientClass<Client> = new (configuration: any) => Client;

export interface ListContext<Client> {
  readonly client: Client;
  readonly place: Place;
}

/** What CloudTrail tells of an event, as far as a definition needs it to find the resource. */
export interface TrailEvent {
  readonly resources: readonly { readonly arn?: string; readonly type?: string }[];
  readonly requestParameters: Readonly<Record<string, unknown>>;
}

/**
 * A resource described once, with the types of its steps erased. `defineResource` makes it.
 *
 * Its functions are methods, not properties, because the compiler compares a method's parameters in both directions:
 * so a definition of known types is assignable here, and can still be called with values that are only `unknown`.
 */
export interface ResourceDefinition extends NodeType {
  readonly scope: 'global' | 'regional';
  readonly client: ClientClass<unknown>;
  readonly list: ListStep;
  /** Each lists what is within what came before it; the last one's items are the resource's. */
  readonly within: readonly WithinStep[];
  readonly details: readonly DetailStep[];
  /** Its id, the ARN, from what was seen. */
  id(seen: unknown): string;
  readonly properties: Readonly<Record<string, Property<unknown>>>;
  readonly edgeReads: readonly EdgeRead[];
  readonly policyReads: readonly PolicyRead[];
  readonly aliasReads: readonly AliasRead[];
  /** How CloudTrail names it: the event source, and the resource's id from an event. */
  readonly trails: readonly { readonly source: string; readonly find: (event: TrailEvent) => string | undefined }[];
}

export interface ListStep {
  readonly action: Action;
  read(context: ListContext<unknown>): AsyncIterable<unknown>;
}

export interface WithinStep {
  readonly action: Action;
  read(context: ListContext<unknown>, parent: unknown): AsyncIterable<unknown>;
}

export interface DetailStep {
  readonly name: string;
  readonly action: Action;
  read(context: ListContext<unknown>, item: unknown): Promise<unknown>;
}

export interface EdgeRead {
  readonly type: string;
  read(seen: unknown): string | readonly string[] | undefined;
}

export interface PolicyRead {
  readonly kind: PolicyKind;
  read(seen: unknown): string | undefined;
}

export interface AliasRead {
  read(seen: unknown): string | readonly string[] | undefined;
}

/** Every action a definition issues. */
export function actionsOf(definition: Pick<ResourceDefinition, 'list' | 'within' | 'details'>): readonly Action[] {
  return [definition.list, ...definition.within, ...definition.details].map(({ action }) => action);
}
