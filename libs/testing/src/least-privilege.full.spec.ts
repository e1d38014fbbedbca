import { readFile } from 'node:fs/promises';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { registry } from '@ag/collectors';
import { openConnection } from '@ag/connect';
import { ingest } from '@ag/ingest';
import type { Gap } from '@ag/model';
import { type Registry, actionsOf } from '@ag/resource';
import { openMemoryStore } from '@ag/snapshot';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { collect } from './faults/collect.ts';
import { firstRun } from './faults/fixture.ts';
import { type Recording, createRecorder } from './faults/recording.ts';
import { openTransport } from './faults/transport.ts';
import type { Company } from './company.ts';
import { startFaultProxy } from './proxy/fault-proxy.ts';
import { sampleCompany } from './sample-company/sample-company.ts';
import { openAccounts } from './seed/clients.ts';
import { readerRole } from './seed/seed-reader.ts';
import { type Seeded, seed } from './seed/seed.ts';

/** The company, refusing nothing: what is denied here is what the policy lacks. */
const company: Company = { ...sampleCompany, refused: [] };
const upstream = inject('awsEndpoint');

let seeded: Seeded;
let recording: Recording;
let asked: ReadonlySet<string>;

beforeAll(async () => {
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint: upstream, company });
  const recorder = createRecorder();
  const proxy = await startFaultProxy({ upstream, seeded, onAnswer: recorder.add });
  await collect({ store: openMemoryStore(), run: firstRun, endpointUrl: proxy.endpoint });
  // What is asked for only where something else is denied.
  for (const [, { instead }] of fallbacks) {
    const denial = proxy.fail({ action: instead, with: 'accessDenied' });
    await collect({ store: openMemoryStore(), run: firstRun, endpointUrl: proxy.endpoint });
    denial.remove();
  }
  const fits = { fits: isOfAwsPolicies, with: 'accessDenied' } as const;
  const denial = proxy.fail(fits);
  await collect({ store: openMemoryStore(), run: firstRun, endpointUrl: proxy.endpoint });
  denial.remove();
  await proxy.stop();
  recording = recorder.finish();
  const { gaps, calls } = await run(registry, undefined, []);
  expect(gaps).toEqual([]);
  asked = new Set(calls);
}, 300_000);

afterAll(() => switchAuthorization(false));

/** Each with the action in whose place it is asked, so that the lack of it alone is no gap. */
const fallbacks = new Map([['ec2:DescribeRegions', { instead: 'account:ListRegions' }]]);
/** Asked for each of AWS's policies where they cannot be listed together. */
const ofAwsPolicies = ['iam:GetPolicy', 'iam:GetPolicyVersion'];
/** Asked per key where the credential report does not tell which of a user's keys it speaks of; the company's it does. */
const perKey = 'iam:GetAccessKeyLastUsed';
/** Asked by account and permission set, or by person and group: by whichever is fewer calls. */
const ofAssignments = ['sso:ListAccountAssignments', 'sso:ListAccountAssignmentsForPrincipal'];

function isOfAwsPolicies(call: { readonly form: URLSearchParams }): boolean {
  return [...call.form.values()].includes('AWSManagedPolicy');
}

function isShortcut(action: string): boolean {
  return action.startsWith('resource-explorer-2:');
}

test('the policy allows nothing that a collection does not ask for', async () => {
  const extra = (await allowed()).filter((action) => !asked.has(action) && !isShortcut(action));

  expect(ofAssignments.filter((action) => asked.has(action))).toHaveLength(1);
  expect(extra.sort()).toEqual(
    [...fallbacks.keys(), ...ofAwsPolicies, perKey, ...ofAssignments.filter((action) => !asked.has(action))].sort(),
  );
});

test('a collection asks for nothing that the policy does not allow', async () => {
  const policy = new Set(await allowed());

  expect([...asked].filter((action) => !policy.has(action) && !action.startsWith('sts:'))).toEqual([]);
});

test('without any one action the gap that it causes names it', { timeout: 900_000 }, async () => {
  const silent: string[] = [];
  for (const action of asked) {
    if (action.startsWith('sts:') || isShortcut(action)) continue;
    const { gaps } = await run(around(action), [action], accountsOf(action));
    if (!gaps.some((gap) => gap.action === action && gap.reason === 'denied')) silent.push(action);
  }
  for (const [action, { instead }] of fallbacks) {
    const { gaps } = await run(around(action), [action, instead], accountsOf(action));
    if (!gaps.some((gap) => gap.action === action)) silent.push(action);
  }

  expect(silent).toEqual([]);
});

test(
  'under exactly this policy everything is read, each call authorized by the emulator',
  { timeout: 600_000 },
  async () => {
    await restrict();
    const credentials = await createKey();
    await switchAuthorization(true);
    const proxy = await startFaultProxy({ upstream, seeded, authorizes: true });
    const denied = async () => deniedIn(proxy.endpoint, credentials);

    try {
      expect(await denied()).toEqual([]);

      for (const action of [
        's3:GetBucketPolicy',
        'iam:ListSAMLProviders',
        'ec2:DescribeVpcs',
        'sqs:GetQueueAttributes',
      ]) {
        await switchAuthorization(false);
        await restrict((one) => one !== action);
        await switchAuthorization(true);
        expect([...new Set(await denied())]).toEqual([action]);
      }
    } finally {
      await switchAuthorization(false);
      await proxy.stop();
    }
  },
);

