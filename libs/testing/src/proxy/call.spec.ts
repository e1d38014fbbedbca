import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { toCall } from './call.ts';

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly service: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function read({ method = 'POST', url = '/', service, headers = {}, body = '' }: Sent) {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = url;
  request.headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=ASIAKEY/20261124/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    ...headers,
  };
  const { action, account, region, protocol } = toCall(request, Buffer.from(body), (key) => `account of ${key}`);
  return { action, account, region, protocol };
}

const place = { account: 'account of ASIAKEY', region: 'eu-west-1' };

test('the query protocols name the action in the form', () => {
  const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=ListUsers&Version=1' };

  expect(read({ service: 'iam', ...form })).toEqual({ action: 'iam:ListUsers', protocol: 'query', ...place });
  expect(read({ service: 'ec2', ...form })).toEqual({ action: 'ec2:ListUsers', protocol: 'ec2', ...place });
});

test('the JSON protocols name it in the target', () => {
  const headers = { 'x-amz-target': 'TrentService.ListKeys', 'content-type': 'application/x-amz-json-1.1' };

  expect(read({ service: 'kms', headers, body: '{' })).toEqual({ action: 'kms:ListKeys', protocol: 'json', ...place });
});

test('S3 names it by method, path and sub-resource', () => {
  const reads = ['/', '/bucket?policy', '/bucket?policyStatus', '/bucket?publicAccessBlock', '/bucket/key'];

  expect(reads.map((url) => read({ method: 'GET', url, service: 's3' }).action)).toEqual([
    's3:ListAllMyBuckets',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketPublicAccessBlock',
    's3:GetObject',
  ]);
  expect(read({ method: 'PUT', url: '/bucket?policy', service: 's3' }).action).toBe('s3:PutBucketPolicy');
});
