/** One member of a structure in the SDK's schemas. */
export interface Member {
  readonly name: string;
  readonly schema: unknown;
  readonly traits: Readonly<Record<string, unknown>>;
}

// An SDK schema is a tuple: [3, namespace, name, traits, member names, member schemas …] for a structure, [1, …] for a list, a
// number with bit 64 for a list of something simple, and [schema, traits] for a member with traits of its own.
const structureKind = 3;
const listKind = 1;
const simpleListBit = 64;

/** The members of a structure; none of anything else. */
export function membersOf(schema: unknown): readonly Member[] {
  const tuple = resolve(schema);
  if (!Array.isArray(tuple) || tuple[0] !== structureKind) return [];
  const names: unknown = tuple[4];
  const schemas: unknown = tuple[5];
  if (!Array.isArray(names) || !Array.isArray(schemas)) return [];
  return names.map((name, index): Member => {
    const own: unknown = schemas[index];
    const [of, traits]: readonly unknown[] = isWithTraits(own) ? own : [own, undefined];
    return { name: String(name), schema: of, traits: isRecord(traits) ? traits : {} };
  });
}

export function isList({ schema }: Member): boolean {
  const of = resolve(schema);
  if (typeof of === 'number') return of >= simpleListBit && of < 2 * simpleListBit;
  return Array.isArray(of) && of[0] === listKind;
}

/** The element or key that holds a member in an answer. */
export function wireName({ name, traits }: Member, protocol: 'ec2' | 'json' | 'xml'): string {
  if (protocol === 'json') return textOf(traits['jsonName']) ?? name;
  const xmlName = textOf(traits['xmlName']);
  return xmlName ?? name;
}

export function isFlattened({ traits }: Member): boolean {
  return 'xmlFlattened' in traits;
}

function isWithTraits(member: unknown): member is readonly unknown[] {
  return Array.isArray(member) && member.length === 2;
}

export function resolve(schema: unknown): unknown {
  return isLate(schema) ? schema() : schema;
}

function isLate(schema: unknown): schema is () => unknown {
  return typeof schema === 'function';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
