import { openGraph } from '@ag/graph';
import type { Gap, GraphEdge, GraphNode, GraphSource, Held, ScopeRecord } from '@ag/model';
import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { asOf } from '../fixtures.ts';
import { createContext } from '../context.ts';
import { createSchema } from '../create-schema.ts';

const schema = createSchema();
const settings = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
const graph = await openGraph(settings, { nodeTypes: [] });

const [mine, other] = ['111122223333', '444455556666'] as const;

function node(id: string, labels: GraphNode['labels'], properties: GraphNode['properties'] = {}): Held<GraphNode> {
  return { id, labels, properties, scopes: [] };
}

function edge(type: string, from: string, to: string, more: Partial<GraphEdge> = {}): Held<GraphEdge> {
  return { type, from, to, properties: {}, ...more, scopes: [] };
}

function bucket(name: string, account: string): Held<GraphNode> {
  return node(`arn:aws:s3:::${name}`, ['S3Bucket', 'AwsResource'], { name, account });
}

const gap: Gap = {
  place: { partition: 'aws', account: mine, region: 'global' },
  resource: 'S3Bucket',
  action: 's3:GetBucketPolicy',
  arn: 'arn:aws:s3:::b',
  reason: 'denied',
  message: 'no',
};

function scope(resource: string, account: string, state: ScopeRecord['state'], gaps: readonly Gap[] = []): ScopeRecord {
  const place = { partition: 'aws', account, region: 'global' };
  return { scope: { connection: 'default', place, resource }, state, readInRun: asOf.id, readAt: asOf.startedAt, gaps };
}

const nodes = [
  node(mine, ['AwsAccount'], { name: 'Production' }),
  node(other, ['AwsAccount'], { name: 'Audit' }),
  node('arn:aws:iam::111122223333:role/deploy', ['IamRole', 'AwsResource', 'Principal'], {
    name: 'deploy',
    account: mine,
  }),
  node('arn:aws:iam::444455556666:user/Ana', ['IamUser', 'AwsResource', 'Principal'], { name: 'Ana', account: other }),
  node('arn:aws:identitystore:::user/1', ['IdentityCenterUser', 'AwsResource', 'Person'], { userName: 'ana.b' }),
  bucket('a', mine),
  bucket('b', mine),
  bucket('c', other),
];
const edges = [
  ...['arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:iam::111122223333:role/deploy'].map((id) => edge('OWNS', mine, id)),
  ...['dev', 'ops'].map((key) =>
    edge('ASSIGNED', 'arn:aws:identitystore:::user/1', 'arn:aws:iam::111122223333:role/deploy', {
      key,
      properties: { permissionSet: key, account: mine },
    }),
  ),
];
const scopes = [
  scope('IamUser', mine, 'complete'),
  scope('S3Bucket', mine, 'partial', [gap]),
  scope('S3Bucket', other, 'complete'),
];

beforeAll(() => publish({ nodes, edges, scopes }));
afterAll(async () => {
  await publish({ nodes: [], edges: [], scopes: [] });
  await graph.close();
});

interface Content {
  readonly nodes: readonly Held<GraphNode>[];
  readonly edges: readonly Held<GraphEdge>[];
  readonly scopes: readonly ScopeRecord[];
}

async function publish(content: Content): Promise<void> {
  const byId = content.nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const byTail = content.edges.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const source: GraphSource = {
    run: async () => asOf,
    nodes: (label) => each(byId.filter(({ labels }) => label === undefined || labels.includes(label))),
    edges: (type) => each(byTail.filter((one) => type === undefined || one.type === type)),
    scopes: () => each(content.scopes),
    gaps: () => each(content.scopes.flatMap(({ gaps }) => gaps)),
  };
  const lease = await graph.lease('the test');
  await graph.publish(source, lease);
  await lease.release();
}

async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

async function ask(source: string): Promise<unknown> {
  const answer: unknown = JSON.parse(
    JSON.stringify(await graphql({ schema, source, contextValue: createContext(graph, undefined) })),
  );
  return answer;
}

function cursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}

