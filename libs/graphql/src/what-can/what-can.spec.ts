import type { WhatCanQuestion, WhatCanRow } from '@ag/access';
import { expect, test } from 'vitest';
import { ask, asOf, user } from '../fixtures.ts';

function row(resource: string, action: string): WhatCanRow {
  const actions = [{ action, level: 'Read', outcome: 'conditional', when: 'aws:SourceIp is there' }] as const;
  return { resource, service: 's3', actions, as: user('ana'), path: [] };
}

test('what a principal can do comes by resource, a page at a time', async () => {
  const asked: WhatCanQuestion[] = [];
  const index = {
    whatCan: async (question: WhatCanQuestion) => {
      asked.push(question);
      const rows = [row('arn:aws:s3:::a', 's3:ListBucket'), row('arn:aws:s3:::a/*', 's3:GetObject')];
      return { principal: user('ana'), rows, asOf, gaps: [] };
    },
  };

  const answer = await ask(
    `{ whatCan(principal: "ana", action: "s3:*", resource: "arn:aws:s3:::a*", first: 1) {
      principal { name } asOf { id } gaps { action } totalCount pageInfo { hasNextPage }
      edges { node { resource service as { name } path { edge } actions { action level outcome when } } }
    } }`,
    { index },
  );

  expect(answer).toEqual({
    data: {
      whatCan: {
        principal: { name: 'ana' },
        asOf: { id: asOf.id },
        gaps: [],
        totalCount: 2,
        pageInfo: { hasNextPage: true },
        edges: [
          {
            node: {
              resource: 'arn:aws:s3:::a',
              service: 's3',
              as: { name: 'ana' },
              path: [],
              actions: [
                { action: 's3:ListBucket', level: 'Read', outcome: 'conditional', when: 'aws:SourceIp is there' },
              ],
            },
          },
        ],
      },
    },
  });
  expect(asked).toEqual([{ principal: 'ana', action: 's3:*', resource: 'arn:aws:s3:::a*', context: undefined }]);
});

test('rows that differ in their way alone all come, however small the page', async () => {
  const index = {
    whatCan: async () => ({
      principal: user('ana'),
      rows: [row('a', 's3:A'), row('a', 's3:B'), row('a', 's3:C')],
      asOf,
      gaps: [],
    }),
  };
  const seen: unknown[] = [];

  let after: unknown = null;
  for (let page = 0; page < 3; page += 1) {
    const answer = await ask(
      `{ whatCan(principal: "ana", first: 1, after: ${JSON.stringify(after)}) {
        pageInfo { endCursor } edges { node { actions { action } } }
      } }`,
      { index },
    );
    seen.push(JSON.stringify(answer).match(/s3:./g));
    after = /"endCursor":"([^"]+)"/.exec(JSON.stringify(answer))?.[1];
  }

  expect(seen).toEqual([['s3:A'], ['s3:B'], ['s3:C']]);
});
