import { IAMClient } from '@aws-sdk/client-iam';
import type { Gap, Place } from '@ag/model';
import type { ClientClass, ReaderContext } from '@ag/resource';
import { expect, test, vi } from 'vitest';
import { authorizationDetails } from './authorization-details.ts';

const account = '111122223333';
const place: Place = { partition: 'aws', account, region: 'global' };
const iam = `arn:aws:iam::${account}`;
const made = '2024-01-02T03:04:05Z';

// It warns of the Node that its later releases need, and a test that prints fails.
vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');

test('keys are listed for users that have some, and last use comes from the report', async () => {
  const aws = fakeIam({
    GetAccountAuthorizationDetails: details(['ana', made], ['bob', made]),
    GetCredentialReport: report(row('ana', made, `true,${made},2024-05-01T00:00:00Z,eu-west-1,s3`), row('bob', made)),
    ListAccessKeys: keys(['AKIAEXAMPLE', made]),
  });

  const parts = await authorizationDetails.read(aws.context);

  expect(aws.calls).toEqual([
    'GenerateCredentialReport',
    'GetAccountAuthorizationDetails',
    'GetCredentialReport',
    'ListAccessKeys',
  ]);
  expect(parts.find(({ resource }) => resource === 'IamAccessKey')).toEqual({
    resource: 'IamAccessKey',
    state: 'complete',
    nodes: [
      {
        id: 'AKIAEXAMPLE',
        labels: ['IamAccessKey', 'AwsResource'],
        properties: {
          account,
          region: 'global',
          status: 'Active',
          createdAt: '2024-01-02T03:04:05.000Z',
          lastUsedAt: '2024-05-01T00:00:00.000Z',
          lastUsedRegion: 'eu-west-1',
          lastUsedService: 's3',
        },
      },
    ],
    edges: [{ type: 'HAS_ACCESS_KEY', from: `${iam}:user/ana`, to: 'AKIAEXAMPLE', properties: {} }],
    gaps: [],
  });
});

test('a key that the report cannot tell from another is asked for by itself', async () => {
  const aws = fakeIam({
    GetAccountAuthorizationDetails: details(['ana', made]),
    GetCredentialReport: report(row('ana', made, `true,2023-01-01T00:00:00Z,2024-05-01T00:00:00Z,eu-west-1,s3`)),
    ListAccessKeys: keys(['AKIAEXAMPLE', made]),
    GetAccessKeyLastUsed:
      '<AccessKeyLastUsed><LastUsedDate>2024-06-01T00:00:00Z</LastUsedDate><Region>N/A</Region><ServiceName>sts</ServiceName></AccessKeyLastUsed>',
  });

  const parts = await authorizationDetails.read(aws.context);

  expect(aws.calls).toContain('GetAccessKeyLastUsed');
  expect(parts.find(({ resource }) => resource === 'IamAccessKey')?.nodes[0]?.properties).toEqual({
    account,
    region: 'global',
    status: 'Active',
    createdAt: '2024-01-02T03:04:05.000Z',
    lastUsedAt: '2024-06-01T00:00:00.000Z',
    lastUsedService: 'sts',
  });
});

test('the row of a namesake that was deleted tells nothing of the user', async () => {
  const aws = fakeIam({
    GetAccountAuthorizationDetails: details(['ana', made]),
    GetCredentialReport: report(row('ana', '2020-01-01T00:00:00Z')),
    ListAccessKeys: keys(),
  });

  const parts = await authorizationDetails.read(aws.context);

  expect(parts[0]?.nodes[0]?.properties).toMatchObject({ name: 'ana', unread: ['iam:GetCredentialReport'] });
  expect(parts[0]?.nodes[0]?.properties).not.toHaveProperty('hasPassword');
  expect(aws.calls).toContain('ListAccessKeys');
});

