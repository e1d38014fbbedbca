import { expect, test } from 'vitest';
import { account, failure, gapsOf, readFromStub } from './read-from-stub.ts';

const canary = 'northwind-canary';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const project = `arn:aws:codebuild:eu-west-1:${account}:project/build`;
const machine = `arn:aws:states:eu-west-1:${account}:stateMachine:fulfil`;
const parameter = `arn:aws:ssm:eu-west-1:${account}:parameter/shop`;
const trail = `arn:aws:cloudtrail:eu-west-1:${account}:trail/audit`;

const builds = {
  ListProjects: { projects: ['build'] },
  BatchGetProjects: {
    projects: [
      {
        ...{
          name: 'build',
          arn: project,
          serviceRole: role('build'),
          encryptionKey: 'alias/aws/s3',
          timeoutInMinutes: 60,
        },
        source: {
          type: 'GITHUB',
          location: `https://${canary}@github.com/x`,
          buildspec: canary,
          auth: { resource: canary },
        },
        environment: {
          privilegedMode: true,
          environmentVariables: [{ name: 'TOKEN', value: canary, type: 'PLAINTEXT' }],
        },
        buildBatchConfig: { serviceRole: role('batch') },
      },
    ],
  },
  GetResourcePolicy: failure('ResourceNotFoundException'),
};

test('a build project runs as its roles, and nothing of its environment, source or specification is kept', async () => {
  const { parts } = await readFromStub(['CodebuildProject'], builds);

  expect(parts[0]).toEqual({
    resource: 'CodebuildProject',
    state: 'complete',
    gaps: [],
    nodes: [
      {
        id: project,
        labels: ['CodebuildProject', 'AwsResource'],
        properties: {
          ...{ account, region: 'eu-west-1', arn: project, name: 'build', sourceType: 'GITHUB', privileged: true },
          ...{ timeoutSeconds: 3600, tags: [] },
        },
      },
    ],
    edges: [
      { type: 'RUNS_AS', from: project, to: role('build'), properties: {} },
      { type: 'RUNS_AS', from: project, to: role('batch'), properties: {} },
      { type: 'ENCRYPTED_WITH', from: project, to: `arn:aws:kms:eu-west-1:${account}:alias/aws/s3`, properties: {} },
    ],
  });
});

test('a project’s policy that is denied is unread, and projects that are not told are no empty list', async () => {
  const { GetResourcePolicy: _, ...denied } = builds;

  expect(gapsOf((await readFromStub(['CodebuildProject'], denied)).parts)).toEqual([
    `codebuild:GetResourcePolicy denied ${project}`,
  ]);
  expect(gapsOf((await readFromStub(['CodebuildProject'], { ...builds, BatchGetProjects: {} })).parts)).toEqual([
    'CodebuildProject unexpected',
    'codebuild:BatchGetProjects unexpected',
  ]);
});

test('a state machine runs as its role, and its definition is neither asked for nor kept', async () => {
  const questions: string[] = [];
  const { parts } = await readFromStub(['StatesStateMachine'], {
    ListStateMachines: {
      stateMachines: [{ stateMachineArn: machine, name: 'fulfil', type: 'EXPRESS', creationDate: 0 }],
    },
    DescribeStateMachine: ({ body }: { readonly body: string }) => {
      questions.push(body);
      return {
        stateMachineArn: machine,
        name: 'fulfil',
        roleArn: role('fulfil'),
        definition: canary,
        status: 'ACTIVE',
      };
    },
    ListTagsForResource: { tags: [{ key: 'team', value: 'shop' }] },
  });

  expect(questions).toEqual([JSON.stringify({ stateMachineArn: machine, includedData: 'METADATA_ONLY' })]);
  expect(parts[0]?.edges).toEqual([{ type: 'RUNS_AS', from: machine, to: role('fulfil'), properties: {} }]);
  expect(JSON.stringify(parts)).not.toContain(canary);
});

const statement = (name: string) => ({
  Effect: 'Allow',
  Principal: { AWS: name },
  Action: 'ssm:GetParameter',
  Resource: parameter,
});
const document = (name: string, Version = '2012-10-17') => JSON.stringify({ Version, Statement: [statement(name)] });

