import { expect, test } from 'vitest';
import { accountOf, findArn, parseArn, rootArn } from './arn.ts';

test('everything after the fifth colon is the resource, colons included', () => {
  const arn = parseArn('arn:aws-us-gov:sns:us-gov-west-1:111122223333:topic:with:colons');

  expect(arn).toEqual({
    partition: 'aws-us-gov',
    service: 'sns',
    region: 'us-gov-west-1',
    account: '111122223333',
    resource: 'topic:with:colons',
  });
});

test('text that is not an ARN is not found', () => {
  expect(['', 'arn:', 'arn:aws:s3:::', 'bucket', 'arn:aws:s3'].map((text) => findArn(text)?.service)).toEqual([
    undefined,
    undefined,
    's3',
    undefined,
    undefined,
  ]);
  expect(() => parseArn('bucket')).toThrow('`bucket` is not an ARN');
});

test('only twelve digits are an account', () => {
  expect(accountOf('arn:aws:iam::111122223333:user/ana')).toBe('111122223333');
  expect(accountOf('arn:aws:iam::aws:policy/ReadOnlyAccess')).toBeUndefined();
  expect(accountOf('arn:aws:s3:::bucket')).toBeUndefined();
});

test('the root user is named in its partition', () => {
  expect(rootArn('111122223333', 'aws-cn')).toBe('arn:aws-cn:iam::111122223333:root');
});
