import type { Gap } from '@ag/model';
import { expect, test } from 'vitest';
import { ask, asOf } from '../fixtures.ts';
import { countPrincipals, listPrincipals, listResources, nodesById } from './inventory.queries.ts';
import { scopesWithGaps } from '../collection/collection.queries.ts';

const gap: Gap = {
  place: { partition: 'aws', account: '111122223333', region: 'global' },
  resource: 'IamUser',
  action: 'iam:GetAccountAuthorizationDetails',
  reason: 'throttled',
  message: 'rate exceeded',
};

test('a list is a page of what was read, with its number, its run and its gaps', async () => {
  const asked: unknown[] = [];
  const read = (query: string, parameters: object) => {
    asked.push([query, parameters]);
    if (query === listPrincipals) {
      const nodes = ['a', 'b', 'c'].map((id) => ({ id, label: 'IamUser', name: `user ${id}`, path: '/' }));
      return [{ asOf, nodes }];
    }
    if (query === countPrincipals) return [{ total: 17 }];
    return [{ properties: { id: 's', state: 'throttled', gaps: [JSON.stringify(gap)] } }];
  };

  const answer = await ask(
    `{ principals(label: IamUser, account: "111122223333", name: "use", first: 2) {
      totalCount asOf { id } gaps { action reason } pageInfo { hasNextPage endCursor }
      edges { node { __typename id name ... on IamUser { path } } }
    } }`,
    { read },
  );

  const filter = { label: 'IamUser', account: '111122223333', name: 'use' };
  expect(answer).toEqual({
    data: {
      principals: {
        totalCount: 17,
        asOf: { id: asOf.id },
        gaps: [{ action: 'iam:GetAccountAuthorizationDetails', reason: 'throttled' }],
        pageInfo: { hasNextPage: true, endCursor: Buffer.from('b').toString('base64url') },
        edges: ['a', 'b'].map((id) => ({ node: { __typename: 'IamUser', id, name: `user ${id}`, path: '/' } })),
      },
    },
  });
  expect(asked).toEqual([
    [listPrincipals, { ...filter, after: '', limit: 3 }],
    [countPrincipals, filter],
    [scopesWithGaps, { account: '111122223333', labels: ['IamUser'] }],
  ]);
});

test('nothing is counted that nobody asks for', async () => {
  const asked: string[] = [];
  const read = (query: string) => {
    asked.push(query);
    return [{ asOf, nodes: [] }];
  };

  await ask('{ resources { edges { node { id } } } }', { read });

  expect(asked).toEqual([listResources]);
});

test('one resource comes by its id, as its kind; a kind that is not known here is uncollected', async () => {
  const read = (query: string, { ids }: Readonly<Record<string, unknown>>) => {
    expect([query, ids]).toEqual([nodesById, ['arn:aws:s3:::b', 'new', 'gone']]);
    return [
      { node: { id: 'arn:aws:s3:::b', label: 'S3Bucket', name: 'b', blocksPublicAcls: true } },
      { node: { id: 'new', label: 'BrandNew' } },
    ];
  };

  const answer = await ask(
    `{ bucket: node(id: "arn:aws:s3:::b") { __typename name ... on S3Bucket { blocksPublicAcls } }
       new: node(id: "new") { __typename label } gone: node(id: "gone") { id } }`,
    { read },
  );

  expect(answer).toEqual({
    data: {
      bucket: { __typename: 'S3Bucket', name: 'b', blocksPublicAcls: true },
      new: { __typename: 'Uncollected', label: 'BrandNew' },
      gone: null,
    },
  });
});

test.each([
  ['resources(first: 501)', '`first` must be a number from 0 to 500'],
  ['resources(first: -1)', '`first` must be a number from 0 to 500'],
  ['resources(after: "%%%")', '`after` must be a cursor that an earlier page gave'],
  ['principals(account: "12")', '`12` is not an account: its id has twelve digits'],
])('%s is refused', async (field, message) => {
  expect(await ask(`{ ${field} { totalCount } }`)).toMatchObject({
    errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('a kind that does not exist is refused with the nearest', async () => {
  expect(await ask('{ resources(label: S3Buckt) { totalCount } }')).toMatchObject({
    errors: [{ message: expect.stringContaining('Did you mean the enum value "S3Bucket"') }],
  });
});

test('before the first run a list says what to do', async () => {
  expect(await ask('{ accounts { totalCount } }', { read: () => [] })).toMatchObject({
    errors: [
      {
        message: 'nothing has been collected yet: run `accessgraph collect` first',
        extensions: { code: 'NOTHING_COLLECTED' },
      },
    ],
  });
});
