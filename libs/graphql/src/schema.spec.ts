import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from './index.ts';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isScalarType(type));

/** Something of the schema, by the name that a failing test would show. */
interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** A type, its fields or values, and their arguments. */
function describedOf(type: GraphQLNamedType): readonly Described[] {
  const inside = (members: readonly Described[], of: string) =>
    members.map(({ name, description }) => ({ name: `${of}.${name}`, description }));
  if (isEnumType(type)) return [type, ...inside(type.getValues(), type.name)];
  if (isInputObjectType(type)) return [type, ...inside(Object.values(type.getFields()), type.name)];
  if (!isObjectType(type) && !isInterfaceType(type)) return [type];
  const fields = Object.values(type.getFields());
  const args = fields.flatMap((field) => inside(field.args, `${type.name}.${field.name}`));
  return [type, ...inside(fields, type.name), ...args];
}

test('every type, field, argument and value is described', () => {
  const silent = types.flatMap(describedOf).filter(({ description }) => !description);

  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('every answer says as of when it is, and what could not be read', () => {
  const silent = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name, type }) => {
    const answer = schema.getType(String(type).replaceAll(/[![\]]/g, ''));
    const fields = isObjectType(answer) ? Object.keys(answer.getFields()) : [];
    return name !== 'node' && !(fields.includes('asOf') && fields.includes('gaps'));
  });

  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('every list that grows is a connection', () => {
  const incomplete = types
    .filter((type) => isObjectType(type))
    .filter(({ name }) => name.endsWith('Connection'))
    .filter((type) => !['edges', 'pageInfo', 'totalCount'].every((field) => field in type.getFields()));

  expect(incomplete.map(({ name }) => name)).toEqual([]);
});
