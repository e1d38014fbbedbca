import { expect, test } from 'vitest';
import { account, failure, gapsOf, readFromStub } from './read-from-stub.ts';

const lambda = `arn:aws:lambda:eu-west-1:${account}`;
const intake = `${lambda}:function:intake`;
const role = `arn:aws:iam::${account}:role/intake`;
const canary = 'sk_live_canary';

function configuration(version: string) {
  const FunctionArn = version === '' ? intake : `${intake}:${version}`;
  return {
    ...{ FunctionName: 'intake', FunctionArn, Version: version === '' ? '$LATEST' : version, Role: role },
    ...{ Timeout: 30, MemorySize: 128, LastModified: '2026-09-01T10:00:00.000+0000', KMSKeyArn: '' },
    Environment: { Variables: { TOKEN: canary }, Error: { Message: canary } },
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    Layers: [{ Arn: 'arn:aws:lambda:eu-west-1:580247275435:layer:Insights:14' }],
  };
}

const list = { Functions: [configuration('')] };
const withVersions = { Functions: [configuration('$LATEST'), configuration('1'), configuration('2')] };
const policy = (resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', Resource: resource }],
  });

const answers = {
  'GET /2015-03-31/functions?MaxItems=50': list,
  'GET /2015-03-31/functions?FunctionVersion=ALL&MaxItems=50': withVersions,
  'GET /2015-03-31/functions/intake/policy': { Policy: policy(intake) },
  'GET /2015-03-31/functions/intake/policy?Qualifier=1': failure('ResourceNotFoundException'),
  'GET /2015-03-31/functions/intake/policy?Qualifier=2': { Policy: policy(`${intake}:2`) },
  'GET /2015-03-31/functions/intake/policy?Qualifier=live': failure('ResourceNotFoundException'),
  [`GET /2017-03-31/tags/${intake}`]: { Tags: { team: 'shop' } },
  'GET /2015-03-31/functions/intake/aliases?MaxItems=50': {
    Aliases: [
      {
        ...{ AliasArn: `${intake}:live`, Name: 'live', FunctionVersion: '2' },
        RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } },
      },
      { AliasArn: `${intake}:dev`, Name: 'dev', FunctionVersion: '$LATEST' },
    ],
  },
};

test('a function keeps its role, key, network and policy, and nothing of its environment', async () => {
  const { parts, asked } = await readFromStub(['LambdaFunction'], answers);

  expect(parts[0]?.nodes.filter(({ labels: [label] }) => label === 'LambdaFunction')).toEqual([
    {
      id: intake,
      labels: ['LambdaFunction', 'AwsResource'],
      aliases: [`${intake}:$LATEST`],
      properties: {
        ...{ account, region: 'eu-west-1', arn: intake, name: 'intake', roleArn: role, inVpc: true },
        ...{ architectures: [], timeoutSeconds: 30, memoryBytes: 134217728, modifiedAt: '2026-09-01T10:00:00.000Z' },
        ...{ tags: ['team=shop'], resourcePolicy: policy(intake) },
      },
    },
  ]);
  expect(parts[0]?.edges.map(({ type, to }) => `${type} ${to}`)).toEqual([
    `RUNS_AS ${role}`,
    'USES arn:aws:lambda:eu-west-1:580247275435:layer:Insights:14',
    'IN_SUBNET subnet-1',
    'IN_SECURITY_GROUP sg-1',
    `HAS_STATEMENT ${intake}#resource/0`,
  ]);
  expect(asked).toHaveLength(3);
  expect(JSON.stringify(parts)).not.toContain(canary);
});

test('a published version is listed with its own policy or none, and the unpublished one is the function', async () => {
  const { parts, asked } = await readFromStub(['LambdaFunctionVersion'], answers);
  const versions = parts[0]?.nodes.filter(({ labels: [label] }) => label === 'LambdaFunctionVersion') ?? [];

  expect(gapsOf(parts)).toEqual([]);
  expect(versions.map(({ id, properties }) => [id, properties['resourcePolicy']])).toEqual([
    [`${intake}:1`, undefined],
    [`${intake}:2`, policy(`${intake}:2`)],
  ]);
  expect(parts[0]?.edges.filter(({ type }) => type === 'RUNS_AS').map(({ from, to }) => [from, to])).toEqual([
    [`${intake}:1`, role],
    [`${intake}:2`, role],
  ]);
  expect(asked).toHaveLength(3);
  expect(JSON.stringify(parts)).not.toContain(canary);
});