test('lists are narrowed by kind, account and name, and count what is left', async () => {
  const answer = await ask(`{
    all: resources { totalCount asOf { id startedAt finishedAt } gaps { arn } }
    buckets: resources(label: S3Bucket, account: "${mine}") { totalCount edges { node { name } } }
    elsewhere: resources(label: S3Bucket, account: "${other}") { totalCount gaps { arn } }
    ana: principals(name: "ANA") { totalCount edges { node { __typename id } } }
    accounts(name: "prod") { totalCount edges { node { id name } } }
    nobody: principals(name: "nobody") { totalCount edges { node { id } } }
  }`);

  expect(answer).toEqual({
    data: {
      all: { totalCount: 6, asOf, gaps: [{ arn: 'arn:aws:s3:::b' }] },
      buckets: { totalCount: 2, edges: [{ node: { name: 'a' } }, { node: { name: 'b' } }] },
      elsewhere: { totalCount: 1, gaps: [] },
      ana: {
        totalCount: 2,
        edges: [
          { node: { __typename: 'IamUser', id: 'arn:aws:iam::444455556666:user/Ana' } },
          { node: { __typename: 'IdentityCenterUser', id: 'arn:aws:identitystore:::user/1' } },
        ],
      },
      accounts: { totalCount: 1, edges: [{ node: { id: mine, name: 'Production' } }] },
      nobody: { totalCount: 0, edges: [] },
    },
  });
});

test('pages of a list follow each other, and the last one says so', async () => {
  const page = (after: string) => `resources(label: S3Bucket, first: 2, after: ${after}) {
    totalCount pageInfo { hasNextPage hasPreviousPage } edges { node { name } }
  }`;

  const answer = await ask(`{ first: ${page('null')} second: ${page(`"${cursor('arn:aws:s3:::b')}"`)} }`);

  expect(answer).toEqual({
    data: {
      first: {
        totalCount: 3,
        pageInfo: { hasNextPage: true, hasPreviousPage: false },
        edges: [{ node: { name: 'a' } }, { node: { name: 'b' } }],
      },
      second: {
        totalCount: 3,
        pageInfo: { hasNextPage: false, hasPreviousPage: true },
        edges: [{ node: { name: 'c' } }],
      },
    },
  });
});

test('edges are paged too, and parallel ones are told apart by what they say', async () => {
  const role = 'arn:aws:iam::111122223333:role/deploy';
  const answer = await ask(`{
    account: node(id: "${mine}") { ... on AwsAccount {
      owns(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } }
      rest: owns(first: 2, after: "${cursor('arn:aws:s3:::a ')}") { totalCount edges { node { id } } }
    } }
    person: node(id: "arn:aws:identitystore:::user/1") { ... on IdentityCenterUser {
      assigned { totalCount edges { properties node { name } } }
    } }
  }`);

  expect(answer).toEqual({
    data: {
      account: {
        owns: {
          totalCount: 3,
          pageInfo: { hasNextPage: true, endCursor: cursor('arn:aws:s3:::a ') },
          edges: [{ node: { id: role } }, { node: { id: 'arn:aws:s3:::a' } }],
        },
        rest: { totalCount: 3, edges: [{ node: { id: 'arn:aws:s3:::b' } }] },
      },
      person: {
        assigned: {
          totalCount: 2,
          edges: ['dev', 'ops'].map((key) => ({
            properties: `{"permissionSet":"${key}","account":"${mine}"}`,
            node: { name: 'deploy' },
          })),
        },
      },
    },
  });
});

test('the collection counts its scopes, and finds those that are not whole', async () => {
  const answer = await ask(`{ collection {
    asOf { id } loading states { state count } gaps { action account } none: gaps(account: "${other}") { action }
    scopes(states: [partial]) { totalCount edges { node { account resource state readInRun gaps { arn } } } }
  } }`);

  expect(answer).toEqual({
    data: {
      collection: {
        asOf: { id: asOf.id },
        loading: false,
        states: [
          { state: 'complete', count: 2 },
          { state: 'partial', count: 1 },
        ],
        gaps: [{ action: 's3:GetBucketPolicy', account: mine }],
        none: [],
        scopes: {
          totalCount: 1,
          edges: [
            {
              node: {
                account: mine,
                resource: 'S3Bucket',
                state: 'partial',
                readInRun: asOf.id,
                gaps: [{ arn: 'arn:aws:s3:::b' }],
              },
            },
          ],
        },
      },
    },
  });
});
