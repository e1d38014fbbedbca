import type { DataAssets } from '../data.ts';
import type { StatementJson } from '../company.ts';
import { policy } from './documents.ts';

function letIn(
  principal: StatementJson['Principal'],
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  condition?: StatementJson['Condition'],
) {
  return policy({
    Effect: 'Allow',
    ...(principal !== undefined && { Principal: principal }),
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  });
}

const pipeline = { AWS: 'arn:aws:iam::<shared>:role/github-release' };
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': '<organization>' } };

/** Where everything is backed up to, and nobody deletes. */
const security: DataAssets = {
  vaults: {
    central: {
      policy: policy(
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'backup:CopyIntoBackupVault',
          Resource: '*',
          Condition: inOrganization,
        },
        { Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' },
      ),
    },
  },
};

/** Images and packages that the other accounts build on. */
const shared: DataAssets = {
  registryPolicy: letIn(
    { AWS: 'arn:aws:iam::<production>:root' },
    ['ecr:CreateRepository', 'ecr:ReplicateImage'],
    'arn:aws:ecr:eu-west-1:<shared>:repository/*',
  ),
  repositories: {
    'base/node': { tags: { team: 'platform' } },
    robots: {
      policy: policy({
        Sid: 'ProductionPulls',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::<production>:root' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      }),
    },
  },
  publicRepositories: {
    'robot-sdk': { policy: policy({ Effect: 'Allow', Principal: pipeline, Action: 'ecr-public:PutImage' }) },
  },
  packageDomains: {
    northwind: {
      policy: letIn('*', 'codeartifact:GetAuthorizationToken', '*', inOrganization),
      repositories: {
        internal: { policy: letIn('*', 'codeartifact:ReadFromRepository', '*', inOrganization) },
        mirror: {},
      },
    },
  },
  multiRegionAccessPoints: {
    artifacts: {
      buckets: ['northwind-artifacts'],
      policy: letIn('*', 's3:GetObject', 'arn:aws:s3::<shared>:accesspoint/*/object/*', inOrganization),
    },
  },
};

/** What the shop keeps. */
const production: DataAssets = {
  secrets: {
    'shop/database': {
      key: 'app',
      policy: letIn({ AWS: 'arn:aws:iam::<production>:role/web' }, 'secretsmanager:GetSecretValue'),
      tags: { team: 'shop' },
    },
  },
  topics: {
    'order-events': {
      key: 'app',
      policy: letIn(pipeline, 'sns:Publish', 'arn:aws:sns:eu-west-1:<production>:order-events'),
      subscribers: [{ protocol: 'sqs', endpoint: 'arn:aws:sqs:eu-west-1:<production>:orders' }],
      tags: { team: 'shop' },
    },
  },
  buses: {
    fleet: {
      policy: policy({
        Sid: 'PipelineReports',
        Effect: 'Allow',
        Principal: pipeline,
        Action: 'events:PutEvents',
        Resource: 'arn:aws:events:eu-west-1:<production>:event-bus/fleet',
      }),
      rules: {
        releases: {
          pattern: { source: ['northwind.release'] },
          target: 'arn:aws:events:eu-west-1:<development>:event-bus/default',
          role: 'web',
        },
      },
    },
  },
  tables: {
    customers: {
      key: 'app',
      policy: letIn(
        { AWS: 'arn:aws:iam::<production>:role/web' },
        ['dynamodb:GetItem', 'dynamodb:PutItem'],
        'arn:aws:dynamodb:eu-west-1:<production>:table/customers',
      ),
      stream: {
        policy: letIn({ AWS: 'arn:aws:iam::<development>:role/telemetry-worker' }, [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
        ]),
      },
      tags: { team: 'shop' },
    },
  },
  fileSystems: {
    media: {
      policy: letIn('*', ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], '*', {
        Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' },
      }),
      accessPoints: { uploads: { directory: '/uploads', user: 1000 } },
      tags: { Name: 'media' },
    },
  },
  searchDomains: {
    catalogue: {
      policy: letIn(
        { AWS: 'arn:aws:iam::<production>:role/web' },
        'es:ESHttp*',
        'arn:aws:es:eu-west-1:<production>:domain/catalogue/*',
      ),
    },
  },
  restApis: {
    'partner-orders': {
      policy: letIn({ AWS: 'arn:aws:iam::<scanner-vendor>:root' }, 'execute-api:Invoke', 'execute-api:/*'),
      role: 'web',
    },
  },
  httpApis: { storefront: { role: 'web' } },
  databases: {
    shop: {
      engine: 'postgres',
      key: 'app',
      tags: { team: 'shop' },
      role: 'web',
      snapshots: { 'shop-before-migration': ['<development>'] },
    },
  },
  databaseClusters: {
    ledger: { engine: 'aurora-postgresql', key: 'app', snapshots: { 'ledger-2026-10': ['<scanner-vendor>'] } },
  },
};

/** Accountants get at the files through an access point of theirs. */
const payroll: DataAssets = {
  accessPoints: {
    accountants: {
      bucket: 'northwind-payroll',
      policy: letIn(
        { AWS: 'arn:aws:iam::<management>:root' },
        's3:GetObject',
        'arn:aws:s3:eu-west-1:<payroll>:accesspoint/accountants/object/reports/*',
      ),
    },
  },
};

/** What robots report, for whoever studies it. */
const development: DataAssets = {
  directoryBuckets: {
    'northwind-traces--euw1-az1--x-s3': {
      policy: letIn(
        { AWS: 'arn:aws:iam::<production>:root' },
        's3express:CreateSession',
        'arn:aws:s3express:eu-west-1:<development>:bucket/northwind-traces--euw1-az1--x-s3',
      ),
    },
  },
  tableBuckets: {
    'northwind-lake': {
      policy: letIn(
        { AWS: 'arn:aws:iam::<production>:root' },
        's3tables:GetTableData',
        'arn:aws:s3tables:eu-west-1:<development>:bucket/northwind-lake/*',
      ),
      tables: { journeys: { namespace: 'robots' } },
    },
  },
  catalog: {
    policy: letIn(
      { AWS: 'arn:aws:iam::<production>:root' },
      ['glue:GetDatabase', 'glue:GetTable'],
      [
        'arn:aws:glue:eu-west-1:<development>:catalog',
        'arn:aws:glue:eu-west-1:<development>:database/robots',
        'arn:aws:glue:eu-west-1:<development>:table/robots/*',
      ],
    ),
    databases: ['robots'],
  },
};

/** By account. */
export const data = { security, shared, production, payroll, development } as const satisfies Readonly<
  Record<string, DataAssets>
>;
