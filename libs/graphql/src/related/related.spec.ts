import { expect, test } from 'vitest';
import { ask, asOf } from '../fixtures.ts';
import { listPrincipals } from '../inventory/inventory.queries.ts';
import { relatedOf } from './related.queries.ts';

test('the edges of a whole list are read in one statement for each kind of edge', async () => {
  const asked: unknown[] = [];
  const read = (query: string, parameters: Readonly<Record<string, unknown>>) => {
    if (query === listPrincipals) return [{ asOf, nodes: ['a', 'b'].map((id) => ({ id, label: 'IamUser' })) }];
    asked.push([query, parameters]);
    const head = { id: 'admins', label: 'IamGroup', name: 'admins' };
    return [{ tail: 'a', total: 5, edges: [{ place: 'admins ', edge: { key: '', scopes: [], via: 'x' }, head }] }];
  };

  const answer = await ask(
    `{ principals { edges { node { id ... on IamUser {
      memberOf(first: 1) { totalCount pageInfo { hasNextPage } edges { cursor properties node { name } } }
      hasPolicy(first: 2) { totalCount }
    } } } } }`,
    { read },
  );

  const groups = {
    totalCount: 5,
    pageInfo: { hasNextPage: false },
    edges: [
      { cursor: Buffer.from('admins ').toString('base64url'), properties: '{"via":"x"}', node: { name: 'admins' } },
    ],
  };
  const none = { totalCount: 0, pageInfo: { hasNextPage: false }, edges: [] };
  expect(answer).toEqual({
    data: {
      principals: {
        edges: [
          { node: { id: 'a', memberOf: groups, hasPolicy: { totalCount: 5 } } },
          { node: { id: 'b', memberOf: none, hasPolicy: { totalCount: 0 } } },
        ],
      },
    },
  });
  expect(asked).toEqual([
    [relatedOf, { ids: ['a', 'b'], type: 'MEMBER_OF', after: '', limit: 2 }],
    [relatedOf, { ids: ['a', 'b'], type: 'HAS_POLICY', after: '', limit: 3 }],
  ]);
});
