import { registry } from '@ag/collectors';
import { expect, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { readDefinition } from './read-definition.ts';
import { account, gapsOf, place } from './read-from-stub.ts';
import { type StubCall, startStubAws } from './stub-aws.ts';

const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});
const escaped = document.replaceAll('"', '&quot;');

/** The body of a success, or an answer of another kind. */
type Text = string | { readonly status?: number; readonly type?: string; readonly body: string };

/** Reads one kind of resource where answers are XML; what is `undefined` is denied. */
async function read(label: string, answer: (call: StubCall) => Text | undefined) {
  const stub = await startStubAws((call) => {
    const value = answer(call);
    if (value === undefined) return { status: 403, body: error('AccessDenied') };
    return typeof value === 'string' ? { body: value } : value;
  });
  const clients = createAwsClients({
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' }),
      invalidate: () => undefined,
    },
  });
  const scope = clients.openScope(place);
  const definition = registry.definitions.find((one) => one.label === label);
  if (!definition) throw new Error(label);
  const part = await readDefinition(definition, { client: scope.client(definition.client), place });
  scope.close();
  clients.close();
  await stub.stop();
  const [node] = part.nodes;
  return {
    properties: node?.properties,
    gaps: gapsOf([part]),
    edges: part.edges.filter(({ type }) => type !== 'HAS_STATEMENT').map(({ type, to }) => `${type} ${to}`),
  };
}

function error(code: string): string {
  return `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error><Code>${code}</Code></ErrorResponse>`;
}

const bucket = 'traces--euw1-az1--x-s3';

test('a directory bucket is asked without opening a session', async () => {
  const asked: string[] = [];
  const answer = (call: StubCall) => {
    asked.push(call.path);
    if (call.path.includes('policy')) return { type: 'application/json', body: document };
    if (call.path.includes('encryption')) {
      return '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>';
    }
    return `<ListAllMyDirectoryBucketsResult><Buckets><Bucket><Name>${bucket}</Name></Bucket></Buckets></ListAllMyDirectoryBucketsResult>`;
  };

  expect(await read('S3DirectoryBucket', answer)).toEqual({
    properties: {
      arn: `arn:aws:s3express:eu-west-1:${account}:bucket/${bucket}`,
      account,
      region: 'eu-west-1',
      name: bucket,
      zoneId: 'euw1-az1',
      encryptionAlgorithm: 'AES256',
      resourcePolicy: document,
    },
    gaps: [],
    edges: [],
  });
  expect(asked.slice(1)).toEqual([`/${bucket}/?policy=`, `/${bucket}/?encryption=`]);
});

test('an access point’s policy is found, absent, or denied', async () => {
  const point = `arn:aws:s3:eu-west-1:${account}:accesspoint/p`;
  const answer = (policy: Text | undefined) => (call: StubCall) => {
    if (call.path.includes('/policy')) return policy;
    if (call.path.includes('/tags')) return '<ListTagsForResourceResult><Tags/></ListTagsForResourceResult>';
    if (/accesspoint\/p/.test(call.path)) return '<GetAccessPointResult><Name>p</Name></GetAccessPointResult>';
    return `<ListAccessPointsResult><AccessPointList><AccessPoint><Name>p</Name><Bucket>b</Bucket><NetworkOrigin>Internet</NetworkOrigin><AccessPointArn>${point}</AccessPointArn></AccessPoint></AccessPointList></ListAccessPointsResult>`;
  };
  const found = await read(
    'S3AccessPoint',
    answer(`<GetAccessPointPolicyResult><Policy>${escaped}</Policy></GetAccessPointPolicyResult>`),
  );
  const absent = await read('S3AccessPoint', answer({ status: 404, body: error('NoSuchAccessPointPolicy') }));
  const denied = await read('S3AccessPoint', answer(undefined));

  expect(found).toMatchObject({
    properties: { accessPointPolicy: document },
    gaps: [],
    edges: ['LEADS_TO arn:aws:s3:::b'],
  });
  expect([absent.properties?.['accessPointPolicy'], absent.properties?.['unread'], absent.gaps]).toEqual([
    undefined,
    undefined,
    [],
  ]);
  expect([denied.properties?.['unreadPolicies'], denied.gaps]).toEqual([
    ['accessPoint'],
    [`s3:GetAccessPointPolicy denied ${point}`],
  ]);
});