async function readParameter(policies: Readonly<Record<string, unknown>>) {
  const { parts, asked } = await readFromStub(['SsmParameter'], {
    DescribeParameters: {
      Parameters: [{ Name: '/shop', Type: 'SecureString', Tier: 'Advanced', KeyId: 'alias/aws/ssm' }],
    },
    GetResourcePolicies: policies,
    ListTagsForResource: { TagList: [] },
  });
  const node = parts[0]?.nodes.find(({ id }) => id === parameter);
  const { resourcePolicy, unreadPolicies } = node?.properties ?? {};
  return { asked, gaps: gapsOf(parts), policy: resourcePolicy, unread: unreadPolicies };
}

test('all policies of a parameter hold together; none is no policy, and a denied one is unread', async () => {
  expect(await readParameter({ Policies: [{ Policy: document('a') }, { Policy: document('b') }] })).toMatchObject({
    gaps: [],
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement('a'), statement('b')] }),
  });
  expect(await readParameter({ Policies: [] })).toMatchObject({ gaps: [], policy: undefined, unread: undefined });
  expect(await readParameter(failure('AccessDeniedException'))).toMatchObject({
    gaps: [`ssm:GetResourcePolicies denied ${parameter}`],
    unread: ['resource'],
  });
});

test('policies of two grammars are not joined, so the parameter’s policy is unread', async () => {
  const mixed = { Policies: [{ Policy: document('a') }, { Policy: document('b', '2008-10-17') }] };

  expect(await readParameter(mixed)).toMatchObject({
    gaps: [`ssm:GetResourcePolicies malformed ${parameter}`],
    policy: undefined,
    unread: ['resource'],
  });
});

test('a parameter of the standard tier cannot be shared, so nobody asks; its value is never asked for', async () => {
  const { parts, asked } = await readFromStub(['SsmParameter'], {
    DescribeParameters: { Parameters: [{ Name: 'plain', Type: 'String', Tier: 'Standard' }] },
    ListTagsForResource: { TagList: [{ Key: 'team', Value: 'shop' }] },
  });

  expect(gapsOf(parts)).toEqual([]);
  expect(parts[0]?.nodes[0]?.id).toBe(`arn:aws:ssm:eu-west-1:${account}:parameter/plain`);
  expect(asked).toEqual(['DescribeParameters', 'ListTagsForResource']);
});

const trails = {
  DescribeTrails: {
    trailList: [
      {
        ...{ Name: 'audit', TrailARN: trail, S3BucketName: 'logs', KmsKeyId: `arn:aws:kms:eu-west-1:${account}:key/1` },
        ...{ IsMultiRegionTrail: true, IsOrganizationTrail: true, CloudWatchLogsRoleArn: role('logs') },
      },
    ],
  },
  GetTrailStatus: { IsLogging: false, StopLoggingTime: 1788256800 },
  GetEventSelectors: { EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] },
  ListTags: { ResourceTagList: [{ ResourceId: trail, TagsList: [] }] },
};

test('a trail says whether it writes, what, where to, and under which key', async () => {
  const { parts } = await readFromStub(['CloudTrailTrail'], trails);

  expect(parts[0]?.nodes[0]?.properties).toMatchObject({
    ...{ isLogging: false, stoppedAt: '2026-09-01T10:00:00.000Z', managementEvents: 'WriteOnly', isOrganization: true },
  });
  expect(parts[0]?.edges.map(({ type, to }) => `${type} ${to}`)).toEqual([
    'WRITES_TO arn:aws:s3:::logs',
    `RUNS_AS ${role('logs')}`,
    `ENCRYPTED_WITH arn:aws:kms:eu-west-1:${account}:key/1`,
  ]);
});

test.each([
  ['None', { EventSelectors: [{ IncludeManagementEvents: false }] }],
  ['All', { EventSelectors: [{ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }] }],
  ['Selected', { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] }],
  ['All', { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }] }],
  ['None', { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] }],
])('a trail writes %s of the management events with %j', async (expected, GetEventSelectors) => {
  const { parts } = await readFromStub(['CloudTrailTrail'], { ...trails, GetEventSelectors });

  expect(parts[0]?.nodes[0]?.properties['managementEvents']).toBe(expected);
});
