import { expect, test } from 'vitest';
import { toCall } from './call.ts';

interface Sent {
  readonly service: string;
  readonly region?: string;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function read({ service, region = 'eu-west-1', method = 'POST', url = '/', headers = {}, body = '' }: Sent) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA1/20261124/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const call = toCall({ method, url, headers: { authorization, ...headers } }, Buffer.from(body), (key) => `of ${key}`);
  const { path: _path, query: _query, service: _service, operation: _operation, ...known } = call;
  return { ...known, form: Object.fromEntries(call.form) };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const rest = { accessKey: 'AKIA1', account: 'of AKIA1', region: 'eu-west-1', form: {}, json: {} };

test('the query protocol names the action in its form', () => {
  const body = 'Action=ListUsers&Version=2010-05-08&PathPrefix=%2Fa%2F';

  expect(read({ service: 'iam', region: 'us-east-1', headers: form, body })).toEqual({
    ...rest,
    region: 'us-east-1',
    action: 'iam:ListUsers',
    protocol: 'query',
    form: { Action: 'ListUsers', Version: '2010-05-08', PathPrefix: '/a/' },
  });
});

test('EC2 has a query protocol of its own', () => {
  const call = read({ service: 'ec2', headers: form, body: 'Action=DescribeVpcs' });

  expect(call).toEqual({ ...rest, action: 'ec2:DescribeVpcs', protocol: 'ec2', form: { Action: 'DescribeVpcs' } });
});

test('the JSON protocols name the action in a header', () => {
  const headers = { 'x-amz-target': 'SWBExternalService.ListInstances', 'content-type': 'application/x-amz-json-1.1' };

  expect(read({ service: 'sso', headers, body: '{"MaxResults":5}' })).toEqual({
    ...rest,
    action: 'sso:ListInstances',
    protocol: 'json',
    json: { MaxResults: 5 },
  });
  expect(read({ service: 'sso', headers, body: '{"MaxRes' }).json).toEqual({});
  expect(read({ service: 'sso', headers, body: 'null' }).json).toEqual({});
});

test('REST services in JSON name it in the path', () => {
  const headers = { 'content-type': 'application/json' };

  expect(read({ service: 'account', url: '/listRegions', headers, body: '{"MaxResults":50}' })).toEqual({
    ...rest,
    action: 'account:ListRegions',
    protocol: 'rest-json',
    json: { MaxResults: 50 },
  });
});

test.each([
  ['GET', '/', 'ListAllMyBuckets'],
  ['GET', '/?x-id=ListBuckets', 'ListAllMyBuckets'],
  ['GET', '/files?policy', 'GetBucketPolicy'],
  ['GET', '/files?policyStatus', 'GetBucketPolicyStatus'],
  ['PUT', '/files?policy', 'PutBucketPolicy'],
  ['DELETE', '/files?policy', 'DeleteBucketPolicy'],
  ['GET', '/files?publicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['GET', '/files?ownershipControls', 'GetBucketOwnershipControls'],
  ['GET', '/files?acl', 'GetBucketAcl'],
  ['GET', '/files?tagging', 'GetBucketTagging'],
  ['GET', '/files?encryption', 'GetEncryptionConfiguration'],
  ['PUT', '/files?encryption', 'PutEncryptionConfiguration'],
  ['GET', '/files?location', 'GetBucketLocation'],
  ['GET', '/files?list-type=2', 'ListBucket'],
  ['HEAD', '/files', 'ListBucket'],
  ['PUT', '/files', 'CreateBucket'],
  ['DELETE', '/files/', 'DeleteBucket'],
  ['GET', '/files/a/b.txt?x-id=GetObject', 'GetObject'],
  ['PUT', '/files/a', 'PutObject'],
  ['GET', '/v20180820/configuration/publicAccessBlock', 'GetAccountPublicAccessBlock'],
  ['PUT', '/v20180820/configuration/publicAccessBlock', 'PutAccountPublicAccessBlock'],
])('S3’s %s %s is s3:%s', (method, url, action) => {
  expect(read({ service: 's3', method, url })).toEqual({ ...rest, action: `s3:${action}`, protocol: 'rest-xml' });
});

test('a request without a signature is S3’s, of whoever has no key', () => {
  expect(toCall({ method: 'GET', url: '/files/a', headers: {} }, Buffer.from(''), (key) => `of ${key}`)).toMatchObject({
    action: 's3:GetObject',
    account: 'of ',
    region: '',
  });
});