test('an alias leads to each version that it stands for; one policy that is denied is a gap of that alias alone', async () => {
  const { parts } = await readFromStub(['LambdaFunctionAlias'], answers);

  expect(gapsOf(parts)).toEqual([`lambda:GetPolicy denied ${intake}:dev`]);
  expect(
    parts[0]?.nodes.map(({ id, properties }) => [id, properties['versions'], properties['unreadPolicies']]),
  ).toEqual([
    [`${intake}:live`, ['1', '2'], undefined],
    [`${intake}:dev`, ['$LATEST'], ['resource']],
  ]);
  expect(parts[0]?.edges.map(({ type, to }) => `${type} ${to}`)).toEqual([
    `ALIAS_OF ${intake}`,
    `POINTS_TO ${intake}:1`,
    `POINTS_TO ${intake}:2`,
    `ALIAS_OF ${intake}`,
  ]);
});

test('a URL that is open to anyone says so, and leads to what it calls', async () => {
  const url = 'https://abc.lambda-url.eu-west-1.on.aws/';
  const { parts } = await readFromStub(['LambdaFunctionUrl'], {
    ...answers,
    'GET /2021-10-31/functions/intake/urls?MaxItems=50': {
      FunctionUrlConfigs: [
        {
          ...{
            FunctionUrl: url,
            FunctionArn: `${intake}:live`,
            AuthType: 'NONE',
            CreationTime: '2026-09-01T10:00:00Z',
          },
          Cors: { AllowOrigins: ['*'], AllowCredentials: true },
        },
      ],
    },
  });

  expect(parts[0]?.nodes).toEqual([
    {
      id: url,
      labels: ['LambdaFunctionUrl', 'AwsResource'],
      properties: {
        ...{ account, region: 'eu-west-1', name: url, authType: 'NONE', createdAt: '2026-09-01T10:00:00.000Z' },
        ...{ allowedOrigins: ['*'], allowsCredentials: true },
      },
    },
  ]);
  expect(parts[0]?.edges).toEqual([{ type: 'INVOKES', from: url, to: `${intake}:live`, properties: {} }]);
});

test('every version of a layer has a policy of its own, and one that was denied is unread', async () => {
  const layer = `${lambda}:layer:tracing`;
  const { parts } = await readFromStub(['LambdaLayer', 'LambdaLayerVersion'], {
    'GET /2018-10-31/layers?MaxItems=50': {
      Layers: [
        { LayerName: 'tracing', LayerArn: layer, LatestMatchingVersion: { LayerVersionArn: `${layer}:3`, Version: 3 } },
      ],
    },
    'GET /2018-10-31/layers/tracing/versions?MaxItems=50': {
      LayerVersions: [3, 2, 1].map((Version) => ({ LayerVersionArn: `${layer}:${Version}`, Version })),
    },
    'GET /2018-10-31/layers/tracing/versions/3/policy': { Policy: policy(`${layer}:3`) },
    'GET /2018-10-31/layers/tracing/versions/2/policy': failure('ResourceNotFoundException'),
  });
  const versions = parts.flatMap(({ nodes }) => nodes).filter(({ labels: [label] }) => label === 'LambdaLayerVersion');

  expect(gapsOf(parts)).toEqual([`lambda:GetLayerVersionPolicy denied ${layer}:1`]);
  expect(
    versions.map(({ id, properties }) => [id, properties['resourcePolicy'], properties['unreadPolicies']]),
  ).toEqual([
    [`${layer}:3`, policy(`${layer}:3`), undefined],
    [`${layer}:2`, undefined, undefined],
    [`${layer}:1`, undefined, ['resource']],
  ]);
});

test('a region without functions is empty and known to be', async () => {
  const { parts } = await readFromStub(
    ['LambdaFunction', 'LambdaFunctionVersion', 'LambdaFunctionAlias', 'LambdaFunctionUrl'],
    {
      'GET /2015-03-31/functions?MaxItems=50': { Functions: [] },
      'GET /2015-03-31/functions?FunctionVersion=ALL&MaxItems=50': { Functions: [] },
    },
  );

  expect(parts.map(({ state, nodes }) => [state, nodes.length])).toEqual(Array(4).fill(['complete', 0]));
});
