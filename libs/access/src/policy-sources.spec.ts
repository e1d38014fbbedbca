import type { Decision } from '@ag/model';
import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { GraphFixture, allow } from './graph-fixture.ts';

const home = '111122223333';
const other = '444455556666';

function letsIn(principal: unknown, action: string | readonly string[], resource = '*', more: object = {}) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: resource, ...more }],
  };
}

const guest = { AWS: `arn:aws:iam::${other}:user/guest` };

/** Two accounts: at home `owner` may do everything, in the other `guest` may on its own side. */
function world(): GraphFixture {
  const graph = new GraphFixture().account(home).account(other);
  graph.user(home, 'owner', { policies: { all: allow('*', '*') } });
  graph.user(home, 'nobody');
  graph.user(other, 'guest', { policies: { all: allow('*', '*') } });
  return graph;
}

async function who(graph: GraphFixture, action: string, resource: string): Promise<Readonly<Record<string, string>>> {
  const index = await compile(graph.source());
  const answer = await index.whoCan({ action, resource });
  const rows = answer.rows.map(({ principal, decision }) => [
    principal.id.replace(/^arn:aws:iam::/, '').replace(/^444455556666:user\/|^111122223333:user\//, ''),
    toText(decision),
  ]);
  const found: Record<string, string> = {};
  for (const [id = '', text = ''] of rows) if (!id.endsWith(':root')) found[id] = text;
  return found;
}

function toText(decision: Decision): string {
  return decision.outcome === 'unknown' ? `unknown: ${decision.because[0]?.reason ?? ''}` : decision.outcome;
}

test.each([
  [
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3',
    'SecretsManagerSecret',
  ],
  ['sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:alerts', 'SnsTopic'],
  ['dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/robots', 'DynamoDbTable'],
  ['dynamodb:GetRecords', 'arn:aws:dynamodb:eu-west-1:111122223333:table/robots/stream/2026', 'DynamoDbStream'],
  ['ecr-public:PutImage', 'arn:aws:ecr-public::111122223333:repository/sdk', 'EcrPublicRepository'],
  ['codeartifact:GetAuthorizationToken', 'arn:aws:codeartifact:eu-west-1:111122223333:domain/d', 'CodeArtifactDomain'],
  [
    'codeartifact:ReadFromRepository',
    'arn:aws:codeartifact:eu-west-1:111122223333:repository/d/r',
    'CodeArtifactRepository',
  ],
  [
    'elasticfilesystem:ClientMount',
    'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1',
    'EfsFileSystem',
  ],
  ['events:PutEvents', 'arn:aws:events:eu-west-1:111122223333:event-bus/default', 'EventBridgeEventBus'],
  ['backup:CopyIntoBackupVault', 'arn:aws:backup:eu-west-1:111122223333:backup-vault:v', 'BackupVault'],
  ['glue:GetDatabases', 'arn:aws:glue:eu-west-1:111122223333:catalog', 'GlueCatalog'],
  ['es:ESHttpGet', 'arn:aws:es:eu-west-1:111122223333:domain/search', 'OpenSearchDomain'],
  ['s3tables:ListTables', 'arn:aws:s3tables:eu-west-1:111122223333:bucket/lake', 'S3TablesTableBucket'],
  ['s3express:CreateSession', 'arn:aws:s3express:eu-west-1:111122223333:bucket/b--euw1-az1--x-s3', 'S3DirectoryBucket'],
])('%s: the policy of the resource lets another account in, and only where it says so', async (action, arn, label) => {
  const open = world();
  open.resource(home, arn, label, letsIn(guest, action));
  const closed = world();
  closed.resource(home, arn, label, letsIn(guest, action.replace(/:.*/, ':None')));

  expect([await who(open, action, arn), await who(closed, action, arn)]).toEqual([
    { guest: 'allowed', owner: 'allowed' },
    { owner: 'allowed' },
  ]);
});

test('what a policy decides about besides: items of an index, packages, tables, documents', async () => {
  const graph = world();
  graph.resource(
    home,
    'arn:aws:dynamodb:eu-west-1:111122223333:table/robots',
    'DynamoDbTable',
    letsIn(guest, 'dynamodb:Query'),
  );
  graph.resource(home, 'arn:aws:glue:eu-west-1:111122223333:catalog', 'GlueCatalog', letsIn(guest, 'glue:GetTable'));
  graph.resource(home, 'arn:aws:es:eu-west-1:111122223333:domain/search', 'OpenSearchDomain', letsIn(guest, 'es:*'));

  expect([
    await who(graph, 'dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:111122223333:table/robots/index/by-name'),
    await who(graph, 'glue:GetTable', 'arn:aws:glue:eu-west-1:111122223333:table/sales/orders'),
    await who(graph, 'es:ESHttpGet', 'arn:aws:es:eu-west-1:111122223333:domain/search/logs'),
  ]).toEqual([
    { guest: 'allowed', owner: 'allowed' },
    { guest: 'allowed', owner: 'allowed' },
    { guest: 'allowed', owner: 'allowed' },
  ]);
});

test('an API is called through another service than the one it is managed by', async () => {
  const graph = world();
  const id = 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3';
  const call = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/GET/robots';
  graph.resource(home, id, 'ApiGatewayRestApi', letsIn(guest, ['execute-api:Invoke', 'apigateway:DELETE']));

  expect([await who(graph, 'execute-api:Invoke', call), await who(graph, 'apigateway:DELETE', id)]).toEqual([
    { guest: 'allowed', owner: 'allowed' },
    { owner: 'allowed' },
  ]);
});

test.each([
  {
    edge: 'IN_REGISTRY',
    label: 'EcrRepository',
    arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/robots',
    container: 'arn:aws:ecr:eu-west-1:111122223333:registry/111122223333',
    of: 'EcrRegistry',
    action: 'ecr:BatchGetImage',
  },
  {
    edge: 'ON_BUS',
    label: 'EventBridgeRule',
    arn: 'arn:aws:events:eu-west-1:111122223333:rule/fleet/nightly',
    container: 'arn:aws:events:eu-west-1:111122223333:event-bus/fleet',
    of: 'EventBridgeEventBus',
    action: 'events:PutTargets',
  },
  {
    edge: 'IN_CATALOG',
    label: 'GlueDatabase',
    arn: 'arn:aws:glue:eu-west-1:111122223333:database/sales',
    container: 'arn:aws:glue:eu-west-1:111122223333:catalog',
    of: 'GlueCatalog',
    action: 'glue:GetDatabase',
    // Shared through RAM as well, which may let in anyone.
    otherwise: {
      guest: 'unknown: the resource is of a type that AWS RAM shares between accounts, and shares are not modelled',
    },
  },
  {
    edge: 'IN_TABLE_BUCKET',
    label: 'S3TablesTable',
    arn: 'arn:aws:s3tables:eu-west-1:111122223333:bucket/lake/table/1',
    container: 'arn:aws:s3tables:eu-west-1:111122223333:bucket/lake',
    of: 'S3TablesTableBucket',
    action: 's3tables:GetTableData',
  },
])(
  '$label: the policy of what it stands in allows, denies, and is missed',
  async ({ edge, label, arn, container, of, action, otherwise }) => {
    const put = (policy?: ReturnType<typeof letsIn>, properties: Record<string, string[]> = {}) => {
      const graph = world();
      graph.resource(home, arn, label);
      graph.resource(home, container, of, policy, properties);
      graph.edge(edge, arn, container);
      return graph;
    };
    const denial = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }],
    };
    const unread = world();
    unread.resource(home, arn, label);
    unread.edge(edge, arn, container);

    expect([
      await who(put(letsIn(guest, action)), action, arn),
      await who(put(denial), action, arn),
      await who(put(), action, arn),
      (await who(put(undefined, { unreadPolicies: ['resource'] }), action, arn))['owner'],
      (await who(unread, action, arn))['owner'],
    ]).toEqual([
      { guest: 'allowed', owner: 'allowed' },
      {},
      { ...otherwise, owner: 'allowed' },
      `unknown: the resource policy of \`${container}\` could not be read`,
      `unknown: \`${container}\`, whose policy has a say as well, was not read`,
    ]);
  },
);

