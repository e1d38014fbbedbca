import type { WhoCanQuestion } from '@ag/access';
import type { Gap } from '@ag/model';
import { expect, test } from 'vitest';
import { accessRow, ask, asOf, user } from '../fixtures.ts';

const statement = {
  policy: 'arn:aws:iam::111122223333:policy/reports',
  kind: 'identity',
  index: 2,
  sid: 'Read',
} as const;
const gap: Gap = {
  place: { partition: 'aws', account: '111122223333', region: 'global' },
  resource: 'S3Bucket',
  action: 's3:GetBucketPolicy',
  reason: 'denied',
  message: 'access denied',
};

/** An index that answers with these rows, and keeps what it was asked. */
function answering(rows: readonly ReturnType<typeof accessRow>[]) {
  const asked: WhoCanQuestion[] = [];
  return {
    asked,
    whoCan: async (question: WhoCanQuestion) => {
      asked.push(question);
      return { action: question.action, resource: question.resource, rows, asOf, gaps: [gap] };
    },
  };
}

function whoCan(page: string, fields: string): string {
  return `{ whoCan(action: "s3:GetObject", resource: "arn:aws:s3:::b/k"${page}) { ${fields} } }`;
}

test('every outcome comes with what makes it so', async () => {
  const index = answering([
    accessRow('ana', { outcome: 'allowed', grants: [{ by: 'statement', statement }] }),
    accessRow('ben', {
      outcome: 'conditional',
      when: { is: 'present', key: 'aws:SourceIp' },
      text: 'aws:SourceIp is there',
      checked: true,
      grants: [{ by: 'rootUser' }, { by: 'acl', grantee: 'AllUsers' }, { by: 'kmsGrant', grantee: 'role/x' }],
    }),
    accessRow('eva', {
      outcome: 'unknown',
      because: [{ layer: 'resource', id: 'arn:aws:s3:::b', action: 's3:GetBucketPolicy', reason: 'not read' }],
    }),
  ]);
  const decision = `outcome text
    ... on AllowedDecision { grants { text ... on StatementGrant { statement { policy policyName kind index sid } } } }
    ... on ConditionalDecision { condition checked grants { __typename text } }
    ... on UnknownDecision { because { layer id action reason } }`;

  const answer = await ask(
    whoCan(
      '',
      `asOf { id startedAt finishedAt } gaps { action account region resource reason message arn } totalCount
       edges { node { principal { id label name account } decision { ${decision} } path { sentence } } }`,
    ),
    { index },
  );

  expect(answer).toEqual({
    data: {
      whoCan: {
        asOf,
        gaps: [
          {
            action: 's3:GetBucketPolicy',
            account: '111122223333',
            region: 'global',
            resource: 'S3Bucket',
            reason: 'denied',
            message: 'access denied',
            arn: null,
          },
        ],
        totalCount: 3,
        edges: [
          {
            node: {
              principal: user('ana'),
              decision: {
                outcome: 'allowed',
                text: 'allowed in every context',
                grants: [{ text: 'reports #2 (Read)', statement: { ...statement, policyName: 'reports' } }],
              },
              path: [],
            },
          },
          {
            node: {
              principal: user('ben'),
              decision: {
                outcome: 'conditional',
                text: 'aws:SourceIp is there',
                condition: '{"is":"present","key":"aws:SourceIp"}',
                checked: true,
                grants: [
                  { __typename: 'RootUserGrant', text: 'the root user’s own power over its account' },
                  { __typename: 'AclGrant', text: 'the access control list, for AllUsers' },
                  { __typename: 'KmsKeyGrant', text: 'a grant of the key to x' },
                ],
              },
              path: [],
            },
          },
          {
            node: {
              principal: user('eva'),
              decision: {
                outcome: 'unknown',
                text: 'not read',
                because: [
                  { layer: 'resource', id: 'arn:aws:s3:::b', action: 's3:GetBucketPolicy', reason: 'not read' },
                ],
              },
              path: [],
            },
          },
        ],
      },
    },
  });
});

