import type { ExternalAccessQuestion, ExternalRow } from '@ag/access';
import { expect, test } from 'vitest';
import { ask, asOf } from '../fixtures.ts';

const statement = { policy: 'arn:aws:s3:::site', kind: 'resource', index: 0 } as const;

function row(resource: string): ExternalRow {
  return {
    resource,
    service: 's3',
    account: '111122223333',
    from: { id: '*', label: 'Anyone', name: 'anyone' },
    kind: 'anyone',
    isPublic: true,
    actions: [{ action: 's3:GetObject', level: 'Read' }],
    decision: { outcome: 'allowed', grants: [{ by: 'statement', statement }] },
    warnings: ['look at it'],
  };
}

test('what is reached from outside comes by resource, a page at a time, with what grants it', async () => {
  const asked: ExternalAccessQuestion[] = [];
  const index = {
    externalAccess: (question: ExternalAccessQuestion) => {
      asked.push(question);
      return Promise.resolve({ rows: [row('arn:aws:s3:::a/*'), row('arn:aws:s3:::site/*')], asOf, gaps: [] });
    },
  };
  const fields = `totalCount asOf { id } gaps { action } pageInfo { hasNextPage endCursor }
    edges { node { resource resourceName service account from { id } kind isPublic actions { action level }
      decision { outcome ... on AllowedDecision { grants { text } } } sharing warnings } }`;

  const first = await ask(
    `{ externalAccess(service: "s3", trusted: ["999999999999"], certainty: allowed, first: 1) { ${fields} } }`,
    { index },
  );
  const cursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(first))?.[1] ?? '';
  const second = await ask(`{ externalAccess(first: 1, after: "${cursor}") { edges { node { resource } } } }`, {
    index,
  });

  expect(first).toEqual({
    data: {
      externalAccess: {
        totalCount: 2,
        asOf: { id: asOf.id },
        gaps: [],
        pageInfo: { hasNextPage: true, endCursor: cursor },
        edges: [
          {
            node: {
              resource: 'arn:aws:s3:::a/*',
              resourceName: '*',
              service: 's3',
              account: '111122223333',
              from: { id: '*' },
              kind: 'anyone',
              isPublic: true,
              actions: [{ action: 's3:GetObject', level: 'Read' }],
              decision: { outcome: 'allowed', grants: [{ text: 'site #0' }] },
              sharing: null,
              warnings: ['look at it'],
            },
          },
        ],
      },
    },
  });
  expect(second).toEqual({ data: { externalAccess: { edges: [{ node: { resource: 'arn:aws:s3:::site/*' } }] } } });
  expect(asked[0]).toEqual({
    service: 's3',
    account: undefined,
    level: undefined,
    certainty: 'allowed',
    trusted: ['999999999999'],
  });
});