test('its own policy and that of what it stands in are one, and each statement knows where it stands', async () => {
  const graph = world();
  const repository = graph.resource(
    home,
    'arn:aws:ecr:eu-west-1:111122223333:repository/robots',
    'EcrRepository',
    letsIn({ AWS: `arn:aws:iam::${home}:user/nobody` }, 'ecr:BatchGetImage'),
  );
  const registry = graph.resource(
    home,
    'arn:aws:ecr:eu-west-1:111122223333:registry/111122223333',
    'EcrRegistry',
    letsIn(guest, 'ecr:BatchGetImage'),
  );
  graph.edge('IN_REGISTRY', repository, registry);

  const index = await compile(graph.source());
  const { rows } = await index.whoCan({ action: 'ecr:BatchGetImage', resource: repository });
  const by = new Map(rows.map(({ principal, decision }) => [principal.name, statementsOf(decision)]));

  expect(by.get('nobody')).toEqual([`${repository} 0`]);
  expect(by.get('guest')).toContain(`${registry} 0`);
});

test('the older scope of a registry’s policy speaks of replication and pulling through only', async () => {
  const put = (properties: Record<string, string | string[]>) => {
    const graph = world();
    const repository = graph.resource(home, 'arn:aws:ecr:eu-west-1:111122223333:repository/robots', 'EcrRepository');
    const registry = graph.resource(
      home,
      'arn:aws:ecr:eu-west-1:111122223333:registry/111122223333',
      'EcrRegistry',
      letsIn(guest, 'ecr:*'),
      properties,
    );
    graph.edge('IN_REGISTRY', repository, registry);
    return graph;
  };
  const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/robots';
  const guestOf = async (properties: Record<string, string | string[]>, action: string) =>
    (await who(put(properties), action, repository))['guest'];

  expect([
    await guestOf({ policyScope: 'V1' }, 'ecr:BatchGetImage'),
    await guestOf({ policyScope: 'V1' }, 'ecr:BatchImportUpstreamImage'),
    await guestOf({ policyScope: 'V2' }, 'ecr:BatchGetImage'),
    await guestOf({ unread: ['ecr:GetAccountSetting'] }, 'ecr:BatchGetImage'),
  ]).toEqual([
    undefined,
    'allowed',
    'allowed',
    'unknown: which actions the policy of `arn:aws:ecr:eu-west-1:111122223333:registry/111122223333` speaks of could not be read',
  ]);
});

test('a table that was not listed may have a policy that nobody read', async () => {
  const graph = world();
  graph.resource(home, 'arn:aws:s3tables:eu-west-1:111122223333:bucket/lake', 'S3TablesTableBucket');
  const table = 'arn:aws:s3tables:eu-west-1:111122223333:bucket/lake/table/1';

  expect((await who(graph, 's3tables:GetTableData', table))['owner']).toBe(
    `unknown: the policy of \`${table}\` was not read`,
  );
});

function statementsOf(decision: Decision): readonly string[] {
  if (decision.outcome !== 'allowed') return [];
  return decision.grants.flatMap((grant) =>
    grant.by === 'statement' ? [`${grant.statement.policy} ${grant.statement.index}`] : [],
  );
}
