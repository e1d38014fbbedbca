import type { AccessIndex, AccessRow } from '@ag/access';
import type { Graph } from '@ag/graph';
import { UserError, exitCode } from '@ag/model';
import { graphql, isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { type GraphqlContext, createSchema, nodeLoader } from './index.ts';

const schema = createSchema();
const asOf = { id: 'run-1', startedAt: '2026-11-24T08:00:00.000Z', finishedAt: '2026-11-24T08:01:00.000Z' };

function row(name: string, outcome: 'allowed' | 'unknown'): AccessRow {
  return {
    principal: { id: `arn:aws:iam::111122223333:user/${name}`, label: 'IamUser', name, account: '111122223333' },
    decision:
      outcome === 'allowed'
        ? { outcome, grants: [{ by: 'statement', statement: { policy: 'p', kind: 'identity', index: 2, sid: 'S' } }] }
        : { outcome, because: [{ layer: 'resource', reason: 'not read' }] },
    path: [],
  };
}

function fakeIndex(more: Partial<AccessIndex> = {}): AccessIndex {
  const missing = () => {
    throw new Error('not asked in this test');
  };
  return {
    run: asOf,
    whoCan: missing,
    whatCan: missing,
    explain: missing,
    canAssume: () => [],
    suggest: () => [],
    nameOf: (id) => `name of ${id}`,
    ...more,
  };
}

function fakeGraph(read: (query: string, parameters: Readonly<Record<string, unknown>>) => readonly unknown[]): Graph {
  const missing = () => {
    throw new Error('not asked in this test');
  };
  return {
    // The rows are as untyped as the driver's.
    read: (query, parameters = {}) => Promise.resolve(JSON.parse(JSON.stringify(read(query, parameters)))),
    source: missing,
    migrate: missing,
    lease: missing,
    publish: missing,
    current: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}

async function ask(source: string, index: AccessIndex, graph: Graph = fakeGraph(() => [])): Promise<unknown> {
  const contextValue: GraphqlContext = { index: () => index, graph, nodes: nodeLoader(graph) };
  // To plain objects: GraphQL's have no prototype.
  return JSON.parse(JSON.stringify(await graphql({ schema, source, contextValue })));
}

test('every type, field, argument and value is described', () => {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name)) continue;
    if (!type.description) silent.push(type.name);
    if (isEnumType(type))
      for (const value of type.getValues()) if (!value.description) silent.push(`${type.name}.${value.name}`);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    const fields = isInputObjectType(type) ? [] : Object.values(type.getFields());
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    for (const field of [...fields, ...inputs]) if (!field.description) silent.push(`${type.name}.${field.name}`);
    for (const { name, args } of fields) {
      // How many of an edge's heads: the same everywhere.
      for (const arg of args)
        if (!arg.description && arg.name !== 'first') silent.push(`${type.name}.${name}(${arg.name})`);
    }
  }

  expect(silent).toEqual([]);
});

test('who-can is paged by principal, with an exact count and the decision in words', async () => {
  const asked: unknown[] = [];
  const index = fakeIndex({
    whoCan: (question) => {
      asked.push(question);
      const rows = [row('ana', 'allowed'), row('ben', 'unknown'), row('eva', 'allowed')];
      return { action: question.action, resource: question.resource, rows, asOf, gaps: [] };
    },
  });
  const question = (page: string) => `{ whoCan(action: "s3:GetObject", resource: "arn:aws:s3:::b/k", ${page}) {
    totalCount asOf { id } pageInfo { hasNextPage endCursor }
    edges { node { principal { name } decision { outcome text allowedBy { policyName index sid } } } }
  } }`;
  const cursor = Buffer.from('arn:aws:iam::111122223333:user/ben').toString('base64url');

  const first = await ask(question('first: 2, context: [{ key: "aws:SourceIp", values: ["192.0.2.1"] }]'), index);
  const second = await ask(question(`first: 2, through: DIRECT, after: "${cursor}"`), index);

  expect(first).toEqual({
    data: {
      whoCan: {
        totalCount: 3,
        asOf: { id: 'run-1' },
        pageInfo: { hasNextPage: true, endCursor: cursor },
        edges: [
          {
            node: {
              principal: { name: 'ana' },
              decision: {
                outcome: 'allowed',
                text: 'allowed in every context',
                allowedBy: [{ policyName: 'name of p', index: 2, sid: 'S' }],
              },
            },
          },
          { node: { principal: { name: 'ben' }, decision: { outcome: 'unknown', text: 'not read', allowedBy: [] } } },
        ],
      },
    },
  });
  expect(second).toMatchObject({
    data: { whoCan: { pageInfo: { hasNextPage: false }, edges: [{ node: { principal: { name: 'eva' } } }] } },
  });
  expect(asked).toEqual([
    {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      through: 'anyPath',
      context: { 'aws:SourceIp': '192.0.2.1' },
    },
    { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', through: 'direct', context: undefined },
  ]);
});

test('what a caller can mend reaches them with a code', async () => {
  const index = fakeIndex({
    whatCan: () => {
      throw new UserError('unknown principal `eva`; the nearest known: `ava`', exitCode.usage);
    },
  });

  expect(await ask('{ whatCan(principal: "eva") { principal { id } } }', index)).toMatchObject({
    errors: [{ message: 'unknown principal `eva`; the nearest known: `ava`', extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('a page beyond the limit is refused', async () => {
  expect(await ask('{ resources(first: 501) { totalCount } }', fakeIndex())).toMatchObject({
    errors: [{ message: '`first` must be a number from 0 to 500', extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('edges of a whole list are read in one statement', async () => {
  const queries: string[] = [];
  const graph = fakeGraph((query, { ids }) => {
    queries.push(query);
    if (Array.isArray(ids))
      return ids.map((tail) => ({ tail, id: `${tail}-group`, label: 'IamGroup', properties: {} }));
    return ['a', 'b', 'c'].map((id) => ({ id, label: 'IamUser', properties: { name: id }, total: 3 }));
  });

  const answer = await ask(
    '{ principals { totalCount edges { node { name ... on IamUser { memberOf(first: 3) { id label } } } } } }',
    fakeIndex(),
    graph,
  );

  expect(answer).toEqual({
    data: {
      principals: {
        totalCount: 3,
        edges: ['a', 'b', 'c'].map((id) => ({
          node: { name: id, memberOf: [{ id: `${id}-group`, label: 'IamGroup' }] },
        })),
      },
    },
  });
  expect(queries).toHaveLength(2);
});
