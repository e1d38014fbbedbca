import type { ConnectionSettings } from '@ag/connect';
import { afterEach, expect, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { findRegions } from './find-regions.ts';
import { type StubAnswer, type StubAws, startStubAws } from './stub-aws.ts';
import { createVirtualClock } from './virtual-clock.ts';

const account = '111122223333';
const stubs: StubAws[] = [];
const place = { partition: 'aws', account, region: 'global' };

afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

type Answer = StubAnswer | ((body: string) => StubAnswer);

/** Finds the regions where the two calls are answered so. */
async function find({ list, describe = denied }: { list: Answer; describe?: Answer }, regions?: readonly string[]) {
  const stub = await startStubAws(({ path, body }) => {
    const answer = path === '/listRegions' ? list : describe;
    return typeof answer === 'function' ? answer(body) : answer;
  });
  stubs.push(stub);
  const clients = createAwsClients({
    clock: createVirtualClock(),
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
      invalidate: () => undefined,
    },
  });
  const settings: ConnectionSettings = regions ? { regions } : {};
  const found = await findRegions(
    { settings, defaultRegion: 'eu-central-1', partition: 'aws' },
    account,
    clients.openScope({ account, region: 'us-east-1' }),
  );
  return { found, stub, calls: clients.counter.counts()[account] };
}

function listed(regions: Readonly<Record<string, string>>, NextToken?: string): StubAnswer {
  const Regions = Object.entries(regions).map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }));
  return { type: 'application/json', body: JSON.stringify({ Regions, NextToken }) };
}

const denied: StubAnswer = {
  status: 403,
  body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not for you</Message></Error></Errors></Response>',
};
const deniedList: StubAnswer = {
  status: 403,
  type: 'application/json',
  body: '{"__type":"AccessDeniedException","message":"not for you"}',
};
const described: StubAnswer = {
  body: '<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>',
};
const complete = { resource: 'AwsRegion', state: 'complete', nodes: [], edges: [], gaps: [] } as const;

test('the regions are those that are enabled, and one that is being disabled, over all pages', async () => {
  const { found, stub, calls } = await find({
    list: (body) =>
      body.includes('second')
        ? listed({ 'eu-south-1': 'DISABLING', 'ap-east-1': 'DISABLED' })
        : listed({ 'us-east-1': 'ENABLED_BY_DEFAULT', 'me-south-1': 'ENABLED' }, 'second'),
  });

  expect(found).toEqual({ read: ['eu-south-1', 'me-south-1', 'us-east-1'], disabled: [], part: complete });
  expect(calls).toEqual({ 'account:ListRegions': 2 });
  expect(stub.calls.map(({ body }) => body)).toEqual(['{"MaxResults":50}', '{"MaxResults":50,"NextToken":"second"}']);
});

test('a region that is being enabled is not asked, and is said to be unread', async () => {
  const { found } = await find({ list: listed({ 'us-east-1': 'ENABLED_BY_DEFAULT', 'ap-east-1': 'ENABLING' }) });

  expect(found).toEqual({ read: ['us-east-1'], disabled: ['ap-east-1'], part: complete });
});

test('of named regions those are read that are enabled', async () => {
  const list = listed({ 'us-east-1': 'ENABLED_BY_DEFAULT', 'ap-east-1': 'DISABLED', 'eu-west-1': 'ENABLED' });

  const { found } = await find({ list }, ['us-east-1', 'us-east-1', 'ap-east-1']);

  expect(found).toEqual({ read: ['us-east-1'], disabled: ['ap-east-1'], part: complete });
});

test('where the account may not be asked EC2 is: the regions are known, and the denial is told', async () => {
  const { found } = await find({ list: deniedList, describe: described });

  expect(found).toEqual({
    read: ['eu-west-1', 'us-east-1'],
    disabled: [],
    part: {
      ...complete,
      gaps: [
        {
          place,
          resource: 'AwsRegion',
          action: 'account:ListRegions',
          arn: account,
          reason: 'denied',
          message: 'not for you',
        },
      ],
    },
  });
});

test('where the account’s listing only fails, EC2 answers for it and nothing is unknown', async () => {
  const unavailable: StubAnswer = {
    status: 500,
    type: 'application/json',
    body: '{"__type":"InternalServerException"}',
  };

  for (const list of [unavailable, 'reset', { status: 404, type: 'text/html', body: '<html>' }] as const) {
    const { found } = await find({ list, describe: described });

    expect(found).toEqual({ read: ['eu-west-1', 'us-east-1'], disabled: [], part: complete });
  }
});

test('where neither may be asked the named regions are read, else the SDK’s own, and both denials are told', async () => {
  const gaps = ['account:ListRegions', 'ec2:DescribeRegions'].map((action) => ({
    place,
    resource: 'AwsRegion',
    action,
    reason: 'denied',
    message: 'not for you',
  }));

  const none = await find({ list: deniedList });
  const two = await find({ list: deniedList }, ['eu-west-3', 'eu-west-1']);

  expect(none.found).toEqual({ read: ['eu-central-1'], disabled: [], part: { ...complete, state: 'denied', gaps } });
  expect(two.found.read).toEqual(['eu-west-1', 'eu-west-3']);
});

test('an empty answer is not an account without regions', async () => {
  const { found } = await find({ list: { type: 'application/json', body: '{}' } });

  expect(found.read).toEqual(['eu-central-1']);
  expect(found.part.gaps.map(({ action, reason }) => [action, reason])).toEqual([
    ['account:ListRegions', 'malformed'],
    ['ec2:DescribeRegions', 'denied'],
  ]);
});
