import { type Scope, type ScopeContent, scopeKey } from '@ag/model';
import { type Action, defineResource, string } from '@ag/resource';
import { afterEach, expect, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { createEmptyPlaces } from './empty-places.ts';
import { ingest } from './ingest.ts';
import { inputOf, json } from './stub-answers.ts';
import { type StubAnswer, type StubAws, type StubCall, startStubAws } from './stub-aws.ts';
import { createVirtualClock } from './virtual-clock.ts';

const account = '111122223333';
const place = (region: string) => ({ partition: 'aws', account, region });
const view = `arn:aws:resource-explorer-2:us-east-1:${account}:view/all/1`;
const old = '2026-01-01T00:00:00Z';
const stubs: StubAws[] = [];

afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

type Answers = Readonly<Record<string, (call: StubCall) => StubAnswer>>;

/** An account whose index holds one queue in Ireland, and nothing in Frankfurt. */
const account1: Answers = {
  '/ListIndexes': () =>
    json({
      Indexes: [
        { Region: 'us-east-1', Type: 'AGGREGATOR' },
        { Region: 'eu-west-1', Type: 'LOCAL' },
        { Region: 'eu-central-1', Type: 'LOCAL' },
      ],
    }),
  '/GetIndex': () => json({ State: 'ACTIVE', CreatedAt: old, LastUpdatedAt: old }),
  '/GetDefaultView': () => json({ ViewArn: view }),
  '/GetView': () => json({ View: { ViewArn: view, Filters: { FilterString: '' } } }),
  '/ListSupportedResourceTypes': () =>
    json({
      ResourceTypes: ['sqs:queue', 'lambda:function', 'states:stateMachine', 'ec2:vpc'].map((ResourceType) => ({
        ResourceType,
      })),
    }),
  '/Search': ({ body }) => {
    const isIreland = inputOf(body)['QueryString'] === 'region:eu-west-1';
    const Resources = isIreland ? [{ ResourceType: 'sqs:queue' }] : [];
    return json({ Resources, Count: { TotalResources: Resources.length, Complete: true } });
  },
};

async function open(answers: Answers = account1, known: readonly Scope[] | undefined = []) {
  const stub = await startStubAws((call) => answers[call.path]?.(call) ?? json({}, 404));
  stubs.push(stub);
  const clients = createAwsClients({
    clock: createVirtualClock(),
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
      invalidate: () => undefined,
    },
  });
  const keys = new Set(known.map(scopeKey));
  const places = createEmptyPlaces({
    clients,
    connection: { name: 'default', defaultRegion: 'us-east-1' },
    knownBefore: (scope) => keys.has(scopeKey(scope)),
    now: () => '2026-11-24T08:00:00Z',
  });
  const isEmpty = (region: string, label: string, action: Action) =>
    places.isEmpty(place(region), define(label, action));
  return { isEmpty, calls: () => clients.counter.counts()[account] ?? {}, clients };
}

/** None that could be asked: whoever asks it fails. */
class Client {}

function define(label: string, action: Action, scope: 'regional' | 'global' = 'regional') {
  return defineResource(label, { description: '', docs: '', scope, client: Client })
    .list(action, async function* () {
      await Promise.resolve();
      yield '';
    })
    .node(({ item }) => item, { name: string('', ({ item }) => item) });
}

test('a region where the index has nothing of a service is empty of its types, and one where it has something is not', async () => {
  const { isEmpty, calls } = await open();

  const found = await Promise.all([
    isEmpty('eu-central-1', 'SqsQueue', 'sqs:ListQueues'),
    isEmpty('eu-central-1', 'LambdaFunction', 'lambda:ListFunctions'),
    isEmpty('eu-central-1', 'StatesStateMachine', 'states:ListStateMachines'),
    isEmpty('eu-west-1', 'SqsQueue', 'sqs:ListQueues'),
    isEmpty('eu-west-1', 'LambdaFunction', 'lambda:ListFunctions'),
  ]);

  expect(found).toEqual([true, true, true, false, true]);
  // Four for the account, its own index among them, and two for each region, however many scopes ask.
  expect(calls()).toEqual({
    'resource-explorer-2:GetDefaultView': 1,
    'resource-explorer-2:GetIndex': 3,
    'resource-explorer-2:GetView': 1,
    'resource-explorer-2:ListIndexes': 1,
    'resource-explorer-2:ListSupportedResourceTypes': 1,
    'resource-explorer-2:Search': 2,
  });
});

test('a scope of which anything was known is read, since the index is late', async () => {
  const known = { connection: 'default', place: place('eu-central-1'), resource: 'SqsQueue' };
  const { isEmpty } = await open(account1, [known]);

  expect(await isEmpty('eu-central-1', 'SqsQueue', 'sqs:ListQueues')).toBe(false);
  expect(await isEmpty('eu-central-1', 'LambdaFunction', 'lambda:ListFunctions')).toBe(true);
});

