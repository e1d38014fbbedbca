import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { definitions } from '@ag/collectors';
import { type ConnectionSettings, openConnection, quietSdk } from '@ag/connect';
import type { GraphNode, ScopeContent } from '@ag/model';
import { type Reader, awsAccount, defineNode } from '@ag/resource';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ingest } from './ingest.ts';

const endpoint = inject('awsEndpoint');
const roleName = 'OrganizationAccountAccessRole';
const regions = ['eu-west-1', 'us-east-1'] as const;
const start = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const quiet = { info: () => undefined, warn: () => undefined };
const queues = definitions.filter(({ label }) => label === 'SqsQueue');
const readAt = '2026-11-24T08:00:00.000Z';

/** As little of the organization as it takes to find its accounts. */
const organization: Reader = {
  name: 'organization',
  description: 'Accounts.',
  scope: 'organization',
  types: [awsAccount],
  actions: ['organizations:ListAccounts'],
  async read(context) {
    const client = context.client(OrganizationsClient);
    const listed = await context.attempt(
      { action: 'organizations:ListAccounts', resource: awsAccount.label },
      async () => {
        const nodes: GraphNode[] = [];
        for await (const page of paginateListAccounts({ client }, {})) {
          for (const { Id = '', Status } of page.Accounts ?? []) nodes.push(awsAccount.node(Id, { status: Status }));
        }
        return nodes;
      },
    );
    const nothing = { resource: awsAccount.label, nodes: [], edges: [] };
    if (listed.ok === 'notFound') return [{ ...nothing, state: 'complete', gaps: [] }];
    if (!listed.ok) return [{ ...nothing, state: listed.gap.reason, gaps: [listed.gap] }];
    return [{ ...nothing, state: 'complete', nodes: listed.value, gaps: [] }];
  },
};

const summary = defineNode({ label: 'Summary', description: '', docs: '', roles: [], properties: {} });

/** Tells what a reader of the last phase is given. */
const last: Reader = {
  name: 'last',
  description: 'What was read before.',
  scope: 'final',
  types: [summary],
  actions: ['sts:GetCallerIdentity'],
  needs: { nodes: { SqsQueue: (node) => node } },
  read: ({ accounts, regions: read, read: nodesOf, isComplete }) =>
    Promise.resolve([
      {
        resource: 'Summary',
        state: 'complete',
        nodes: [],
        edges: [],
        gaps: [
          {
            place: { partition: 'aws', account: 'aws', region: 'global' },
            resource: 'Summary',
            action: 'sts:GetCallerIdentity',
            reason: 'notCollected',
            message: [
              ...accounts,
              ...read,
              ...nodesOf('SqsQueue').map(({ id }) => id),
              ...accounts.map((account) => String(isComplete?.(account, 'SqsQueue'))),
            ].join(' '),
          },
        ],
      },
    ]),
};

async function createQueue(credentials: typeof start, region: string, name: string): Promise<void> {
  const client = new SQSClient({ endpoint, region, credentials });
  await client.send(new CreateQueueCommand({ QueueName: name }));
  client.destroy();
}

async function createMember(): Promise<string> {
  const client = new OrganizationsClient({ endpoint, region: 'us-east-1', credentials: start });
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const made = await client.send(new CreateAccountCommand({ AccountName: 'member', Email: 'member@example.com' }));
  client.destroy();
  return made.CreateAccountStatus?.AccountId ?? '';
}

async function connect(settings: ConnectionSettings = {}) {
  return openConnection({ endpointUrl: endpoint, roleName, regions, ...settings }, { credentials: async () => start });
}

async function read(settings: ConnectionSettings = {}, signal?: AbortSignal) {
  const contents: ScopeContent[] = [];
  const result = await ingest({
    connection: await connect(settings),
    registry: { definitions: queues, readers: [organization, last] },
    log: quiet,
    now: () => new Date(readAt),
    onContent: (content) => {
      contents.push(content);
      return Promise.resolve();
    },
    ...(signal && { signal }),
  });
  const lines = contents.map(({ scope: { place, resource }, state, nodes }) =>
    [place.account, place.region, resource, state, ...nodes.map(({ id }) => id.split(':').at(-1))].join(' '),
  );
  return { contents, lines: lines.sort(), result };
}

quietSdk();

beforeAll(async () => {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
});

test('without an organization the one account is read', async () => {
  const { account } = await connect();

  const { lines } = await read();

  expect(lines).toEqual(
    [
      `${account} global AwsAccount complete`,
      `${account} global AwsRegion complete`,
      `${account} global CallerIdentity complete ${account}`,
      `${account} eu-west-1 SqsQueue complete`,
      `${account} us-east-1 SqsQueue complete`,
      'aws global Summary complete',
    ].sort(),
  );
});

test('an interrupted run ends soon, and what it did not read was skipped', async () => {
  const { contents, result } = await read({}, AbortSignal.abort());

  expect(contents.map(({ scope, state }) => [scope.place.region, scope.resource, state])).toEqual([
    ['global', 'AwsAccount', 'skipped'],
    ['global', 'CallerIdentity', 'skipped'],
    ['global', 'AwsRegion', 'skipped'],
    ['eu-west-1', 'SqsQueue', 'skipped'],
    ['us-east-1', 'SqsQueue', 'skipped'],
    ['global', 'Summary', 'skipped'],
  ]);
  expect(result.calls).toEqual({ [(await connect()).account]: {} });
});