/** What is denied when the company is read with these credentials, by action. */
async function deniedIn(endpointUrl: string, credentials: Credentials): Promise<readonly string[]> {
  const { name: roleName, externalId } = readerRole;
  const settings = { endpointUrl, roleName, externalId, regions: company.regions };
  const connection = await openConnection(settings, { credentials: () => Promise.resolve(credentials) });
  const gaps: Gap[] = [];
  await ingest({
    connection,
    log: { info: () => undefined, warn: () => undefined },
    onContent: (content) => {
      gaps.push(...content.gaps);
      return Promise.resolve();
    },
  });
  return gaps.map(({ action }) => action).sort();
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What the emulator calls otherwise than IAM does, where it authorizes a call. */
const ofEmulator = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['apigateway:Get*', 's3:GetPublicAccessBlock', 's3:GetBucketEncryption', 's3:ListBucket'],
      Resource: '*',
    },
  ],
};

/** Gives the collector's user and its roles the generated policies and nothing else. */
async function restrict(keep: (action: string) => boolean = () => true): Promise<void> {
  const accounts = openAccounts(upstream, company.homeRegion);
  const iamOf = (account: string) => accounts.client(IAMClient, account, 'us-east-1');
  try {
    const document = async (part: string) => JSON.stringify(without(await policyOf(part), keep));
    const management = iamOf(seeded.accounts['management'] ?? '');
    await management.send(new CreateUserCommand({ UserName: 'collector' })).catch(() => undefined);
    const assume = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::*:role/${readerRole.name}` };
    const policies = {
      everything: await document('collector-policy'),
      emulator: JSON.stringify(ofEmulator),
      members: JSON.stringify({ Version: '2012-10-17', Statement: [assume] }),
    };
    for (const [PolicyName, PolicyDocument] of Object.entries(policies)) {
      await management.send(new PutUserPolicyCommand({ UserName: 'collector', PolicyName, PolicyDocument }));
    }
    for (const [name, account] of Object.entries(seeded.accounts)) {
      if (name === 'management') continue;
      const iam = iamOf(account);
      const RoleName = readerRole.name;
      const PolicyArn = 'arn:aws:iam::aws:policy/SecurityAudit';
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })).catch(() => undefined);
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: 'emulator', PolicyDocument: JSON.stringify(ofEmulator) }),
      );
      for (const PolicyName of ['collector-policy.core', 'collector-policy.resources']) {
        const PolicyDocument = await document(PolicyName);
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
      }
    }
  } finally {
    accounts.close();
  }
}

/** A key of the collector's user. */
async function createKey(): Promise<Credentials> {
  const accounts = openAccounts(upstream, company.homeRegion);
  try {
    const iam = accounts.client(IAMClient, seeded.accounts['management'] ?? '', 'us-east-1');
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'collector' }));
    return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  } finally {
    accounts.close();
  }
}

interface Document {
  readonly Version: string;
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

async function policyOf(part: string): Promise<Document> {
  const text = await readFile(`deploy/${part}.json`, 'utf8');
  const document: unknown = JSON.parse(text);
  if (!isDocument(document)) throw new Error(`\`${part}\` is no policy`);
  return document;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'Statement' in value;
}

function without(document: Document, keep: (action: string) => boolean): Document {
  const statements = document.Statement.map((one) => ({ ...one, Action: one.Action.filter(keep) }));
  return { ...document, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

async function allowed(): Promise<readonly string[]> {
  const { Statement } = await policyOf('collector-policy');
  return Statement.flatMap(({ Action }) => Action);
}

async function run(of: Registry, denied: readonly string[] | undefined, accounts: readonly string[]) {
  const transport = openTransport(
    recording,
    (denied ?? []).map((action) => ({ action, with: 'accessDenied' as const })),
  );
  const chosen = accounts.length > 0 ? { accounts } : {};
  const { contents, error } = await collect({
    store: openMemoryStore(),
    run: firstRun,
    transport,
    registry: of,
    ...chosen,
  });
  if (error !== undefined) throw new Error('the collection failed', { cause: error });
  return { gaps: contents.flatMap(({ gaps }) => gaps), calls: transport.calls.map(({ action }) => action) };
}

/** As little as asks for the action: its definitions, or all readers. */
function around(action: string): Registry {
  const definitions = registry.definitions.filter((definition) => actionsOf(definition).some((one) => one === action));
  return definitions.length > 0 ? { definitions, readers: [] } : { definitions: [], readers: registry.readers };
}

function accountsOf(action: string): readonly string[] {
  return around(action).readers.length > 0 ? [] : Object.values(seeded.accounts).sort();
}

async function switchAuthorization(isOn: boolean): Promise<void> {
  await fetch(`${upstream}/moto-api/reset-auth`, { method: 'POST', body: isOn ? '0' : 'inf' });
}
