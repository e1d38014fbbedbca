import { expect, test } from 'vitest';
import { ask, asOf } from '../fixtures.ts';
import { countScopes, countStates, countUncollected, listScopes, scopesWithGaps } from './collection.queries.ts';

const gap = {
  place: { partition: 'aws', account: '111122223333', region: 'eu-west-1' },
  resource: 'SqsQueue',
  action: 'sqs:ListQueues',
  reason: 'denied',
  message: 'no',
};
const scope = {
  id: 'default/aws/111122223333/eu-west-1/SqsQueue',
  connection: 'default',
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  resource: 'SqsQueue',
  state: 'denied',
  gaps: [JSON.stringify(gap)],
  readInRun: 'run-0',
  readAt: '2026-11-23T08:00:00.000Z',
};

test('the collection says what is whole, what is not, and why', async () => {
  const asked: unknown[] = [];
  const read = (query: string, parameters: object) => {
    asked.push([query, parameters]);
    if (query === countStates)
      return [
        { state: 'complete', count: 21 },
        { state: 'denied', count: 1 },
      ];
    if (query === countUncollected) return [{ reason: 'other account', count: 2 }];
    return query === countScopes ? [{ total: 1 }] : [{ properties: scope }];
  };

  const answer = await ask(
    `{ collection {
      asOf { id } loading states { state count } uncollected { reason count }
      scopes(states: [denied, partial], account: "111122223333", label: "SqsQueue") {
        totalCount pageInfo { hasNextPage }
        edges { node { connection account region resource state readInRun readAt gaps { action reason } } }
      }
      gaps(account: "111122223333") { action arn resource account region reason message }
    } }`,
    { read, current: { run: asOf, loading: false } },
  );

  expect(answer).toEqual({
    data: {
      collection: {
        asOf: { id: asOf.id },
        loading: false,
        states: [
          { state: 'complete', count: 21 },
          { state: 'denied', count: 1 },
        ],
        uncollected: [{ reason: 'other account', count: 2 }],
        scopes: {
          totalCount: 1,
          pageInfo: { hasNextPage: false },
          edges: [
            {
              node: {
                connection: 'default',
                account: '111122223333',
                region: 'eu-west-1',
                resource: 'SqsQueue',
                state: 'denied',
                readInRun: 'run-0',
                readAt: '2026-11-23T08:00:00.000Z',
                gaps: [{ action: 'sqs:ListQueues', reason: 'denied' }],
              },
            },
          ],
        },
        gaps: [
          {
            action: 'sqs:ListQueues',
            arn: null,
            resource: 'SqsQueue',
            account: '111122223333',
            region: 'eu-west-1',
            reason: 'denied',
            message: 'no',
          },
        ],
      },
    },
  });
  const filter = { states: ['denied', 'partial'], account: '111122223333', label: 'SqsQueue' };
  expect(asked).toEqual([
    [countStates, {}],
    [countUncollected, {}],
    [listScopes, { ...filter, after: '', limit: 51 }],
    [scopesWithGaps, { account: '111122223333', labels: null }],
    [countScopes, filter],
  ]);
});

test('a held scope is among the scopes, with what its reading lacks', async () => {
  const message = 'the newest listing lacks 60 of 100 resources';
  const held = { ...scope, state: 'held', gaps: [JSON.stringify({ ...gap, action: 'none', reason: 'held', message })] };
  const read = (query: string) => (query === countStates ? [{ state: 'held', count: 1 }] : [{ properties: held }]);

  const answer = await ask(
    '{ collection { states { state count } scopes(states: [held]) { edges { node { state readAt gaps { reason message } } } } } }',
    { read, current: { run: asOf, loading: false } },
  );

  const node = { state: 'held', readAt: scope.readAt, gaps: [{ reason: 'held', message }] };
  expect(answer).toEqual({
    data: { collection: { states: [{ state: 'held', count: 1 }], scopes: { edges: [{ node }] } } },
  });
});

test('before the first run there is no collection', async () => {
  expect(await ask('{ collection { loading } }')).toEqual({ data: { collection: null } });
});
