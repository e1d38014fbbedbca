import { expect, test } from 'vitest';
import type { Protocol } from './call.ts';
import { type FaultKind, createFaults } from './faults.ts';
import { callOf } from './fixtures.ts';

function endOf(kind: FaultKind, protocol: Protocol) {
  const faults = createFaults();
  faults.add({ action: 'x:Do', with: kind });
  return faults.find(callOf('x:Do', { protocol }));
}

test('a fault ends the calls of its action, account and region, and no others', () => {
  const faults = createFaults();
  faults.add({ action: 'sqs:ListQueues', account: '111122223333', region: 'eu-west-1', with: 'reset' });

  expect(faults.find(callOf('sqs:ListQueues'))).toEqual({ is: 'reset' });
  expect(faults.find(callOf('sqs:GetQueueAttributes'))).toBeUndefined();
  expect(faults.find(callOf('sqs:ListQueues', { account: '444455556666' }))).toBeUndefined();
  expect(faults.find(callOf('sqs:ListQueues', { region: 'us-east-1' }))).toBeUndefined();
});

test('without account and region a fault ends the calls of all', () => {
  const faults = createFaults();
  faults.add({ action: 'sqs:ListQueues', with: 'timeout' });

  expect(faults.find(callOf('sqs:ListQueues', { account: '444455556666', region: 'us-east-1' }))).toEqual({
    is: 'hang',
  });
});

test('the nth call that fits fails, and no other', () => {
  const faults = createFaults();
  faults.add({ action: 'iam:ListUsers', account: '111122223333', nth: 2, with: 'reset' });
  const ends = ['111122223333', '444455556666', '111122223333', '111122223333'].map(
    (account) => faults.find(callOf('iam:ListUsers', { account }))?.is,
  );

  expect(ends).toEqual([undefined, undefined, 'reset', undefined]);
});

test('a fault that is removed lets calls through, and leaves its twin', () => {
  const faults = createFaults();
  const one = faults.add({ action: 'iam:ListUsers', with: 'reset' });
  const two = faults.add({ action: 'iam:ListUsers', with: 'timeout' });

  one.remove();
  expect(faults.find(callOf('iam:ListUsers'))).toEqual({ is: 'hang' });
  two.remove();
  expect(faults.find(callOf('iam:ListUsers'))).toBeUndefined();
});

test.each([
  ['query', 403, '<Code>AccessDenied</Code>'],
  ['ec2', 403, '<Code>UnauthorizedOperation</Code>'],
  ['json', 400, '"__type":"AccessDeniedException"'],
  ['rest-json', 403, '"__type":"AccessDeniedException"'],
  ['rest-xml', 403, '<Code>AccessDenied</Code>'],
] as const)('a denial in %s is worded as AWS words it', (protocol, status, text) => {
  const message = 'User: arn:aws:iam::111122223333:role/reader is not authorized to perform: x:Do';

  for (const [kind, end] of [
    ['accessDenied', ''],
    ['deniedByScp', ' with an explicit deny in a service control policy'],
  ] as const) {
    const outcome = endOf(kind, protocol);
    expect(outcome).toMatchObject({ is: 'reply', reply: { status } });
    expect(JSON.stringify(outcome)).toContain(JSON.stringify(text).slice(1, -1));
    expect(JSON.stringify(outcome)).toContain(`${message}${end}`);
  }
});

test.each([
  ['query', 400, 'Throttling'],
  ['ec2', 503, 'RequestLimitExceeded'],
  ['json', 400, 'ThrottlingException'],
  ['rest-json', 429, 'TooManyRequestsException'],
  ['rest-xml', 503, 'SlowDown'],
] as const)('too many calls in %s are worded as AWS words it', (protocol, status, code) => {
  const outcome = endOf('throttle', protocol);

  expect(outcome).toMatchObject({ is: 'reply', reply: { status } });
  expect(JSON.stringify(outcome)).toContain(code);
});

test('an error of the server is 500, and a stranger’s page is 200', () => {
  expect(endOf('serverError', 'json')).toMatchObject({ is: 'reply', reply: { status: 500 } });
  expect(endOf('malformed', 'query')).toMatchObject({ is: 'reply', reply: { status: 200, type: 'text/html' } });
});
