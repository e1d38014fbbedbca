import {
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

test('every type, field, argument and value is described', () => {
  const silent: string[] = [];
  for (const type of types) {
    const members = isEnumType(type)
      ? type.getValues()
      : isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.values(type.getFields())
        : [];
    if (!type.description) silent.push(type.name);
    for (const member of members) {
      if (!member.description) silent.push(`${type.name}.${member.name}`);
      for (const argument of 'args' in member ? member.args : []) {
        if (!argument.description) silent.push(`${type.name}.${member.name}(${argument.name})`);
      }
    }
  }

  expect(silent).toEqual([]);
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