describe('in an organization', () => {
  let member = '';

  beforeAll(async () => {
    member = await createMember();
    const inMember = await (await connect()).credentialsFor(member)();
    await createQueue(start, 'us-east-1', 'orders');
    await createQueue({ ...start, ...inMember }, 'us-east-1', 'bills');
    await createQueue({ ...start, ...inMember }, 'eu-west-1', 'letters');
  });

  test('an organization is read: each account, each region, each scope once', async () => {
    const { account: management } = await connect();

    const { lines, result, contents } = await read();

    expect(lines).toEqual(
      [
        `${management} global AwsAccount complete ${[management, member].sort().join(' ')}`,
        `${management} global AwsRegion complete`,
        `${management} global CallerIdentity complete ${management}`,
        `${management} eu-west-1 SqsQueue complete`,
        `${management} us-east-1 SqsQueue complete orders`,
        `${member} global AwsRegion complete`,
        `${member} global CallerIdentity complete ${member}`,
        `${member} eu-west-1 SqsQueue complete letters`,
        `${member} us-east-1 SqsQueue complete bills`,
        `aws global Summary complete`,
      ].sort(),
    );
    expect(result).toEqual({
      accounts: [management, member].sort(),
      gaps: 1,
      calls: {
        [management]: {
          // The emulator has none.
          'account:ListRegions': 1,
          'ec2:DescribeRegions': 1,
          'organizations:ListAccounts': 1,
          'sqs:GetQueueAttributes': 1,
          'sqs:ListQueueTags': 1,
          'sqs:ListQueues': 2,
        },
        [member]: {
          // The emulator has none.
          'account:ListRegions': 1,
          'ec2:DescribeRegions': 1,
          'sqs:GetQueueAttributes': 2,
          'sqs:ListQueueTags': 2,
          'sqs:ListQueues': 2,
          'sts:AssumeRole': 1,
        },
      },
    });
    const letters = contents.find(({ nodes }) => nodes.some(({ id }) => id.endsWith(':letters')));
    expect(letters?.edges).toEqual([
      { type: 'OWNS', from: member, to: `arn:aws:sqs:eu-west-1:${member}:letters`, properties: {} },
    ]);
    const told = contents.find(({ scope }) => scope.resource === 'Summary')?.gaps[0]?.message;
    expect(told?.split(' ')).toEqual([
      ...[management, member].sort(),
      ...regions,
      ...[
        `arn:aws:sqs:us-east-1:${management}:orders`,
        `arn:aws:sqs:us-east-1:${member}:bills`,
        `arn:aws:sqs:eu-west-1:${member}:letters`,
      ].sort(),
      'true',
      'true',
    ]);
  });

  test('the same answers give the same contents', async () => {
    const [one, other] = [await read(), await read()];

    const sorted = (contents: readonly ScopeContent[]) => contents.map((content) => JSON.stringify(content)).sort();
    expect(sorted(other.contents)).toEqual(sorted(one.contents));
  });

  test('without a role for the members their scopes say so, and the rest is read', async () => {
    const connection = await openConnection({ endpointUrl: endpoint, regions }, { credentials: async () => start });
    const contents: ScopeContent[] = [];

    await ingest({
      connection,
      registry: { definitions: queues, readers: [organization] },
      log: quiet,
      now: () => new Date(readAt),
      onContent: async (content) => void contents.push(content),
    });

    const ofMember = contents.filter(({ scope }) => scope.place.account === member);
    expect(ofMember.map(({ scope, state, gaps }) => [scope.place.region, scope.resource, state, gaps.length])).toEqual([
      ['global', 'CallerIdentity', 'skipped', 1],
      ['global', 'AwsRegion', 'skipped', 1],
      ['eu-west-1', 'SqsQueue', 'skipped', 1],
      ['us-east-1', 'SqsQueue', 'skipped', 1],
    ]);
    expect(ofMember[2]?.gaps).toEqual([
      {
        place: { partition: 'aws', account: member, region: 'eu-west-1' },
        resource: 'SqsQueue',
        action: 'sts:AssumeRole',
        reason: 'notCollected',
        message: 'no role to assume in other accounts is configured',
      },
    ]);
  });

  test('a region that is not enabled, and an account that is not there, are said to be so', async () => {
    const away = '999999999999';

    const { lines } = await read({ regions: ['us-east-1', 'xx-nowhere-1'], accounts: [member, away] });

    expect(lines.filter((line) => line.startsWith(member) || line.startsWith(away))).toEqual(
      [
        `${member} global AwsRegion complete`,
        `${member} global CallerIdentity complete ${member}`,
        `${member} us-east-1 SqsQueue complete bills`,
        `${member} xx-nowhere-1 SqsQueue regionDisabled`,
        `${away} global AwsRegion detached`,
        `${away} global CallerIdentity detached ${away}`,
        `${away} us-east-1 SqsQueue detached`,
        `${away} xx-nowhere-1 SqsQueue detached`,
      ].sort(),
    );
  });
});