const topic = `arn:aws:sns:eu-west-1:${account}:alerts`;

test('a topic keeps its policy, and a denied attribute call is a gap', async () => {
  const answer = (attributes: string | undefined) => (call: StubCall) => {
    if (call.body.includes('GetTopicAttributes')) return attributes;
    if (call.body.includes('ListTagsForResource')) {
      return '<ListTagsForResourceResponse><ListTagsForResourceResult><Tags/></ListTagsForResourceResult></ListTagsForResourceResponse>';
    }
    return `<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>${topic}</TopicArn></member></Topics></ListTopicsResult></ListTopicsResponse>`;
  };
  const found = await read(
    'SnsTopic',
    answer(
      `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>${escaped}</value></entry><entry><key>KmsMasterKeyId</key><value>alias/aws/sns</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`,
    ),
  );
  const denied = await read('SnsTopic', answer(undefined));

  expect([found.properties?.['resourcePolicy'], found.gaps, found.edges]).toEqual([
    document,
    [],
    [`ENCRYPTED_WITH arn:aws:kms:eu-west-1:${account}:alias/aws/sns`],
  ]);
  expect([denied.properties?.['unreadPolicies'], denied.gaps]).toEqual([
    ['resource'],
    [`sns:GetTopicAttributes denied ${topic}`],
  ]);
});

test('an address of a subscription that is no ARN is not kept, nor one that nobody confirmed', async () => {
  const member = (arn: string, endpoint: string) =>
    `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>https</Protocol><Endpoint>${endpoint}</Endpoint><TopicArn>${topic}</TopicArn></member>`;
  const { properties, edges } = await read(
    'SnsSubscription',
    () =>
      `<ListSubscriptionsResponse><ListSubscriptionsResult><Subscriptions>${member('PendingConfirmation', 'https://x.example')}${member(`${topic}:1`, 'https://user:password@x.example')}</Subscriptions></ListSubscriptionsResult></ListSubscriptionsResponse>`,
  );

  expect([JSON.stringify(properties).includes('password'), edges]).toEqual([false, [`SUBSCRIBED_TO ${topic}`]]);
});

const snapshot = `arn:aws:rds:eu-west-1:${account}:snapshot:s`;

test('who may restore a snapshot: accounts, everybody, or nobody knows', async () => {
  const answer =
    (values: string | undefined, type = 'manual') =>
    (call: StubCall) => {
      if (call.body.includes('Attributes')) {
        if (values === undefined) return undefined;
        return `<DescribeDBSnapshotAttributesResponse><DescribeDBSnapshotAttributesResult><DBSnapshotAttributesResult><DBSnapshotAttributes><DBSnapshotAttribute><AttributeName>restore</AttributeName><AttributeValues>${values}</AttributeValues></DBSnapshotAttribute></DBSnapshotAttributes></DBSnapshotAttributesResult></DescribeDBSnapshotAttributesResult></DescribeDBSnapshotAttributesResponse>`;
      }
      return `<DescribeDBSnapshotsResponse><DescribeDBSnapshotsResult><DBSnapshots><DBSnapshot><DBSnapshotArn>${snapshot}</DBSnapshotArn><DBSnapshotIdentifier>s</DBSnapshotIdentifier><SnapshotType>${type}</SnapshotType></DBSnapshot></DBSnapshots></DescribeDBSnapshotsResult></DescribeDBSnapshotsResponse>`;
    };
  const shared = await read('RdsSnapshot', answer('<AttributeValue>444455556666</AttributeValue>'));
  const open = await read('RdsSnapshot', answer('<AttributeValue>all</AttributeValue>'));
  const denied = await read('RdsSnapshot', answer(undefined));
  const automated = await read('RdsSnapshot', answer(undefined, 'automated'));

  expect(
    [shared, open, denied, automated].map(({ properties, edges, gaps }) => [properties?.['isPublic'], edges, gaps]),
  ).toEqual([
    [false, ['SHARED_WITH 444455556666'], []],
    [true, [], []],
    [undefined, [], [`rds:DescribeDBSnapshotAttributes denied ${snapshot}`]],
    [false, [], []],
  ]);
});
