import {
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { OrganizationsClient, ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../proxy/fault-proxy.ts';
import { sampleCompany } from '../sample-company/sample-company.ts';
import { type Seeded, seed } from './seed.ts';
import { readerRole } from './seed-reader.ts';

let seeded: Seeded;
let proxy: FaultProxy;

beforeAll(async () => {
  const endpoint = inject('awsEndpoint');
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint, company: sampleCompany });
  proxy = await startFaultProxy({ upstream: endpoint, seeded });
});
afterAll(() => proxy.stop());

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function settings(credentials: Credentials = { accessKeyId: 'demo', secretAccessKey: 'demo' }) {
  return { endpoint: proxy.endpoint, region: 'eu-west-1', forcePathStyle: true, maxAttempts: 1, credentials };
}

function roleArn(account: string, name: string): string {
  return `arn:aws:iam::${seeded.accounts[account] ?? ''}:role/${name}`;
}

async function assume(RoleArn: string, ExternalId?: string) {
  const answer = await new STSClient(settings()).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  return settings({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
}

function asReader(account: string) {
  return assume(roleArn(account, readerRole.name), readerRole.externalId);
}

async function nameOf(failure: Promise<unknown>): Promise<string> {
  return failure.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

test('the organization has the accounts of the description', async () => {
  const { Accounts = [] } = await new OrganizationsClient(settings()).send(new ListAccountsCommand({}));

  expect(Accounts.map(({ Id }) => Id).sort()).toEqual(Object.values(seeded.accounts).sort());
});

test('a role is assumed as its trust policy says', async () => {
  const reader = roleArn('security', readerRole.name);

  expect({
    right: await nameOf(assume(reader, readerRole.externalId)),
    missing: await nameOf(assume(reader)),
    wrong: await nameOf(assume(reader, 'something else')),
    'trusts an outsider': await nameOf(assume(roleArn('security', 'vendor-scanner'), 'nw-7f3a91')),
    'trusts another role': await nameOf(assume(roleArn('production', 'release'))),
    'does not exist': await nameOf(assume(roleArn('production', 'nobody'))),
  }).toEqual({
    right: 'no error',
    missing: 'AccessDenied',
    wrong: 'AccessDenied',
    'trusts an outsider': 'AccessDenied',
    'trusts another role': 'AccessDenied',
    'does not exist': 'AccessDenied',
  });
});

test('the policy call that the company refuses is refused there, and only there', async () => {
  const refused = new S3Client(await asReader('security'));
  const answered = new S3Client(await asReader('shared'));

  expect([
    await nameOf(refused.send(new GetBucketPolicyCommand({ Bucket: 'northwind-audit-logs' }))),
    await nameOf(answered.send(new GetBucketPolicyCommand({ Bucket: 'northwind-handbook' }))),
  ]).toEqual(['AccessDenied', 'no error']);
});

test('boundaries of users, which the emulator drops, are answered', async () => {
  const client = new IAMClient(await asReader('development'));
  const { UserDetailList = [] } = await client.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User'] }));
  const boundaries = UserDetailList.map((user) => [user.UserName, user.PermissionsBoundary?.PermissionsBoundaryArn]);

  expect(Object.fromEntries(boundaries)).toEqual({
    batch: `arn:aws:iam::${seeded.accounts['development'] ?? ''}:policy/developer-boundary`,
    contractor: undefined,
  });
});

test('a stale key was last used when the description says', async () => {
  const production = seeded.accounts['production'];
  const keys = seeded.iam.keys.filter((key) => key.account === production);
  const client = new IAMClient(await asReader('production'));
  const used = await Promise.all(
    keys.map(async ({ id }) => {
      const answer = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
      return answer.AccessKeyLastUsed?.LastUsedDate?.toISOString();
    }),
  );

  expect(used).toEqual(['2023-03-01T02:00:00.000Z', undefined]);
});

test('a chosen call fails as AWS words it, and again succeeds once the fault is removed', async () => {
  const client = new KMSClient(await asReader('production'));
  const list = () => nameOf(client.send(new ListKeysCommand({})));

  const fault = proxy.fail({
    action: 'kms:ListKeys',
    account: seeded.accounts['production'] ?? '',
    with: 'accessDenied',
  });
  const during = await list();
  fault.remove();

  expect([during, await list()]).toEqual(['AccessDeniedException', 'no error']);
});

test('calls are counted by account and action', async () => {
  const client = new IAMClient(await asReader('production'));
  proxy.resetCalls();
  await client.send(new ListUsersCommand({}));
  await client.send(new ListUsersCommand({}));

  expect(proxy.calls()).toEqual({ [seeded.accounts['production'] ?? '']: { 'iam:ListUsers': 2 } });
});
