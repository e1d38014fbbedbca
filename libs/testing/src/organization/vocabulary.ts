import type { ResourceLabel } from './plan-resources.ts';

/** What is done with a kind of resource: actions on itself, and on what is in it by the ARN's ending. */
export interface Vocabulary {
  readonly service: string;
  readonly actions: readonly string[];
  /** Objects of a bucket, items behind an access point: `/*`. */
  readonly inside?: { readonly ending: string; readonly actions: readonly string[] };
}

/** What policies and questions speak of, by the kind of resource. */
export const vocabularies: Partial<Record<ResourceLabel | 'IamRole' | 'IamUser' | 'LogGroup', Vocabulary>> = {
  S3Bucket: {
    service: 's3',
    actions: ['s3:ListBucket', 's3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucket', 's3:GetBucketAcl'],
    inside: {
      ending: '/*',
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectTagging', 's3:PutObjectAcl'],
    },
  },
  S3AccessPoint: {
    service: 's3',
    actions: ['s3:ListBucket', 's3:GetAccessPoint', 's3:GetAccessPointPolicy'],
    inside: { ending: '/object/*', actions: ['s3:GetObject', 's3:PutObject'] },
  },
  KmsKey: {
    service: 'kms',
    actions: [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:DescribeKey',
      'kms:CreateGrant',
      'kms:PutKeyPolicy',
    ],
  },
  SqsQueue: {
    service: 'sqs',
    actions: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:PurgeQueue'],
  },
  SnsTopic: {
    service: 'sns',
    actions: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes', 'sns:DeleteTopic'],
  },
  SecretsManagerSecret: {
    service: 'secretsmanager',
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:DescribeSecret'],
  },
  LambdaFunction: {
    service: 'lambda',
    actions: ['lambda:InvokeFunction', 'lambda:GetFunction', 'lambda:UpdateFunctionCode', 'lambda:DeleteFunction'],
  },
  DynamoDbTable: {
    service: 'dynamodb',
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:DeleteTable'],
  },
  SsmParameter: { service: 'ssm', actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'] },
  Ec2Instance: {
    service: 'ec2',
    actions: ['ec2:StartInstances', 'ec2:StopInstances', 'ec2:TerminateInstances', 'ec2:CreateTags'],
  },
  Ec2SecurityGroup: { service: 'ec2', actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:DeleteSecurityGroup'] },
  Ec2Subnet: { service: 'ec2', actions: ['ec2:DeleteSubnet', 'ec2:RunInstances'] },
  Ec2Vpc: { service: 'ec2', actions: ['ec2:DeleteVpc'] },
  EcrRepository: { service: 'ecr', actions: ['ecr:BatchGetImage', 'ecr:PutImage', 'ecr:DeleteRepository'] },
  EventBridgeEventBus: { service: 'events', actions: ['events:PutEvents', 'events:DescribeEventBus'] },
  EventBridgeRule: { service: 'events', actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets'] },
  GlueDatabase: { service: 'glue', actions: ['glue:GetDatabase', 'glue:DeleteDatabase', 'glue:GetTables'] },
  S3TablesTableBucket: { service: 's3tables', actions: ['s3tables:GetTableBucket', 's3tables:DeleteTableBucket'] },
  S3TablesTable: {
    service: 's3tables',
    actions: ['s3tables:GetTable', 's3tables:GetTableData', 's3tables:DeleteTable'],
  },
  EfsFileSystem: {
    service: 'elasticfilesystem',
    actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:DeleteFileSystem'],
  },
  StatesStateMachine: { service: 'states', actions: ['states:StartExecution', 'states:DeleteStateMachine'] },
  IamRole: { service: 'iam', actions: ['iam:PassRole', 'iam:GetRole', 'iam:AttachRolePolicy', 'sts:AssumeRole'] },
  IamUser: { service: 'iam', actions: ['iam:CreateAccessKey', 'iam:GetUser', 'iam:DeleteUser'] },
  // Nobody collects these; policies speak of them nonetheless.
  LogGroup: { service: 'logs', actions: ['logs:CreateLogStream', 'logs:FilterLogEvents', 'logs:DeleteLogGroup'] },
};

/** Actions without resource types, which only `*` grants. */
export const wildcardOnlyActions: readonly string[] = [
  's3:ListAllMyBuckets', 'kms:ListKeys', 'kms:CreateKey', 'sns:ListTopics', 'secretsmanager:ListSecrets', 'lambda:ListFunctions',
  'dynamodb:ListTables', 'ec2:DescribeInstances', 'iam:ListRoles', 'iam:ListUsers', 'ecr:GetAuthorizationToken',
  'secretsmanager:GetRandomPassword', 'sts:GetCallerIdentity', 'organizations:ListAccounts', 'cloudwatch:ListMetrics',
]; // prettier-ignore

/** Patterns that name several actions of a service, with wildcards at the end, inside, and of one character. */
export const actionPatterns: Readonly<Record<string, readonly string[]>> = {
  s3: [
    's3:*',
    's3:Get*',
    's3:List*',
    's3:*Object',
    's3:Get?bject',
    's3:*Bucket*',
    'S3:getobject',
    's3:Put*',
    's3:*Obj*Acl',
  ],
  kms: ['kms:*', 'kms:*crypt', 'kms:GenerateDataKey*', 'kms:Describe*', 'KMS:decrypt', 'kms:?ecrypt', 'kms:Re*'],
  sqs: ['sqs:*', 'sqs:*Message', 'sqs:Get*', 'SQS:SendMessage', 'sqs:?e*Message'],
  sns: ['sns:*', 'sns:Publish*', 'SNS:Subscribe', 'sns:Get*'],
  secretsmanager: ['secretsmanager:*', 'secretsmanager:Get*', 'secretsmanager:*Secret*'],
  lambda: ['lambda:*', 'lambda:Invoke*', 'lambda:Get*', 'lambda:*Function'],
  dynamodb: ['dynamodb:*', 'dynamodb:*Item', 'dynamodb:Query', 'dynamodb:S??n', 'dynamodb:Batch*'],
  ssm: ['ssm:*', 'ssm:Get*', 'ssm:*Parameter*'],
  ec2: ['ec2:*', 'ec2:Describe*', 'ec2:*Instances', 'ec2:St*Instances', 'ec2:Delete*'],
  ecr: ['ecr:*', 'ecr:BatchGet*', 'ecr:Get*'],
  events: ['events:*', 'events:Put*'],
  glue: ['glue:*', 'glue:Get*'],
  s3tables: ['s3tables:*', 's3tables:Get*'],
  elasticfilesystem: ['elasticfilesystem:*', 'elasticfilesystem:Client*'],
  states: ['states:*', 'states:Start*'],
  iam: ['iam:*', 'iam:Get*', 'iam:Pass*', 'iam:*Role', 'iam:List*'],
  sts: ['sts:*', 'sts:Assume*', 'sts:AssumeRole'],
  logs: ['logs:*', 'logs:Create*', 'logs:*LogEvents'],
};
