import { expect, test } from 'vitest';
import { compile } from '../compile.ts';
import { allow, type DocumentJson, GraphFixture, trusts } from '../graph-fixture.ts';
import type { ExternalAccessQuestion, ExternalRow } from './question.ts';

const own = '111111111111';
const unread = '222222222222';
const vendor = '999999999999';
const root = `arn:aws:organizations::${own}:root/o-acme/r-1`;
const queue = `arn:aws:sqs:eu-west-1:${own}:jobs`;
const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;

/** An organization of two accounts, of which one was read. */
function company(): GraphFixture {
  const graph = new GraphFixture().account(own, { organizationId: 'o-acme', management: false });
  graph.node(root, ['OrganizationRoot', 'AwsResource']);
  graph.node(unread, ['AwsAccount'], { name: 'unread', organizationId: 'o-acme' });
  graph.edge('CONTAINS', root, own).edge('CONTAINS', root, unread);
  for (const label of ['Organization', 'OrganizationRoot', 'ServiceControlPolicy', 'ResourceControlPolicy'])
    graph.scope(own, label);
  return graph;
}

async function ask(graph: GraphFixture, question: ExternalAccessQuestion = {}): Promise<readonly ExternalRow[]> {
  const { rows } = await (await compile(graph.source())).externalAccess(question);
  return rows;
}

const brief = ({ resource, from, kind, decision, actions }: ExternalRow): unknown => [
  resource,
  kind,
  from.name,
  decision.outcome,
  actions.map(({ action }) => action.replace(/^.*:/, '')),
];

function queueWith(...statements: readonly Record<string, unknown>[]): GraphFixture {
  const graph = company();
  const policy: DocumentJson = {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: queue,
      ...statement,
    })),
  };
  graph.resource(own, queue, 'SqsQueue', policy);
  return graph;
}

test('a queue that an account outside may send to is one row, with the statement that grants it', async () => {
  const graph = queueWith({
    Sid: 'Vendor',
    Principal: { AWS: vendor },
    Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
  });

  expect(await ask(graph)).toEqual([
    {
      resource: queue,
      service: 'sqs',
      account: own,
      from: { id: rootOf(vendor), label: 'Uncollected', name: `account ${vendor}`, account: vendor },
      kind: 'account',
      isPublic: false,
      actions: [
        { action: 'sqs:ReceiveMessage', level: 'Read' },
        { action: 'sqs:SendMessage', level: 'Write' },
      ],
      decision: {
        outcome: 'allowed',
        grants: [{ by: 'statement', statement: { policy: queue, kind: 'resource', index: 0, sid: 'Vendor' } }],
      },
      warnings: [],
    },
  ]);
});

test('accounts that were read, that stand in the tree, or that are trusted are inside', async () => {
  const graph = queueWith({ Principal: { AWS: [own, unread, vendor] } });

  expect((await ask(graph)).map(({ from }) => from.name)).toEqual([`account ${vendor}`]);
  expect(await ask(graph, { trusted: [vendor] })).toEqual([]);
});

test('what is public says so, once, with its condition', async () => {
  const ip = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
  const rows = await ask(queueWith({ Principal: '*', Condition: ip }));

  expect(rows.map(brief)).toEqual([[queue, 'anyone', 'anyone', 'conditional', ['SendMessage']]]);
  expect(rows[0]).toMatchObject({ isPublic: true, decision: { text: expect.stringContaining('aws:SourceIp') } });
});

test('a policy for everyone of the own organization lets in nobody from outside', async () => {
  const mine = { StringEquals: { 'aws:PrincipalOrgID': 'o-acme' } };
  const other = { StringEquals: { 'aws:PrincipalOrgID': 'o-other' } };

  expect(await ask(queueWith({ Principal: '*', Condition: mine }))).toEqual([]);
  expect((await ask(queueWith({ Principal: '*', Condition: other }))).map(brief)).toEqual([
    [queue, 'organization', 'organization o-other', 'allowed', ['SendMessage']],
  ]);
});

test('principals that only a condition names, as a pattern, are outside as well', async () => {
  const like = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } };

  expect((await ask(queueWith({ Principal: { AWS: '*' }, Condition: like }))).map(brief)).toEqual([
    [queue, 'account', 'arn:aws:iam::*:role/deploy', 'allowed', ['SendMessage']],
  ]);
});

