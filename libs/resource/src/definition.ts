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

/** A resource described once, with the types of its steps erased. `defineResource` makes it. */
export interface ResourceDefinition extends NodeType {
  readonly scope: 'global' | 'regional';
  readonly client: ClientClass<unknown>;
  readonly list: {
    readonly action: Action;
    readonly read: (context: ListContext<never>) => AsyncIterable<unknown>;
  };
  readonly details: readonly {
    readonly name: string;
    readonly action: Action;
    readonly read: (context: ListContext<never>, item: never) => Promise<unknown>;
  }[];
  readonly id: (seen: never) => string;
  readonly properties: Readonly<Record<string, Property<never>>>;
  readonly edgeReads: readonly {
    readonly type: string;
    readonly read: (seen: never) => string | readonly string[] | undefined;
  }[];
  readonly policyReads: readonly { readonly kind: PolicyKind; readonly read: (seen: never) => string | undefined }[];
  readonly aliasReads: readonly ((seen: never) => string | readonly string[] | undefined)[];
  /** How CloudTrail names it: the event source, and the resource's id from an event. */
  readonly trails: readonly { readonly source: string; readonly find: (event: TrailEvent) => string | undefined }[];
}

/** Every action a definition issues. */
export function actionsOf(definition: ResourceDefinition): readonly Action[] {
  return [definition.list.action, ...definition.details.map((detail) => detail.action)];
}