test('without the report passwords and keys are unknown, not absent (I2)', async () => {
  const aws = fakeIam({ GetAccountAuthorizationDetails: details(['ana', made]), GetCredentialReport: denied });

  const parts = await authorizationDetails.read(aws.context);

  const gap: Gap = { place, resource: '', action: 'iam:GetCredentialReport', reason: 'denied', message: 'no' };
  const part = (label: string) => parts.find(({ resource }) => resource === label);
  expect(part('IamUser')?.nodes[0]?.properties).toEqual({
    arn: `${iam}:user/ana`,
    account,
    region: 'global',
    name: 'ana',
    createdAt: '2024-01-02T03:04:05.000Z',
    tags: [],
    unread: ['iam:GetCredentialReport'],
  });
  expect(part('IamUser')).toMatchObject({
    state: 'complete',
    gaps: [{ ...gap, resource: 'IamUser', arn: `${iam}:root` }],
  });
  expect(part('AwsRootUser')).toMatchObject({ state: 'complete', nodes: [{ id: `${iam}:root` }] });
  expect(part('IamAccessKey')).toEqual({
    resource: 'IamAccessKey',
    state: 'denied',
    nodes: [],
    edges: [],
    gaps: [{ ...gap, resource: 'IamAccessKey' }],
  });
});

test('without the details nothing of them is complete, and the root user is still there (I2)', async () => {
  const aws = fakeIam({ GetAccountAuthorizationDetails: denied, GetCredentialReport: report() });

  const parts = await authorizationDetails.read(aws.context);

  expect(parts.map(({ resource, state, gaps }) => [resource, state, gaps.length])).toEqual([
    ['IamUser', 'denied', 1],
    ['IamGroup', 'denied', 1],
    ['IamRole', 'denied', 1],
    ['IamPolicy', 'denied', 1],
    ['IamInstanceProfile', 'denied', 1],
    ['AwsService', 'denied', 1],
    ['Anyone', 'denied', 1],
    ['WebIdentityProvider', 'denied', 1],
    ['AwsRootUser', 'complete', 0],
    ['IamAccessKey', 'denied', 1],
  ]);
});

const denied = Symbol('denied');

/** An account whose IAM answers with the given results, in the SDK's own client. */
function fakeIam(answers: Readonly<Record<string, string | typeof denied>>) {
  const calls: string[] = [];
  const client = new IAMClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: (request: { readonly body?: unknown }) => {
        const action = new URLSearchParams(String(request.body)).get('Action') ?? '';
        calls.push(action);
        return Promise.resolve({ response: answerTo(action, answers[action] ?? '') });
      },
    },
  });
  const context: ReaderContext = {
    place,
    regions: [],
    accounts: [account],
    client: <Client>(type: ClientClass<Client>) => {
      if (client instanceof type) return client;
      throw new Error(`no client of type \`${type.name}\``);
    },
    attempt: async ({ action, resource, arn }, read) => {
      try {
        return { ok: true, value: await read() };
      } catch {
        const gap: Gap = {
          place,
          resource,
          action,
          ...(arn !== undefined && { arn }),
          reason: 'denied',
          message: 'no',
        };
        return { ok: false, gap };
      }
    },
    each: (items, read) => Promise.all(items.map(read)),
    read: () => [],
    readEdges: () => [],
  };
  return { calls, context };
}

interface Response {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

function answerTo(action: string, answer: string | typeof denied): Response {
  if (answer === denied) {
    const body = '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
    return { statusCode: 403, headers: {}, body: new TextEncoder().encode(body) };
  }
  const body = `<${action}Response><${action}Result>${answer}</${action}Result></${action}Response>`;
  return { statusCode: 200, headers: {}, body: new TextEncoder().encode(body) };
}

function details(...users: readonly (readonly [string, string])[]): string {
  const members = users.map(
    ([name, createdAt]) =>
      `<member><Arn>${iam}:user/${name}</Arn><UserName>${name}</UserName><CreateDate>${createdAt}</CreateDate></member>`,
  );
  return `<UserDetailList>${members.join('')}</UserDetailList><IsTruncated>false</IsTruncated>`;
}

function keys(...list: readonly (readonly [string, string])[]): string {
  const members = list.map(
    ([id, createdAt]) =>
      `<member><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><CreateDate>${createdAt}</CreateDate></member>`,
  );
  return `<AccessKeyMetadata>${members.join('')}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`;
}

const noKey = 'false,N/A,N/A,N/A,N/A';

function row(name: string, createdAt: string, key = noKey): string {
  return `${name},${iam}:user/${name},${createdAt},false,N/A,N/A,false,${key},${noKey}`;
}

function report(...rows: readonly string[]): string {
  const keyColumns = [1, 2].flatMap((key) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (name) => `access_key_${key}_${name}`,
    ),
  );
  const header = `user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,${keyColumns.join(',')}`;
  return `<Content>${btoa([header, ...rows].join('\n'))}</Content><GeneratedTime>${made}</GeneratedTime>`;
}
