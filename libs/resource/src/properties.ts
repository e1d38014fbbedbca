import type { PropertyValue } from '@ag/model';

/** What each property type is in TypeScript. `date` is an ISO 8601 string, `json` a JSON text. */
export interface PropertyValues {
  string: string;
  number: number;
  boolean: boolean;
  strings: readonly string[];
  date: string;
  json: string;
}
export type PropertyType = keyof PropertyValues;

/** A property as the registry, the SDL and the documentation see it. */
export interface PropertyDeclaration<Type extends PropertyType = PropertyType> {
  readonly type: Type;
  readonly description: string;
  /** Whether people search by it: it gets an index in Neo4j. */
  readonly indexed: boolean;
}

/** A property and how it is read from what was seen of a resource. */
export interface Property<Seen> extends PropertyDeclaration {
  /** A method, so that it may be called with values whose type is erased: see `ResourceDefinition`. */
  read(seen: Seen): PropertyValue | undefined;
}

export interface PropertyOptions {
  readonly indexed?: boolean;
}

/** Declares a property that a reader fills by hand. */
export function declare<Type extends PropertyType>(
  type: Type,
  description: string,
  { indexed = false }: PropertyOptions = {},
): PropertyDeclaration<Type> {
  return { type, description, indexed };
}

type Read<Seen, Value> = (seen: Seen) => Value | undefined;

export function string<Seen>(description: string, read: Read<Seen, string>, options?: PropertyOptions): Property<Seen> {
  return { ...declare('string', description, options), read };
}

export function number<Seen>(description: string, read: Read<Seen, number>, options?: PropertyOptions): Property<Seen> {
  return { ...declare('number', description, options), read };
}

export function boolean<Seen>(
  description: string,
  read: Read<Seen, boolean>,
  options?: PropertyOptions,
): Property<Seen> {
  return { ...declare('boolean', description, options), read };
}

export function strings<Seen>(
  description: string,
  read: Read<Seen, readonly string[]>,
  options?: PropertyOptions,
): Property<Seen> {
  return { ...declare('strings', description, options), read };
}

export function date<Seen>(description: string, read: Read<Seen, Date>, options?: PropertyOptions): Property<Seen> {
  return { ...declare('date', description, options), read: (seen) => read(seen)?.toISOString() };
}

export function json<Seen>(description: string, read: Read<Seen, unknown>): Property<Seen> {
  return {
    ...declare('json', description),
    read: (seen) => {
      const value = read(seen);
      return value === undefined ? undefined : JSON.stringify(value);
    },
  };
}
