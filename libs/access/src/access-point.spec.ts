import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { type DocumentJson, GraphFixture, allow } from './graph-fixture.ts';

const home = '111122223333';
const other = '444455556666';
const point = `arn:aws:s3:eu-west-1:${home}:accesspoint/finance`;
const object = `${point}/object/2026/a.csv`;
const user = (name: string, account = home) => ({ AWS: `arn:aws:iam::${account}:user/${name}` });

function letsIn(principal: unknown, action: string, resource: string, more: object = {}): DocumentJson {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: resource, ...more }],
  };
}

/** The bucket leaves it to the access points of its account. */
const delegating = letsIn('*', 's3:*', 'arn:aws:s3:::ledger/*', {
  Condition: { StringEquals: { 's3:DataAccessPointAccount': home } },
});

interface World {
  readonly bucket?: DocumentJson;
  readonly point?: DocumentJson;
  readonly properties?: Record<string, string | boolean | string[]>;
  readonly withoutBucket?: boolean;
}

function world(options: World): GraphFixture {
  const graph = new GraphFixture().account(home).account(other);
  graph.user(home, 'clerk');
  graph.user(home, 'owner', { policies: { all: allow('s3:*', '*') } });
  graph.user(other, 'auditor', { policies: { all: allow('s3:*', '*') } });
  if (options.withoutBucket !== true) graph.bucket(home, 'ledger', options.bucket);
  graph.node(point, ['S3AccessPoint', 'AwsResource'], {
    account: home,
    bucketAccount: home,
    networkOrigin: 'Internet',
    ...(options.point && { accessPointPolicy: JSON.stringify(options.point) }),
    ...options.properties,
  });
  graph.edge('OWNS', home, point);
  graph.edge('LEADS_TO', point, 'arn:aws:s3:::ledger');
  return graph;
}

async function who(graph: GraphFixture, action: string, resource: string) {
  const index = await compile(graph.source());
  const { rows } = await index.whoCan({ action, resource });
  return Object.fromEntries(
    rows
      .filter(({ principal }) => !principal.id.endsWith(':root'))
      .map(({ principal, decision }) => [principal.id.slice(principal.id.lastIndexOf('/') + 1), decision.outcome]),
  );
}

const objects = `${point}/object/*`;

test('the access point’s policy lets in where the bucket delegates to it, and nobody else', async () => {
  const graph = world({ bucket: delegating, point: letsIn(user('clerk'), 's3:GetObject', objects) });

  expect(await who(graph, 's3:GetObject', object)).toEqual({ clerk: 'allowed', owner: 'allowed' });
});

test('another account needs both policies', async () => {
  const opens = letsIn(user('auditor', other), 's3:GetObject', objects);

  expect([
    await who(world({ bucket: delegating, point: opens }), 's3:GetObject', object),
    await who(world({ point: opens }), 's3:GetObject', object),
    await who(world({ bucket: delegating }), 's3:GetObject', object),
  ]).toEqual([{ auditor: 'allowed', owner: 'allowed' }, { owner: 'allowed' }, { owner: 'allowed' }]);
});

test('the bucket’s policy denies what the access point’s allows', async () => {
  const bucket: DocumentJson = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::ledger/2026/*' }],
  };
  const graph = world({ bucket, point: letsIn(user('clerk'), 's3:GetObject', objects) });

  expect([
    await who(graph, 's3:GetObject', object),
    await who(graph, 's3:GetObject', `${point}/object/2025/a.csv`),
  ]).toEqual([{}, { owner: 'allowed' }]);
});

test('its public access block counts, whatever the bucket’s says', async () => {
  const bucket = delegating;
  const opens = letsIn('*', 's3:GetObject', objects);
  const blocked = world({ bucket, point: opens, properties: { restrictsPublicBuckets: true } });
  const open = world({ bucket, point: opens, properties: { restrictsPublicBuckets: false } });

  expect([await who(blocked, 's3:GetObject', object), await who(open, 's3:GetObject', object)]).toEqual([
    { clerk: 'allowed', owner: 'allowed' },
    { '*': 'allowed', auditor: 'allowed', clerk: 'allowed', owner: 'allowed' },
  ]);
});

test('one that takes requests from a network only depends on where they come from', async () => {
  const properties = { networkOrigin: 'VPC', vpcId: 'vpc-1' };
  const graph = world({ bucket: delegating, point: letsIn(user('clerk'), 's3:GetObject', objects), properties });

  expect(await who(graph, 's3:GetObject', object)).toEqual({ clerk: 'conditional', owner: 'conditional' });
});

test('what of either side could not be read leaves it open', async () => {
  const pointUnread = world({
    bucket: delegating,
    properties: { unreadPolicies: ['accessPoint'], unread: ['s3:GetAccessPointPolicy'] },
  });
  const bucketUnread = world({ withoutBucket: true, point: letsIn(user('clerk'), 's3:GetObject', objects) });

  expect([
    (await who(pointUnread, 's3:GetObject', object))['clerk'],
    (await who(bucketUnread, 's3:GetObject', object))['clerk'],
  ]).toEqual(['unknown', 'unknown']);
});

test('the bucket’s policy has no say in who manages the access point', async () => {
  const graph = world({ bucket: letsIn(user('clerk'), 's3:*', '*') });

  expect(await who(graph, 's3:DeleteAccessPoint', point)).toEqual({ owner: 'allowed' });
});

test('a listing through it asks for the bucket behind it', async () => {
  const graph = world({
    bucket: letsIn(user('clerk'), 's3:ListBucket', 'arn:aws:s3:::ledger'),
    point: letsIn(user('clerk'), 's3:ListBucket', point),
  });

  expect(await who(graph, 's3:ListBucket', point)).toEqual({ clerk: 'allowed', owner: 'allowed' });
});
