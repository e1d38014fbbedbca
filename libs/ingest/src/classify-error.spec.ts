import { AccountAccessError } from '@ag/connect';
import { UserError, exitCode } from '@ag/model';
import { expect, test } from 'vitest';
import { AnswerError, DeadlineError, InterruptedError } from './answer-error.ts';
import { type Failure, classifyError } from './classify-error.ts';

interface Case {
  readonly name: string;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly kind: Failure['kind'];
  readonly remedy: Failure['remedy'];
}

const scp =
  'User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: ec2:DescribeInstances with an explicit deny in a service control policy';

const cases: readonly Case[] = [
  // Denied, in every protocol's words and status.
  { name: 'AccessDenied', status: 403, kind: 'denied', remedy: 'none' },
  { name: 'AccessDeniedException', status: 400, kind: 'denied', remedy: 'none' },
  { name: 'UnauthorizedOperation', status: 403, kind: 'denied', remedy: 'none' },
  { name: 'AuthorizationError', status: 403, kind: 'denied', remedy: 'none' },
  { name: 'SyntaxError', status: 403, message: 'Unexpected token <', kind: 'denied', remedy: 'none' },
  { name: 'Error', status: 403, kind: 'denied', remedy: 'none' },
  { name: 'AccessDenied', status: 403, message: scp, kind: 'deniedByScp', remedy: 'none' },
  { name: 'UnauthorizedOperation', status: 403, message: scp, kind: 'deniedByScp', remedy: 'none' },
  {
    name: 'AccessDeniedException',
    status: 400,
    message: 'because no service control policy allows the kms:ListKeys action',
    kind: 'deniedByScp',
    remedy: 'none',
  },
  {
    name: 'AccessDenied',
    status: 403,
    message: 'because no identity-based policy allows the iam:ListUsers action',
    kind: 'denied',
    remedy: 'none',
  },
  // Regions that the account has not enabled.
  { name: 'OptInRequired', status: 403, kind: 'regionDisabled', remedy: 'none' },
  { name: 'AuthFailure', status: 401, kind: 'regionDisabled', remedy: 'none' },
  { name: 'RegionDisabledException', status: 403, kind: 'regionDisabled', remedy: 'none' },
  // Credentials.
  { name: 'ExpiredToken', status: 403, kind: 'expiredCredentials', remedy: 'credentials' },
  { name: 'ExpiredTokenException', status: 400, kind: 'expiredCredentials', remedy: 'credentials' },
  { name: 'RequestExpired', status: 400, kind: 'expiredCredentials', remedy: 'credentials' },
  { name: 'InvalidClientTokenId', status: 403, kind: 'expiredCredentials', remedy: 'credentials' },
  { name: 'UnrecognizedClientException', status: 400, kind: 'expiredCredentials', remedy: 'credentials' },
  { name: 'RequestTimeTooSkewed', status: 403, kind: 'expiredCredentials', remedy: 'again' },
  { name: 'SignatureDoesNotMatch', status: 403, kind: 'expiredCredentials', remedy: 'again' },
  { name: 'CredentialsProviderError', kind: 'expiredCredentials', remedy: 'credentials' },
  // Throttles.
  { name: 'Throttling', status: 400, kind: 'throttled', remedy: 'wait' },
  { name: 'ThrottlingException', status: 400, kind: 'throttled', remedy: 'wait' },
  { name: 'TooManyRequestsException', status: 429, kind: 'throttled', remedy: 'wait' },
  { name: 'Error', status: 429, kind: 'throttled', remedy: 'wait' },
  { name: 'RequestLimitExceeded', status: 503, kind: 'throttled', remedy: 'wait' },
  { name: 'SlowDown', status: 503, kind: 'throttled', remedy: 'wait' },
  { name: 'PriorRequestNotComplete', status: 400, kind: 'throttled', remedy: 'wait' },
  { name: 'ServiceUnavailable', status: 503, kind: 'throttled', remedy: 'wait' },
  // The service, the network, the clock.
  { name: 'ServiceFailure', status: 500, kind: 'unexpected', remedy: 'wait' },
  { name: 'InternalError', status: 500, kind: 'unexpected', remedy: 'wait' },
  { name: 'TimeoutError', kind: 'timeout', remedy: 'again' },
  { name: 'TimeoutError', code: 'ECONNRESET', kind: 'network', remedy: 'wait' },
  { name: 'Error', code: 'ENOTFOUND', kind: 'network', remedy: 'wait' },
  { name: 'Error', code: 'ECONNREFUSED', kind: 'network', remedy: 'wait' },
  { name: 'Error', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', kind: 'network', remedy: 'wait' },
  { name: 'Error', message: 'socket hang up', kind: 'network', remedy: 'wait' },
  { name: 'Error', message: 'aborted', code: 'ECONNRESET', kind: 'network', remedy: 'wait' },
  // What is not an answer.
  { name: 'SyntaxError', status: 200, kind: 'malformed', remedy: 'again' },
  { name: 'Error', status: 200, message: 'Unclosed tag', kind: 'malformed', remedy: 'again' },
  { name: 'SyntaxError', status: 500, kind: 'malformed', remedy: 'again' },
  { name: 'Error', status: 500, kind: 'malformed', remedy: 'again' },
  { name: 'SyntaxError', kind: 'malformed', remedy: 'again' },
  // Not found, in AWS's words only.
  { name: 'NoSuchEntity', status: 404, kind: 'notFound', remedy: 'none' },
  { name: 'NoSuchBucketPolicy', status: 404, kind: 'notFound', remedy: 'none' },
  { name: 'NoSuchPublicAccessBlockConfiguration', status: 404, kind: 'notFound', remedy: 'none' },
  { name: 'OwnershipControlsNotFoundError', status: 404, kind: 'notFound', remedy: 'none' },
  { name: 'NotFoundException', status: 400, kind: 'notFound', remedy: 'none' },
  { name: 'ResourceNotFoundException', status: 400, kind: 'notFound', remedy: 'none' },
  { name: 'QueueDoesNotExist', status: 400, kind: 'notFound', remedy: 'none' },
  { name: 'AWS.SimpleQueueService.NonExistentQueue', status: 400, kind: 'notFound', remedy: 'none' },
  { name: 'InvalidInstanceID.NotFound', status: 400, kind: 'notFound', remedy: 'none' },
  { name: 'AWSOrganizationsNotInUseException', status: 400, kind: 'notFound', remedy: 'none' },
  { name: 'Error', status: 404, kind: 'unexpected', remedy: 'none' },
  { name: 'SyntaxError', status: 404, kind: 'malformed', remedy: 'none' },
  // A name alone proves nothing.
  { name: 'NoSuchEntity', kind: 'unexpected', remedy: 'none' },
  { name: 'NoSuchEntity', status: 500, kind: 'unexpected', remedy: 'wait' },
  { name: 'NoSuchEntity', status: 403, kind: 'denied', remedy: 'none' },
  { name: 'AccessDenied', kind: 'unexpected', remedy: 'none' },
  { name: 'AccessDenied', status: 404, kind: 'unexpected', remedy: 'none' },
  { name: 'ValidationError', status: 400, kind: 'unexpected', remedy: 'none' },
  { name: 'InvalidNextTokenException', status: 400, kind: 'unexpected', remedy: 'none' },
  { name: 'PermanentRedirect', status: 301, kind: 'unexpected', remedy: 'none' },
  { name: 'TypeError', message: 'x is not a function', kind: 'unexpected', remedy: 'none' },
];

test.each(cases)('$name with status $status and code $code is $kind', (row) => {
  const { name, status, code, message = 'no', kind, remedy } = row;
  const error = Object.assign(new Error(message), {
    name,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
  });

  expect(classifyError(error)).toEqual({ kind, remedy, message });
});

test('our own errors say what they are', () => {
  const found = [
    new AnswerError('no list'),
    new AnswerError('a page again', { transient: false }),
    new AnswerError('a page of HTML', { status: 403 }),
    new DeadlineError(5),
    new InterruptedError(),
    new AccountAccessError('111122223333', 'denied', 'cannot assume the role'),
    new UserError('the credentials have expired', exitCode.credentials),
    'a text',
  ].map(classifyError);

  expect(found).toEqual([
    { kind: 'malformed', remedy: 'again', message: 'no list' },
    { kind: 'malformed', remedy: 'none', message: 'a page again' },
    { kind: 'denied', remedy: 'none', message: 'a page of HTML' },
    { kind: 'timeout', remedy: 'none', message: 'not read within 5 seconds' },
    { kind: 'interrupted', remedy: 'none', message: 'the run was interrupted' },
    { kind: 'denied', remedy: 'none', message: 'cannot assume the role' },
    { kind: 'expiredCredentials', remedy: 'none', message: 'the credentials have expired' },
    { kind: 'unexpected', remedy: 'none', message: 'a text' },
  ]);
});

test('a message keeps no secret: only its first line, without signed requests and long tokens', () => {
  const token = 'IQoJb3JpZ2luX2VjE'.repeat(10);
  const error = new Error(`the token ${token} is bad\nThe Canonical String for this request should have been …`);

  expect(classifyError(error).message).toBe('the token … is bad');
});