test('pages follow each other without a gap, and count the whole', async () => {
  const index = answering(['ana', 'ben', 'eva'].map((name) => accessRow(name, { outcome: 'allowed', grants: [] })));
  const fields =
    'totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { principal { name } } }';
  const cursorOf = (name: string) => Buffer.from(user(name).id).toString('base64url');
  const edge = (name: string) => ({ cursor: cursorOf(name), node: { principal: { name } } });

  const first = await ask(whoCan(', first: 2', fields), { index });
  const second = await ask(whoCan(`, first: 2, after: "${cursorOf('ben')}"`, fields), { index });

  expect([first, second]).toEqual([
    {
      data: {
        whoCan: {
          totalCount: 3,
          pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: cursorOf('ben') },
          edges: [edge('ana'), edge('ben')],
        },
      },
    },
    {
      data: {
        whoCan: {
          totalCount: 3,
          pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: cursorOf('eva') },
          edges: [edge('eva')],
        },
      },
    },
  ]);
});

test('every way is followed unless holders alone are asked for, with the known context', async () => {
  const index = answering([]);

  await ask(whoCan('', 'totalCount'), { index });
  await ask(
    whoCan(
      ', through: DIRECT, context: [{ key: "aws:SourceIp", values: ["192.0.2.1"] }, { key: "aws:TagKeys", values: ["a", "b"] }]',
      'totalCount',
    ),
    { index },
  );

  const asked = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
  expect(index.asked).toEqual([
    { ...asked, through: 'anyPath', context: undefined },
    { ...asked, through: 'direct', context: { 'aws:SourceIp': '192.0.2.1', 'aws:TagKeys': ['a', 'b'] } },
  ]);
});

test('a way is told with the names along it', async () => {
  const path = [
    {
      from: user('ana').id,
      edge: 'CAN_ASSUME',
      to: 'arn:aws:iam::111122223333:role/deploy',
      decision: { outcome: 'allowed', grants: [] },
      sentence: 'ana can assume deploy',
    },
  ] as const;
  const index = answering([{ ...accessRow('ana', { outcome: 'allowed', grants: [] }), path }]);

  const answer = await ask(
    whoCan('', 'edges { node { path { from fromName edge to toName sentence decision { outcome } } } }'),
    { index },
  );

  expect(answer).toEqual({
    data: {
      whoCan: {
        edges: [
          {
            node: {
              path: [
                {
                  from: user('ana').id,
                  fromName: 'ana',
                  edge: 'CAN_ASSUME',
                  to: 'arn:aws:iam::111122223333:role/deploy',
                  toName: 'deploy',
                  sentence: 'ana can assume deploy',
                  decision: { outcome: 'allowed' },
                },
              ],
            },
          },
        ],
      },
    },
  });
});

test('what was read of all principals of a page is read in one statement', async () => {
  const statements: unknown[] = [];
  const index = answering(['ana', 'ben'].map((name) => accessRow(name, { outcome: 'allowed', grants: [] })));

  const answer = await ask(whoCan('', 'edges { node { principal { resource { label name } } } }'), {
    index,
    read: (_query, { ids }) => {
      statements.push(ids);
      return [{ node: { id: user('ana').id, label: 'IamUser', name: 'ana' } }];
    },
  });

  expect(answer).toEqual({
    data: {
      whoCan: {
        edges: [
          { node: { principal: { resource: { label: 'IamUser', name: 'ana' } } } },
          { node: { principal: { resource: null } } },
        ],
      },
    },
  });
  expect(statements).toEqual([[user('ana').id, user('ben').id]]);
});

test.each([
  ['[{ key: "SourceIp", values: ["x"] }]', '`SourceIp` is not a context key: write it as `aws:SourceIp`'],
  ['[{ key: "aws:SourceIp", values: [] }]', 'the context key `aws:SourceIp` is given without a value'],
  [
    '[{ key: "aws:SourceIp", values: ["x"] }, { key: "aws:sourceip", values: ["y"] }]',
    'the context key `aws:sourceip` is given twice',
  ],
])('the context %s is refused', async (context, message) => {
  const answer = await ask(whoCan(`, context: ${context}`, 'totalCount'), { index: answering([]) });

  expect(answer).toMatchObject({ data: null, errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
});
