import type { JsonDocument } from './document.ts';

type Statements = JsonDocument['Statement'];

const verbs = (services: readonly string[], patterns: readonly string[]): readonly string[] =>
  services.flatMap((service) => patterns.map((pattern) => `${service}:${pattern}`));

const readers = verbs(
  [
    'acm', 'apigateway', 'athena', 'autoscaling', 'backup', 'cloudformation', 'cloudfront', 'cloudtrail', 'cloudwatch',
    'codebuild', 'codecommit', 'config', 'dynamodb', 'ec2', 'ecr', 'ecs', 'eks', 'elasticache', 'elasticfilesystem',
    'elasticloadbalancing', 'es', 'events', 'firehose', 'glue', 'guardduty', 'iam', 'inspector2', 'kinesis', 'kms',
    'lambda', 'logs', 'organizations', 'ram', 'rds', 'redshift', 'route53', 's3', 'secretsmanager', 'securityhub',
    'sns', 'sqs', 'ssm', 'states', 'sts', 'tag', 'wafv2', 'xray',
  ],
  ['Describe*', 'List*'],
); // prettier-ignore

/**
 * Policies that AWS manages, each shortened but in its real form: its statements, their order and their conditions.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManaged: Readonly<Record<string, Statements>> = {
  AdministratorAccess: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: [
        'account:GetAccountInformation', 'account:GetPrimaryEmail', 'account:ListRegions', 'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization',
      ], // prettier-ignore
      Resource: '*',
    },
  ],
  ReadOnlyAccess: [
    {
      Sid: 'ReadOnlyActionsGroup1',
      Effect: 'Allow',
      Action: [
        ...readers, 'dynamodb:BatchGet*', 'dynamodb:Get*', 'dynamodb:Query', 'dynamodb:Scan', 'ec2:Get*', 'ecr:BatchGet*',
        'ecr:Get*', 'events:Test*', 'glue:BatchGetPartition', 'glue:Get*', 'iam:Generate*', 'iam:Get*', 'kms:Get*',
        'lambda:Get*', 'logs:FilterLogEvents', 'logs:Get*', 's3:Get*', 'secretsmanager:GetResourcePolicy', 'sns:Check*',
        'sns:Get*', 'sqs:Get*', 'sqs:Receive*', 'ssm:Get*', 'sts:GetAccessKeyInfo', 'sts:GetCallerIdentity',
        'sts:GetSessionToken', 'tag:Get*',
      ], // prettier-ignore
      Resource: '*',
    },
  ],
  SecurityAudit: [
    {
      Sid: 'BaseSecurityAuditStatement',
      Effect: 'Allow',
      Action: [
        ...readers.filter((name) => name.endsWith(':List*')), 'dynamodb:DescribeTable', 'ec2:Describe*',
        'ecr:GetRepositoryPolicy', 'iam:GenerateCredentialReport', 'iam:Get*', 'iam:SimulatePrincipalPolicy',
        'kms:Describe*', 'kms:GetKeyPolicy', 'lambda:GetPolicy', 's3:GetAccountPublicAccessBlock', 's3:GetBucketAcl',
        's3:GetBucketPolicy', 's3:GetBucketTagging', 's3:GetObjectAcl', 'secretsmanager:GetResourcePolicy',
        'sns:GetTopicAttributes', 'sqs:GetQueueAttributes', 'ssm:DescribeParameters',
      ], // prettier-ignore
      Resource: '*',
    },
    {
      Sid: 'APIGatewayAccess',
      Effect: 'Allow',
      Action: ['apigateway:GET'],
      Resource: ['arn:aws:apigateway:*::/apis', 'arn:aws:apigateway:*::/restapis', 'arn:aws:apigateway:*::/restapis/*'],
    },
  ],
  ViewOnlyAccess: [
    {
      Effect: 'Allow',
      Action: [...readers.filter((_, index) => index % 3 === 0), 's3:ListAllMyBuckets', 's3:ListBucket'],
      Resource: '*',
    },
  ],
  AmazonS3ReadOnlyAccess: [
    {
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
      Resource: '*',
    },
  ],
  AmazonS3FullAccess: [{ Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' }],
  AmazonSQSFullAccess: [{ Action: ['sqs:*'], Effect: 'Allow', Resource: '*' }],
  AmazonSNSReadOnlyAccess: [{ Effect: 'Allow', Action: ['sns:GetTopicAttributes', 'sns:List*'], Resource: '*' }],
  AmazonDynamoDBReadOnlyAccess: [
    {
      Action: [
        'dynamodb:BatchGetItem', 'dynamodb:Describe*', 'dynamodb:List*', 'dynamodb:GetItem', 'dynamodb:Query',
        'dynamodb:Scan', 'iam:GetRole', 'iam:ListRoles', 'kms:DescribeKey', 'kms:ListAliases', 'sns:ListTopics',
      ], // prettier-ignore
      Effect: 'Allow',
      Resource: '*',
    },
    {
      Action: ['cloudwatch:GetInsightRuleReport'],
      Effect: 'Allow',
      Resource: 'arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*',
    },
  ],
  AmazonEC2ReadOnlyAccess: [
    { Effect: 'Allow', Action: ['ec2:Describe*', 'ec2:GetSecurityGroupsForVpc'], Resource: '*' },
    { Effect: 'Allow', Action: ['elasticloadbalancing:Describe*', 'autoscaling:Describe*'], Resource: '*' },
  ],
  AWSLambdaBasicExecutionRole: [
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
  ],
  AWSLambda_FullAccess: [
    {
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStacks', 'ec2:DescribeSubnets', 'iam:ListRoles', 'kms:ListAliases', 'lambda:*'],
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: '*',
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
    {
      Effect: 'Allow',
      Action: ['logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
      Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/*',
    },
  ],
  AmazonSSMManagedInstanceCore: [
    {
      Effect: 'Allow',
      Action: [
        'ssm:DescribeAssociation',
        'ssm:GetDocument',
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:PutInventory',
      ],
      Resource: '*',
    },
    { Effect: 'Allow', Action: ['ssmmessages:CreateControlChannel', 'ssmmessages:OpenDataChannel'], Resource: '*' },
    { Effect: 'Allow', Action: ['ec2messages:AcknowledgeMessage', 'ec2messages:GetMessages'], Resource: '*' },
  ],
  SecretsManagerReadWrite: [
    {
      Sid: 'BasePermissions',
      Effect: 'Allow',
      Action: ['secretsmanager:*', 'kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys', 'lambda:ListFunctions'],
      Resource: '*',
    },
    {
      Sid: 'LambdaPermissions',
      Effect: 'Allow',
      Action: ['lambda:AddPermission', 'lambda:CreateFunction', 'lambda:GetFunction', 'lambda:InvokeFunction'],
      Resource: 'arn:aws:lambda:*:*:function:SecretsManager*',
    },
  ],
  AWSKeyManagementServicePowerUser: [
    {
      Effect: 'Allow',
      Action: [
        'kms:CreateAlias', 'kms:CreateKey', 'kms:DeleteAlias', 'kms:Describe*', 'kms:GenerateRandom', 'kms:Get*',
        'kms:List*', 'kms:TagResource', 'kms:UntagResource', 'iam:ListGroups', 'iam:ListRoles', 'iam:ListUsers',
      ], // prettier-ignore
      Resource: '*',
    },
  ],
  IAMFullAccess: [
    {
      Effect: 'Allow',
      Action: [
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:ListRoots',
      ],
      Resource: '*',
    },
  ],
  IAMUserChangePassword: [
    { Effect: 'Allow', Action: ['iam:ChangePassword'], Resource: ['arn:aws:iam::*:user/${aws:username}'] },
    { Effect: 'Allow', Action: ['iam:GetAccountPasswordPolicy'], Resource: '*' },
  ],
  AWSSupportAccess: [{ Effect: 'Allow', Action: ['support:*'], Resource: '*' }],
};

/** Whose path is not `/`. */
const paths: Readonly<Record<string, string>> = {
  AWSLambdaBasicExecutionRole: '/service-role/',
  ViewOnlyAccess: '/job-function/',
};

/** Those that give nearly everything: few hold them. */
export const powerful: readonly string[] = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];

export function managedPath(name: string): string {
  return paths[name] ?? '/';
}

export function managedArn(name: string): string {
  return `arn:aws:iam::aws:policy${managedPath(name)}${name}`;
}