test('an RCP that keeps strangers out is taken into account', async () => {
  const graph = queueWith({ Principal: '*' });
  graph.controlPolicy(
    'resource',
    'perimeter',
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:*',
          Resource: '*',
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-acme' } },
        },
      ],
    },
    [root],
  );

  expect((await ask(graph)).filter(({ decision }) => decision.outcome === 'allowed')).toEqual([]);
  expect((await ask(queueWith({ Principal: '*' }))).map(brief)).toEqual([
    [queue, 'anyone', 'anyone', 'allowed', ['SendMessage']],
  ]);
});

test('a block of public access stands against a public bucket, and without it the objects are a row', async () => {
  const open = (properties: Record<string, boolean>): GraphFixture => {
    const graph = company();
    graph.bucket(own, 'site', allow('s3:GetObject', 'arn:aws:s3:::site/*', { Principal: '*' }), properties);
    return graph;
  };

  expect((await ask(open({ restrictsPublicBuckets: false }))).map(brief)).toEqual([
    ['arn:aws:s3:::site/*', 'anyone', 'anyone', 'allowed', ['GetObject']],
  ]);
  expect(await ask(open({ restrictsPublicBuckets: true }))).toEqual([]);
});

test('a service is outside where nothing says for whom it may act', async () => {
  const topic = { Principal: { Service: 'sns.amazonaws.com' } };
  const forOwn = { StringEquals: { 'aws:SourceAccount': [own, unread] } };
  const forVendor = { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${vendor}:*` } };

  expect((await ask(queueWith(topic))).map(brief)).toEqual([
    [queue, 'service', 'sns.amazonaws.com', 'allowed', ['SendMessage']],
  ]);
  expect(await ask(queueWith({ ...topic, Condition: forOwn }))).toEqual([]);
  expect((await ask(queueWith({ ...topic, Condition: forVendor }))).map(brief)).toEqual([
    [queue, 'service', 'sns.amazonaws.com', 'conditional', ['SendMessage']],
  ]);
});

test('a policy that could not be read may let in anyone, and that is unknown', async () => {
  const graph = company();
  graph.resource(own, queue, 'SqsQueue', undefined, {
    unread: ['sqs:GetQueueAttributes'],
    unreadPolicies: ['resource'],
  });

  const rows = await ask(graph);

  expect([...new Set(rows.map(({ kind, decision }) => `${kind} ${decision.outcome}`))]).toEqual(['anyone unknown']);
  expect(await ask(graph, { certainty: 'conditional' })).toEqual([]);
});

test('a KMS grant to an account outside is a row', async () => {
  const graph = company();
  const key = `arn:aws:kms:eu-west-1:${own}:key/1`;
  const grants = JSON.stringify([{ granteePrincipal: rootOf(vendor), operations: ['Decrypt'] }]);
  graph.resource(own, key, 'KmsKey', undefined, { grants });

  expect((await ask(graph)).map(brief)).toEqual([[key, 'account', `account ${vendor}`, 'allowed', ['Decrypt']]]);
});

test('filters are by service, account, level and certainty', async () => {
  const graph = queueWith({ Principal: { AWS: vendor }, Action: ['sqs:SendMessage', 'sqs:ListQueueTags'] });
  const names = async (question: ExternalAccessQuestion): Promise<unknown> =>
    (await ask(graph, question)).flatMap(({ actions }) => actions.map(({ action }) => action));

  expect(await names({ level: 'write' })).toEqual(['sqs:SendMessage']);
  expect(await names({ service: 's3' })).toEqual([]);
  expect(await names({ service: 'sqs', account: own })).toEqual(['sqs:ListQueueTags', 'sqs:SendMessage']);
  expect(await names({ account: unread })).toEqual([]);
  await expect(ask(graph, { level: 'all' })).rejects.toThrow('unknown access level `all`');
  await expect(ask(graph, { service: 'sqq' })).rejects.toThrow('unknown service `sqq`');
  await expect(ask(graph, { trusted: ['acme'] })).rejects.toThrow('`acme` is not an account');
});

test('snapshots, images and documents are shared without a policy, and what is encrypted says so', async () => {
  const graph = company();
  const snapshot = `arn:aws:ec2:eu-west-1:${own}:snapshot/snap-1`;
  graph.resource(own, snapshot, 'Ec2Snapshot', undefined, { isPublic: false });
  graph.edge('SHARED_WITH', snapshot, vendor).edge('SHARED_WITH', snapshot, unread);
  graph.edge('ENCRYPTED_WITH', snapshot, `arn:aws:kms:eu-west-1:${own}:key/1`);
  const image = `arn:aws:ec2:eu-west-1:${own}:image/ami-1`;
  graph.resource(own, image, 'Ec2Image', undefined, { isPublic: true });

  const rows = await ask(graph);

  expect(rows.map((row) => [brief(row), row.isPublic, row.sharing, row.warnings])).toEqual([
    [[image, 'anyAccount', 'any AWS account', 'allowed', ['RunInstances']], true, 'it is public', []],
    [
      [snapshot, 'account', `account ${vendor}`, 'allowed', ['CopySnapshot', 'CreateVolume']],
      false,
      `it is shared with account ${vendor}`,
      [`it is encrypted: whoever uses it must be allowed to use key \`arn:aws:kms:eu-west-1:${own}:key/1\` as well`],
    ],
  ]);
});

