import { UserError, exitCode } from '@ag/model';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { NothingCollected, toGraphqlError } from './errors.ts';
import { ask } from './fixtures.ts';

function driverError(code: string): Error {
  return Object.assign(new Error('bolt://neo4j:secret@10.0.0.1'), { code });
}

test('what a caller can mend reaches them with a code', async () => {
  const whatCan = () => {
    throw new UserError('unknown principal `eva`; the nearest known: `ava`', exitCode.usage);
  };

  expect(await ask('{ whatCan(principal: "eva") { totalCount } }', { index: { whatCan } })).toMatchObject({
    errors: [{ message: 'unknown principal `eva`; the nearest known: `ava`', extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test.each([
  [new NothingCollected(), 'NOTHING_COLLECTED', 'nothing has been collected yet: run `accessgraph collect` first'],
  [new UserError('no `x`', exitCode.usage), 'BAD_USER_INPUT', 'no `x`'],
  [new UserError('no way', exitCode.credentials), 'FAILED', 'no way'],
  [
    new UserError('no Neo4j answers at `bolt://10.0.0.1`', exitCode.database),
    'DATABASE_UNAVAILABLE',
    'the graph database does not answer: try again in a moment',
  ],
  [
    driverError('ServiceUnavailable'),
    'DATABASE_UNAVAILABLE',
    'the graph database does not answer: try again in a moment',
  ],
  [
    driverError('Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration'),
    'TIMEOUT',
    'the question took too long: narrow it down',
  ],
])('%s is told as %s', (error, code, message) => {
  const told = toGraphqlError(error);

  expect(told instanceof GraphQLError && told.toJSON()).toEqual({ message, extensions: { code } });
});

test('an error of our own making stays what it is, for the server to mask', () => {
  const errors = [new Error('a fault'), driverError('Neo.ClientError.Statement.SyntaxError'), 'text'];

  expect(errors.map(toGraphqlError)).toEqual(errors);
});
