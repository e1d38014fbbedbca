import { actionsOfAll } from '@ag/resource';
import { registry } from '@ag/collectors';
import { expect, test } from 'vitest';
import { actionOf } from './actions.ts';
import { toCall } from './call.ts';
import { type Operation, operationsOf } from './operations.ts';
import { findRoute } from './routes.ts';
import { membersOf } from './schema.ts';

const signedFor: Readonly<Record<string, readonly string[]>> = { s3: ['s3', 's3express'] };

/** What the SDK would send: REST services by the operation's own path, all others by its name. */
function send(service: string, { name, http }: Operation) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA1/20261124/eu-west-1/${service}/aws4_request, Signature=0`;
  const base = { authorization };
  if (!http) {
    const headers = { ...base, 'x-amz-target': `Service.${name}` };
    return toCall({ method: 'POST', url: '/', headers }, Buffer.from(''), () => '');
  }
  const path = http.path.replaceAll(/\{\w+\+?\}/g, 'some-thing');
  return toCall({ method: http.method, url: path, headers: base }, Buffer.from(''), () => '');
}

function operationsFor(action: string): readonly (readonly [service: string, operation: Operation])[] {
  const [prefix = ''] = action.split(':');
  return (signedFor[prefix] ?? [prefix]).flatMap((service) =>
    operationsOf(service)
      .filter(
        ({ name, client, http }) => actionOf(service, name, { client, method: http?.method ?? 'POST' }) === action,
      )
      .map((operation) => [service, operation] as const),
  );
}

function inBucket(service: string, operation: Operation): Operation {
  const { http, client } = operation;
  if (!http || !service.startsWith('s3') || client !== 's3') return operation;
  const bucket = membersOf(operation.input()).some(({ name }) => name === 'Bucket') ? '/some-bucket' : '';
  return { ...operation, http: { ...http, path: `${bucket}${http.path}` } };
}

test.each(actionsOfAll(registry).filter((action) => !action.startsWith('rolesanywhere:')))(
  'the command behind %s is understood as that action',
  (action) => {
    const found = operationsFor(action);

    const understood = found.map(([service, operation]) => send(service, inBucket(service, operation)).action);

    expect(found.length).toBeGreaterThan(0);
    expect(understood).toEqual(found.map(() => action));
  },
);

test.each([
  ['lambda', 'GET', '/2015-03-31/functions/', 'ListFunctions'],
  ['lambda', 'GET', '/2015-03-31/functions/f/policy?Qualifier=live', 'GetPolicy'],
  ['lambda', 'GET', '/2021-10-31/functions/f/urls', 'ListFunctionUrlConfigs'],
  ['apigateway', 'GET', '/restapis', 'GetRestApis'],
  ['apigateway', 'GET', '/v2/apis', 'GetApis'],
  ['elasticfilesystem', 'GET', '/2015-02-01/file-systems/fs-1/policy', 'DescribeFileSystemPolicy'],
  ['eks', 'GET', '/clusters/c/access-entries', 'ListAccessEntries'],
  ['backup', 'GET', '/backup-vaults/', 'ListBackupVaults'],
  ['codeartifact', 'GET', '/v1/domain/permissions/policy?domain=d', 'GetDomainPermissionsPolicy'],
  ['s3', 'GET', '/v20180820/accesspoint/a/policy', 'GetAccessPointPolicy'],
  ['s3', 'GET', '/some-bucket?encryption', 'GetBucketEncryption'],
  ['s3express', 'GET', '/?x-id=ListDirectoryBuckets', 'ListDirectoryBuckets'],
  ['s3tables', 'GET', '/buckets', 'ListTableBuckets'],
  ['es', 'GET', '/2021-01-01/domain', 'ListDomainNames'],
  ['ram', 'POST', '/getresourceshares', 'GetResourceShares'],
  ['rolesanywhere', 'GET', '/trustanchors', 'ListTrustAnchors'],
  ['rolesanywhere', 'GET', '/profile/p-1', 'GetProfile'],
])('%s answers %s %s as %s', (service, method, url, operation) => {
  expect(findRoute(service, method, new URL(url, 'http://proxy'))?.name).toBe(operation);
});

test.each([
  ['s3', 's3', 'GET', 'GetBucketEncryption', 's3:GetEncryptionConfiguration'],
  ['s3', 's3-control', 'GET', 'GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
  ['s3express', 's3', 'GET', 'ListDirectoryBuckets', 's3express:ListAllMyDirectoryBuckets'],
  ['s3express', 's3', 'GET', 'GetBucketPolicy', 's3express:GetBucketPolicy'],
  ['apigateway', 'api-gateway', 'GET', 'GetRestApis', 'apigateway:GET'],
  ['lambda', 'lambda', 'GET', 'GetPolicy', 'lambda:GetPolicy'],
  ['iam', 'iam', 'POST', 'ListUsers', 'iam:ListUsers'],
])('of %s, in the client %s, %s %s asks for %s', (service, client, method, operation, action) => {
  expect(actionOf(service, operation, { client, method })).toBe(action);
});

test('a path that no operation has is no operation', () => {
  expect(findRoute('lambda', 'GET', new URL('http://proxy/2015-03-31/nothing'))).toBeUndefined();
  expect(operationsOf('a-service-without-a-client')).toEqual([]);
});
