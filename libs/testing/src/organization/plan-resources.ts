import type { Choices } from './choices.ts';

export const regions: readonly string[] = ['eu-west-1', 'us-east-1', 'eu-central-1'];

/** The kinds of resource that are made, by their labels. */
export const resourceLabels = [
  'S3Bucket',
  'KmsKey',
  'SqsQueue',
  'SnsTopic',
  'SecretsManagerSecret',
  'LambdaFunction',
  'DynamoDbTable',
  'SsmParameter',
  'Ec2Instance',
  'Ec2SecurityGroup',
  'Ec2Subnet',
  'Ec2Vpc',
  'S3AccessPoint',
  'EcrRepository',
  'EventBridgeEventBus',
  'EventBridgeRule',
  'GlueDatabase',
  'ApiGatewayRestApi',
  'S3TablesTableBucket',
  'S3TablesTable',
  'EfsFileSystem',
  'StatesStateMachine',
  'RamResourceShare',
] as const;
export type ResourceLabel = (typeof resourceLabels)[number];

/** ARNs by label. What stands in another is listed after it. */
export type PlannedResources = Readonly<Record<ResourceLabel, readonly string[]>>;

/** How often each kind is there besides the buckets, as in a real account: many machines and functions, few buses. */
const weights: readonly (readonly [weight: number, label: Exclude<ResourceLabel, 'S3Bucket'>])[] = [
  [12, 'KmsKey'],
  [14, 'SqsQueue'],
  [10, 'SnsTopic'],
  [10, 'SecretsManagerSecret'],
  [14, 'LambdaFunction'],
  [10, 'DynamoDbTable'],
  [8, 'SsmParameter'],
  [12, 'Ec2Instance'],
  [8, 'Ec2SecurityGroup'],
  [6, 'Ec2Subnet'],
  [2, 'Ec2Vpc'],
  [4, 'S3AccessPoint'],
  [5, 'EcrRepository'],
  [2, 'EventBridgeEventBus'],
  [3, 'EventBridgeRule'],
  [2, 'GlueDatabase'],
  [2, 'ApiGatewayRestApi'],
  [1, 'S3TablesTableBucket'],
  [2, 'S3TablesTable'],
  [2, 'EfsFileSystem'],
  [2, 'StatesStateMachine'],
  [1, 'RamResourceShare'],
];

const words = ['orders', 'invoices', 'logs', 'assets', 'reports', 'events', 'backups', 'models'];

/** Names an account's resources: every kind once as far as there are so many, the others by weight. */
export function planResources(
  choices: Choices,
  account: { readonly id: string; readonly team: string },
  count: { readonly buckets: number; readonly others: number },
): PlannedResources {
  const planned: Record<ResourceLabel, string[]> = {
    S3Bucket: [], KmsKey: [], SqsQueue: [], SnsTopic: [], SecretsManagerSecret: [], LambdaFunction: [], DynamoDbTable: [],
    SsmParameter: [], Ec2Instance: [], Ec2SecurityGroup: [], Ec2Subnet: [], Ec2Vpc: [], S3AccessPoint: [], EcrRepository: [],
    EventBridgeEventBus: [], EventBridgeRule: [], GlueDatabase: [], ApiGatewayRestApi: [], S3TablesTableBucket: [],
    S3TablesTable: [], EfsFileSystem: [], StatesStateMachine: [], RamResourceShare: [],
  }; // prettier-ignore
  const add = (label: ResourceLabel): void => {
    const index = planned[label].length;
    planned[label].push(arnOf(choices, label, account, index, planned));
  };
  for (let index = 0; index < count.buckets; index++) add('S3Bucket');
  for (let index = 0; index < count.others; index++) add(weights[index]?.[1] ?? choices.weighted(weights));
  return planned;
}

function arnOf(
  choices: Choices,
  label: ResourceLabel,
  { id, team }: { readonly id: string; readonly team: string },
  index: number,
  planned: PlannedResources,
): string {
  const region = choices.one(regions);
  const at = (service: string): string => `arn:aws:${service}:${region}:${id}`;
  const word = choices.one(words);
  const name = `${word}-${index}`;
  switch (label) {
    case 'S3Bucket':
      return `arn:aws:s3:::acme-${team.toLowerCase()}-${name}-${id.slice(-6)}`;
    case 'KmsKey':
      return `${at('kms')}:key/${[8, 4, 4, 4, 12].map((length) => choices.hex(length)).join('-')}`;
    case 'SqsQueue':
      return `${at('sqs')}:${name}`;
    case 'SnsTopic':
      return `${at('sns')}:${name}`;
    case 'SecretsManagerSecret':
      return `${at('secretsmanager')}:secret:${team}/${name}-${choices.hex(6)}`;
    case 'LambdaFunction':
      return `${at('lambda')}:function:${name}`;
    case 'DynamoDbTable':
      return `${at('dynamodb')}:table/${name}`;
    case 'SsmParameter':
      return `${at('ssm')}:parameter/${team}/${name}`;
    case 'Ec2Instance':
      return `${at('ec2')}:instance/i-${choices.hex(17)}`;
    case 'Ec2SecurityGroup':
      return `${at('ec2')}:security-group/sg-${choices.hex(17)}`;
    case 'Ec2Subnet':
      return `${at('ec2')}:subnet/subnet-${choices.hex(17)}`;
    case 'Ec2Vpc':
      return `${at('ec2')}:vpc/vpc-${choices.hex(17)}`;
    case 'S3AccessPoint':
      return `${at('s3')}:accesspoint/${name}`;
    case 'EcrRepository':
      return `${at('ecr')}:repository/${team.toLowerCase()}/${name}`;
    case 'EventBridgeEventBus':
      return `${at('events')}:event-bus/${index === 0 ? 'default' : name}`;
    case 'EventBridgeRule':
      return `${at('events')}:rule/${name}`;
    case 'GlueDatabase':
      return `${at('glue')}:database/${word}_${index}`;
    case 'ApiGatewayRestApi':
      return `arn:aws:apigateway:${region}::/restapis/${choices.hex(10)}`;
    case 'S3TablesTableBucket':
      return `${at('s3tables')}:bucket/${name}`;
    case 'S3TablesTable':
      return `${planned.S3TablesTableBucket.at(-1) ?? `${at('s3tables')}:bucket/none`}/table/${choices.hex(8)}`;
    case 'EfsFileSystem':
      return `${at('elasticfilesystem')}:file-system/fs-${choices.hex(17)}`;
    case 'StatesStateMachine':
      return `${at('states')}:stateMachine:${name}`;
    case 'RamResourceShare':
      return `${at('ram')}:resource-share/${choices.hex(8)}-${choices.hex(4)}-${choices.hex(4)}-${choices.hex(12)}`;
  }
}