test('types that the index does not know, and services whose listings hold more than an account owns, are read', async () => {
  const { isEmpty } = await open();

  expect(await isEmpty('eu-central-1', 'LambdaLayer', 'lambda:ListLayers')).toBe(false);
  expect(await isEmpty('eu-central-1', 'Ec2Vpc', 'ec2:DescribeVpcs')).toBe(false);
});

test('a region without an index of its own is read', async () => {
  const { isEmpty } = await open();

  expect(await isEmpty('eu-north-1', 'SqsQueue', 'sqs:ListQueues')).toBe(false);
});

test.each<[string, Answers]>([
  ['it may not be asked', { '/ListIndexes': () => json({ __type: 'AccessDeniedException' }, 403) }],
  ['there is none', { '/ListIndexes': () => json({ Indexes: [] }) }],
  ['none holds all regions', { '/ListIndexes': () => json({ Indexes: [{ Region: 'eu-central-1', Type: 'LOCAL' }] }) }],
  ['it is not active', { '/GetIndex': () => json({ State: 'UPDATING', CreatedAt: old }) }],
  [
    'that of the region is not active',
    { '/GetIndex': ({ region }) => json({ State: region === 'us-east-1' ? 'ACTIVE' : 'DELETED', CreatedAt: old }) },
  ],
  ['it was made yesterday', { '/GetIndex': () => json({ State: 'ACTIVE', CreatedAt: '2026-11-23T08:00:00Z' }) }],
  [
    'it was made to hold all regions yesterday',
    { '/GetIndex': () => json({ State: 'ACTIVE', CreatedAt: old, LastUpdatedAt: '2026-11-23T08:00:00Z' }) },
  ],
  ['it does not say since when', { '/GetIndex': () => json({ State: 'ACTIVE' }) }],
  ['it has no view', { '/GetDefaultView': () => json({}) }],
  ['its view leaves things out', { '/GetView': () => json({ View: { Filters: { FilterString: 'service:ec2' } } }) }],
  [
    'it tells a part only',
    { '/Search': () => json({ Resources: [], Count: { TotalResources: 1000, Complete: false } }) },
  ],
  ['it does not say whether it tells all', { '/Search': () => json({ Resources: [] }) }],
  ['it breaks', { '/Search': () => json({ __type: 'InternalServerException' }, 500) }],
])('an index proves nothing where %s, and nothing is thrown', async (_, changed) => {
  const { isEmpty } = await open({ ...account1, ...changed });

  expect(await isEmpty('eu-central-1', 'SqsQueue', 'sqs:ListQueues')).toBe(false);
});

test('who does not know what was there before asks nothing', async () => {
  const { clients, calls } = await open();
  const connection = { name: 'default', defaultRegion: 'us-east-1' };
  const places = createEmptyPlaces({ clients, connection, now: () => '2026-11-24T08:00:00Z' });

  expect(await places.isEmpty(place('eu-central-1'), define('SqsQueue', 'sqs:ListQueues'))).toBe(false);
  expect(calls()).toEqual({});
});

test('what has no region is never skipped', async () => {
  const { clients } = await open();
  const places = createEmptyPlaces({
    clients,
    connection: { name: 'default', defaultRegion: 'us-east-1' },
    knownBefore: () => false,
    now: () => '2026-11-24T08:00:00Z',
  });

  expect(await places.isEmpty(place('eu-central-1'), define('SqsQueue', 'sqs:ListQueues', 'global'))).toBe(false);
});

test('a collection takes an empty place for a complete and empty scope, without asking the service', async () => {
  const stub = await startStubAws((call) => {
    if (call.path !== '/listRegions') return account1[call.path]?.(call) ?? json({}, 404);
    return json({ Regions: [{ RegionName: 'eu-central-1', RegionOptStatus: 'ENABLED' }] });
  });
  stubs.push(stub);
  const contents: ScopeContent[] = [];

  await ingest({
    connection: {
      name: 'default',
      account,
      partition: 'aws',
      defaultRegion: 'us-east-1',
      endpointUrl: stub.url,
      settings: {},
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
      invalidate: () => undefined,
      assumptions: () => 0,
    },
    registry: { definitions: [define('SqsQueue', 'sqs:ListQueues')], readers: [] },
    clock: createVirtualClock(),
    log: { info: () => undefined, warn: () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
    knownBefore: () => false,
    onContent: async (content) => void contents.push(content),
  });

  expect(contents.filter(({ scope }) => scope.resource === 'SqsQueue')).toEqual([
    {
      scope: { connection: 'default', place: place('eu-central-1'), resource: 'SqsQueue' },
      state: 'complete',
      readAt: '2026-11-24T08:00:00.000Z',
      nodes: [],
      edges: [],
      gaps: [],
    },
  ]);
});
