import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetRoleCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { OrganizationsClient, DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetBucketAclCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  ListAccountsForProvisionedPermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { sampleCompany } from '../sample-company/sample-company.ts';
import { readerRole } from '../seed/seed-reader.ts';
import { type Seeded, seed } from '../seed/seed.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { FaultHandle, FaultKind } from './faults.ts';

let seeded: Seeded;
let proxy: FaultProxy;
let production = '';
const faults: FaultHandle[] = [];
const sent: { destroy(): void }[] = [];

beforeAll(async () => {
  const endpoint = inject('awsEndpoint');
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint, company: sampleCompany });
  proxy = await startFaultProxy({ upstream: endpoint, seeded });
  production = seeded.accounts['production'] ?? '';
});
beforeEach(() => proxy.resetCalls());
afterEach(() => {
  for (const fault of faults.splice(0)) fault.remove();
  for (const client of sent.splice(0)) client.destroy();
});
afterAll(() => proxy.stop());

const start = { accessKeyId: 'demo', secretAccessKey: 'demo' };

/** A client of the kind, which does not try again. */
function make<Client extends { destroy(): void }>(
  type: new (settings: ReturnType<typeof settingsOf>) => Client,
  credentials: Credentials = start,
  region = 'eu-west-1',
  patience = 30_000,
): Client {
  const client = new type(settingsOf(credentials, region, patience));
  sent.push(client);
  return client;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function settingsOf(credentials: Credentials, region: string, requestTimeout: number) {
  return {
    endpoint: proxy.endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  };
}

async function asReader(account: string): Promise<Credentials> {
  const { Credentials: made } = await make(STSClient).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${readerRole.name}`,
      RoleSessionName: 'test',
      ExternalId: readerRole.externalId,
    }),
  );
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
}

/** One call in each protocol. */
const calls = {
  query: [
    'iam:ListUsers',
    (patience?: number) => make(IAMClient, start, 'eu-west-1', patience).send(new ListUsersCommand({})),
  ],
  ec2: [
    'ec2:DescribeVpcs',
    (patience?: number) => make(EC2Client, start, 'eu-west-1', patience).send(new DescribeVpcsCommand({})),
  ],
  json: [
    'sqs:ListQueues',
    (patience?: number) => make(SQSClient, start, 'eu-west-1', patience).send(new ListQueuesCommand({})),
  ],
  'rest-xml': [
    's3:ListAllMyBuckets',
    (patience?: number) => make(S3Client, start, 'eu-west-1', patience).send(new ListBucketsCommand({})),
  ],
} as const;

async function failWith(kind: FaultKind, [action, send]: (typeof calls)[keyof typeof calls], patience?: number) {
  faults.push(proxy.fail({ action, with: kind }));
  return send(patience).then(
    () => 'no error',
    (error: unknown) => error,
  );
}

describe.each(Object.keys(calls).filter(isProtocol))('in the protocol %s', (protocol) => {
  const denied = {
    query: 'AccessDenied',
    ec2: 'UnauthorizedOperation',
    json: 'AccessDeniedException',
    'rest-xml': 'AccessDenied',
  };
  const throttled = {
    query: 'Throttling',
    ec2: 'RequestLimitExceeded',
    json: 'ThrottlingException',
    'rest-xml': 'SlowDown',
  };
  const call = calls[protocol];

  test('without a fault the emulator answers', async () => {
    await expect(call[1]()).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });

  test('a denial is raised as AWS names it, with its message', async () => {
    expect(await failWith('accessDenied', call)).toMatchObject({
      name: denied[protocol],
      message: expect.stringContaining(`is not authorized to perform: ${call[0]}`),
    });
    expect(await failWith('deniedByScp', call)).toMatchObject({ name: denied[protocol] });
  });

  test('throttling and an error of the server are raised by name and status', async () => {
    expect(await failWith('throttle', call)).toMatchObject({ name: throttled[protocol] });
    for (const fault of faults.splice(0)) fault.remove();
    expect(await failWith('serverError', call)).toMatchObject({
      name: 'InternalFailure',
      $metadata: { httpStatusCode: 500 },
    });
  });

  test('silence runs into the client’s time-out', async () => {
    expect(await failWith('timeout', call, 100)).toMatchObject({ name: 'TimeoutError' });
  });

  test('a connection that is reset is raised as one', async () => {
    expect(await failWith('reset', call)).toMatchObject({ code: 'ECONNRESET' });
  });
});

function isProtocol(name: string): name is keyof typeof calls {
  return name in calls;
}

test('a stranger’s page is no answer in JSON, and looks like an empty one in XML', async () => {
  expect(await failWith('malformed', calls.json)).toBeInstanceOf(SyntaxError);
  faults.push(proxy.fail({ action: 'iam:ListUsers', with: 'malformed' }));

  // That is what the product must see through.
  expect((await make(IAMClient).send(new ListUsersCommand({}))).Users).toBeUndefined();
});

test('calls are counted by the account they are made in, those that fail too', async () => {
  const credentials = await asReader(production);
  faults.push(proxy.fail({ action: 'sqs:ListQueues', account: production, region: 'eu-central-1', with: 'reset' }));

  await make(SQSClient, credentials).send(new ListQueuesCommand({}));
  await expect(make(SQSClient, credentials, 'eu-central-1').send(new ListQueuesCommand({}))).rejects.toThrow();
  await make(S3Client, credentials).send(new GetBucketAclCommand({ Bucket: 'northwind-orders' }));
  await make(OrganizationsClient).send(new DescribeOrganizationCommand({}));

  expect(proxy.calls()).toEqual({
    [seeded.accounts['management'] ?? '']: { 'sts:AssumeRole': 1, 'organizations:DescribeOrganization': 1 },
    [production]: { 'sqs:ListQueues': 2, 's3:GetBucketAcl': 1 },
  });
});

test('a session is in its account, and AWS says who it is', async () => {
  const credentials = await asReader(production);

  const { Account, Arn } = await make(STSClient, credentials).send(new GetCallerIdentityCommand({}));
  const { Role } = await make(IAMClient, credentials).send(new GetRoleCommand({ RoleName: readerRole.name }));

  expect({ Account, Arn, role: Role?.Arn }).toEqual({
    Account: production,
    Arn: `arn:aws:sts::${production}:assumed-role/${readerRole.name}/test`,
    role: `arn:aws:iam::${production}:role/${readerRole.name}`,
  });
});

test('Identity Center is in one region, and says where each set is provisioned', async () => {
  const { instanceArn: InstanceArn, permissionSets, provisioned } = seeded.identityCenter;
  const client = make(SSOAdminClient);
  const accountsOf = async (name: string) => {
    const PermissionSetArn = permissionSets[name] ?? '';
    return (await client.send(new ListAccountsForProvisionedPermissionSetCommand({ InstanceArn, PermissionSetArn })))
      .AccountIds;
  };
  const named = (...names: readonly string[]) => names.map((name) => seeded.accounts[name] ?? '').sort();

  expect((await client.send(new ListInstancesCommand({}))).Instances?.map((one) => one.InstanceArn)).toEqual([
    InstanceArn,
  ]);
  expect((await make(SSOAdminClient, start, 'eu-central-1').send(new ListInstancesCommand({}))).Instances).toEqual([]);
  expect(await accountsOf('Developer')).toEqual(named('development'));
  expect(await accountsOf('PayrollOperator')).toEqual(named('payroll'));
  expect(await accountsOf('SecurityAudit')).toEqual(Object.values(seeded.accounts).sort());
  const ofPayroll = await client.send(
    new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: seeded.accounts['payroll'] }),
  );
  expect([...(ofPayroll.PermissionSets ?? [])].sort()).toEqual(
    Object.keys(provisioned)
      .filter((arn) => provisioned[arn]?.includes(seeded.accounts['payroll'] ?? ''))
      .sort(),
  );
});
