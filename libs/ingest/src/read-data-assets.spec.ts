import { expect, test } from 'vitest';
import { type Answers, account, failure, gapsOf, readFromStub } from './read-from-stub.ts';

const of = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${account}:${resource}`;
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

interface Case {
  readonly label: string;
  readonly arn: string;
  /** Answers of everything but the policy. */
  readonly rest: Answers;
  /** The listing, and how AWS answers it where there is nothing. */
  readonly empty: Answers;
  readonly call: string;
  readonly action: string;
  readonly found: Readonly<Record<string, unknown>>;
  /** How AWS says that there is none. */
  readonly absent: Readonly<Record<string, unknown>>;
}

const secret = of('secretsmanager', 'secret:db-a1b2c3');
const vault = of('backup', 'backup-vault:central');
const repository = of('ecr', 'repository/robots');
const domain = of('codeartifact', 'domain/d');
const packages = of('codeartifact', 'repository/d/r');
const lake = of('s3tables', 'bucket/lake');
const table = of('dynamodb', 'table/robots');

const cases: readonly Case[] = [
  {
    label: 'SecretsManagerSecret',
    arn: secret,
    rest: { ListSecrets: { SecretList: [{ ARN: secret, Name: 'db' }] } },
    empty: { ListSecrets: { SecretList: [] } },
    call: 'GetResourcePolicy',
    action: 'secretsmanager:GetResourcePolicy',
    found: { ARN: secret, ResourcePolicy: document },
    absent: { ARN: secret, Name: 'db' },
  },
  {
    label: 'EcrRepository',
    arn: repository,
    rest: {
      DescribeRepositories: { repositories: [{ repositoryArn: repository, repositoryName: 'robots' }] },
      ListTagsForResource: { tags: [] },
    },
    empty: { DescribeRepositories: { repositories: [] } },
    call: 'GetRepositoryPolicy',
    action: 'ecr:GetRepositoryPolicy',
    found: { policyText: document },
    absent: failure('RepositoryPolicyNotFoundException'),
  },
  {
    label: 'EcrRegistry',
    arn: of('ecr', `registry/${account}`),
    rest: {
      DescribeRegistry: { registryId: account, replicationConfiguration: { rules: [] } },
      GetAccountSetting: { name: 'REGISTRY_POLICY_SCOPE', value: 'V2' },
    },
    empty: {},
    call: 'GetRegistryPolicy',
    action: 'ecr:GetRegistryPolicy',
    found: { registryId: account, policyText: document },
    absent: failure('RegistryPolicyNotFoundException'),
  },
  {
    label: 'EcrPublicRepository',
    arn: `arn:aws:ecr-public::${account}:repository/sdk`,
    rest: {
      DescribeRepositories: {
        repositories: [{ repositoryArn: `arn:aws:ecr-public::${account}:repository/sdk`, repositoryName: 'sdk' }],
      },
      ListTagsForResource: { tags: [] },
    },
    empty: { DescribeRepositories: { repositories: [] } },
    call: 'GetRepositoryPolicy',
    action: 'ecr-public:GetRepositoryPolicy',
    found: { policyText: document },
    absent: failure('RepositoryPolicyNotFoundException'),
  },
  {
    label: 'CodeArtifactDomain',
    arn: domain,
    rest: {
      'POST /v1/domains': { domains: [{ name: 'd', owner: account, arn: domain }] },
      [`POST /v1/tags?resourceArn=${domain}`]: { tags: [] },
    },
    empty: { 'POST /v1/domains': { domains: [] } },
    call: 'GET /v1/domain/permissions/policy?domain=d',
    action: 'codeartifact:GetDomainPermissionsPolicy',
    found: { policy: { resourceArn: domain, document } },
    absent: failure('ResourceNotFoundException'),
  },
  {
    label: 'CodeArtifactRepository',
    arn: packages,
    rest: {
      'POST /v1/repositories?max-results=1000': {
        repositories: [{ name: 'r', domainName: 'd', domainOwner: account, arn: packages }],
      },
      [`POST /v1/tags?resourceArn=${packages}`]: { tags: [] },
    },
    empty: { 'POST /v1/repositories?max-results=1000': { repositories: [] } },
    call: `GET /v1/repository/permissions/policy?domain=d&domain-owner=${account}&repository=r`,
    action: 'codeartifact:GetRepositoryPermissionsPolicy',
    found: { policy: { resourceArn: packages, document } },
    absent: failure('ResourceNotFoundException'),
  },
  {
    label: 'EfsFileSystem',
    arn: of('elasticfilesystem', 'file-system/fs-1'),
    rest: { 'GET /2015-02-01/file-systems?MaxItems=100': { FileSystems: [{ FileSystemId: 'fs-1', Tags: [] }] } },
    empty: { 'GET /2015-02-01/file-systems?MaxItems=100': { FileSystems: [] } },
    call: 'GET /2015-02-01/file-systems/fs-1/policy',
    action: 'elasticfilesystem:DescribeFileSystemPolicy',
    found: { FileSystemId: 'fs-1', Policy: document },
    absent: { ...failure('PolicyNotFound'), ErrorCode: 'PolicyNotFound' },
  },
  {
    label: 'BackupVault',
    arn: vault,
    rest: {
      'GET /backup-vaults?maxResults=1000': {
        BackupVaultList: [{ BackupVaultName: 'central', BackupVaultArn: vault }],
      },
      [`GET /tags/${vault}?maxResults=1000`]: { Tags: {} },
    },
    empty: { 'GET /backup-vaults?maxResults=1000': { BackupVaultList: [] } },
    call: 'GET /backup-vaults/central/access-policy',
    action: 'backup:GetBackupVaultAccessPolicy',
    found: { BackupVaultName: 'central', Policy: document },
    absent: failure('ResourceNotFoundException'),
  },
  {
    label: 'GlueCatalog',
    arn: of('glue', 'catalog'),
    rest: {
      GetDataCatalogEncryptionSettings: {
        DataCatalogEncryptionSettings: { EncryptionAtRest: { CatalogEncryptionMode: 'DISABLED' } },
      },
    },
    empty: {},
    call: 'GetResourcePolicy',
    action: 'glue:GetResourcePolicy',
    found: { PolicyInJson: document },
    absent: failure('EntityNotFoundException'),
  },
  {
    label: 'S3TablesTableBucket',
    arn: lake,
    rest: {
      'GET /buckets?maxBuckets=1000': {
        tableBuckets: [{ arn: lake, name: 'lake', ownerAccountId: account, createdAt: '2026-01-01T00:00:00Z' }],
      },
      [`GET /buckets/${lake}/encryption`]: { encryptionConfiguration: { sseAlgorithm: 'AES256' } },
      [`GET /tag/${lake}`]: { tags: {} },
    },
    empty: { 'GET /buckets?maxBuckets=1000': { tableBuckets: [] } },
    call: `GET /buckets/${lake}/policy`,
    action: 's3tables:GetTableBucketPolicy',
    found: { resourcePolicy: document },
    absent: failure('NotFoundException'),
  },
  {
    label: 'EventBridgeEventBus',
    arn: of('events', 'event-bus/default'),
    rest: {
      ListEventBuses: { EventBuses: [{ Name: 'default', Arn: of('events', 'event-bus/default') }] },
      ListTagsForResource: { Tags: [] },
    },
    empty: { ListEventBuses: { EventBuses: [] } },
    call: 'DescribeEventBus',
    action: 'events:DescribeEventBus',
    found: { Name: 'default', Policy: document },
    absent: { Name: 'default' },
  },
  {
    label: 'DynamoDbTable',
    arn: table,
    rest: {
      ListTables: { TableNames: ['robots'] },
      DescribeTable: { Table: { TableName: 'robots', TableArn: table, TableStatus: 'ACTIVE' } },
      ListTagsOfResource: { Tags: [] },
    },
    empty: { ListTables: { TableNames: [] } },
    call: 'GetResourcePolicy',
    action: 'dynamodb:GetResourcePolicy',
    found: { Policy: document, RevisionId: '1' },
    absent: failure('PolicyNotFoundException'),
  },
];

test.each(cases)(
  '$label: a policy is found, absent, or denied, and then a gap',
  async ({ label, arn, rest, call, action, found, absent }) => {
    const read = async (answers: Answers) => {
      const { parts } = await readFromStub([label], answers);
      const node = parts.flatMap(({ nodes }) => nodes).find(({ id }) => id === arn);
      const { resourcePolicy, unread, unreadPolicies } = node?.properties ?? {};
      return { found: node?.labels, resourcePolicy, unread, unreadPolicies, gaps: gapsOf(parts) };
    };
    const labels = [label, 'AwsResource'];
    const nothing = { resourcePolicy: undefined, unread: undefined, unreadPolicies: undefined, gaps: [] };

    expect(await read({ ...rest, [call]: found })).toEqual({ ...nothing, found: labels, resourcePolicy: document });
    expect(await read({ ...rest, [call]: absent })).toEqual({ ...nothing, found: labels });
    expect(await read(rest)).toEqual({
      ...nothing,
      found: labels,
      unread: [action],
      unreadPolicies: ['resource'],
      gaps: [`${action} denied ${arn}`],
    });
  },
);

test.each(cases.filter(({ empty }) => Object.keys(empty).length > 0))(
  '$label: nothing listed is nothing missed',
  async ({ label, empty }) => {
    const { parts } = await readFromStub([label], empty);

    expect([gapsOf(parts), parts.flatMap(({ nodes }) => nodes)]).toEqual([[], []]);
  },
);

test.each(cases)(
  '$label: an action that is taken away is the one that the gap names',
  async ({ label, rest, call, found }) => {
    const whole = { ...rest, [call]: found };
    const missed = await Promise.all(
      Object.keys(whole).map(async (name) => {
        const { parts } = await readFromStub([label], { ...whole, [name]: failure('AccessDeniedException') });
        return [...new Set(parts.flatMap(({ gaps }) => gaps.map((gap) => gap.action)))];
      }),
    );

    // One each, and each another.
    expect(missed.map(({ length }) => length)).toEqual(missed.map(() => 1));
    expect(new Set(missed.flat()).size).toBe(missed.length);
  },
);

test('a REST API’s policy comes escaped twice', async () => {
  const { parts } = await readFromStub(['ApiGatewayRestApi'], {
    'GET /restapis?limit=500': { item: [{ id: 'a1', name: 'api', policy: JSON.stringify(document).slice(1, -1) }] },
    'GET /restapis/a1/authorizers?limit=500': {
      item: [{ id: 'z', authorizerCredentials: `arn:aws:iam::${account}:role/authorizer` }],
    },
    'GET /restapis/a1/resources?embed=methods&limit=500': {
      item: [
        {
          id: 'r',
          resourceMethods: {
            GET: { authorizationType: 'AWS_IAM', methodIntegration: { credentials: 'arn:aws:iam::*:user/*' } },
            POST: { authorizationType: 'NONE' },
          },
        },
      ],
    },
  });
  const [node] = parts[0]?.nodes ?? [];

  expect(gapsOf(parts)).toEqual([]);
  expect(node?.properties).toMatchObject({ resourcePolicy: document, authorizationTypes: ['AWS_IAM', 'NONE'] });
  expect(parts[0]?.edges.filter(({ type }) => type === 'RUNS_AS').map(({ to }) => to)).toEqual([
    `arn:aws:iam::${account}:role/authorizer`,
  ]);
});

test('search domains are described five at a time', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const status = (DomainName: string) => ({
    ARN: of('es', `domain/${DomainName}`),
    DomainName,
    DomainId: DomainName,
    ClusterConfig: {},
    AccessPolicies: document,
  });
  const { parts, asked } = await readFromStub(['OpenSearchDomain'], {
    'GET /2021-01-01/domain': { DomainNames: names.map((DomainName) => ({ DomainName })) },
    'POST /2021-01-01/opensearch/domain-info': ({ body }) => {
      const wanted: unknown = JSON.parse(body);
      return { DomainStatusList: names.filter((name) => JSON.stringify(wanted).includes(`"${name}"`)).map(status) };
    },
    ...Object.fromEntries(
      names.map((name) => [`GET /2021-01-01/tags?arn=${of('es', `domain/${name}`)}`, { TagList: [] }]),
    ),
  });

  expect(gapsOf(parts)).toEqual([]);
  expect(
    parts[0]?.nodes
      .filter(({ labels }) => labels[0] === 'OpenSearchDomain')
      .map(({ properties }) => properties['name']),
  ).toEqual(names);
  expect(asked.filter((call) => call.startsWith('POST'))).toHaveLength(2);
});

test('a table that could not be described leaves open whether it has a stream', async () => {
  const { parts } = await readFromStub(['DynamoDbTable'], {
    ListTables: { TableNames: ['robots'] },
    GetResourcePolicy: { Policy: document },
    ListTagsOfResource: { Tags: [] },
  });

  expect(gapsOf(parts)).toEqual([
    `dynamodb:DescribeTable denied ${table}`,
    'DynamoDbStream denied',
    `dynamodb:DescribeTable denied ${table}`,
  ]);
});