test('what a RAM share gives to others is known to be shared, and unknown in what', async () => {
  const graph = company();
  const subnet = `arn:aws:ec2:eu-west-1:${own}:subnet/subnet-1`;
  const share = `arn:aws:ram:eu-west-1:${own}:resource-share/1`;
  graph.resource(own, subnet, 'Ec2Subnet');
  graph.resource(own, share, 'RamResourceShare', undefined, {
    name: 'net',
    status: 'ACTIVE',
    permissionNames: ['Use'],
  });
  graph.edge('SHARES', share, subnet).edge('SHARED_WITH', share, vendor);
  graph.edge('SHARED_WITH', share, `arn:aws:organizations::${own}:organization/o-acme`);

  const rows = (await ask(graph)).filter(({ resource }) => resource === subnet);

  expect(rows.map((row) => [brief(row), row.sharing])).toEqual([
    [[subnet, 'account', `account ${vendor}`, 'unknown', []], `RAM share net shares it with account ${vendor} (Use)`],
  ]);
});

test('roles that let outsiders in warn of what their trust lacks', async () => {
  const host = 'token.actions.githubusercontent.com';
  const provider = `arn:aws:iam::${own}:oidc-provider/${host}`;
  const graph = company();
  graph.node(provider, ['OidcProvider', 'AwsResource'], { name: host });
  const web = (condition: object): DocumentJson => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', ...condition },
    ],
  });
  const aud = { [`${host}:aud`]: 'sts.amazonaws.com' };
  graph.role(own, 'a-open', web({ Condition: { StringEquals: aud } }));
  graph.role(own, 'b-wide', web({ Condition: { StringLike: { ...aud, [`${host}:sub`]: 'repo:*' } } }));
  graph.role(own, 'c-tight', web({ Condition: { StringLike: { ...aud, [`${host}:sub`]: 'repo:acme/app:*' } } }));
  graph.role(own, 'd-vendor', trusts({ AWS: vendor }));
  graph.role(own, 'e-vendor', trusts({ AWS: vendor }, { Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }));
  graph.role(own, 'f-compute', trusts({ Service: 'ec2.amazonaws.com' }));

  const rows = await ask(graph, { service: 'iam' });

  expect(rows.map(({ resource, kind, warnings }) => [resource.replace(/.*\//, ''), kind, warnings])).toEqual([
    ['a-open', 'identityProvider', [`no condition on \`${host}:sub\`: whoever ${host} signs in can assume the role`]],
    ['b-wide', 'identityProvider', [`the condition on \`${host}:sub\` fits everybody’s subjects: \`repo:*\``]],
    ['c-tight', 'identityProvider', []],
    [
      'd-vendor',
      'account',
      ['no condition asks for an external id (`sts:ExternalId`), which a vendor that serves many needs'],
    ],
    ['e-vendor', 'account', []],
  ]);
});
