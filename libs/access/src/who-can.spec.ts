import type { Gap, Properties } from '@ag/model';
import { expect, test } from 'vitest';
import type { WhoCanAnswer } from './answers.ts';
import { compile } from './compile.ts';
import { allow, GraphFixture, run, trusts } from './graph-fixture.ts';

const a = '111111111111';
const b = '222222222222';
const root = (account: string): string => `arn:aws:iam::${account}:root`;

/** Rows in short: who, and the outcome with what it depends on. */
function brief({ rows }: WhoCanAnswer): Record<string, string> {
  return Object.fromEntries(
    rows.map(({ principal, decision }) => {
      if (decision.outcome === 'conditional') return [principal.id, `conditional: ${decision.text}`];
      if (decision.outcome === 'unknown')
        return [principal.id, `unknown: ${decision.because.map(({ reason }) => reason).join('; ')}`];
      return [principal.id, decision.outcome];
    }),
  );
}

async function ask(
  graph: GraphFixture,
  action: string,
  resource: string,
  through?: 'direct' | 'anyPath',
): Promise<WhoCanAnswer> {
  return await (await compile(graph.source())).whoCan({ action, resource, through });
}

test('a user holds what its group is granted, and the answer says as of when (RQ4)', async () => {
  const graph = new GraphFixture().account(a).scope(a, 'OrganizationRoot');
  graph.bucket(a, 'reports');
  const group = graph.group(a, 'readers', { policies: { read: allow('s3:Get*', 'arn:aws:s3:::reports/*') } });
  const user = graph.user(a, 'ana', { groups: [group] });
  graph.user(a, 'ben');

  const answer = await ask(graph, 's3:getobject', 'arn:aws:s3:::reports/*');

  const statement = { policy: `${group}#inline/read`, kind: 'identity', index: 0 };
  expect(answer).toEqual({
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::reports/*',
    rows: [
      {
        principal: { id: root(a), label: 'AwsRootUser', name: 'root', account: a },
        decision: { outcome: 'allowed', grants: [{ by: 'rootUser' }] },
        path: [],
      },
      {
        principal: { id: user, label: 'IamUser', name: 'ana', account: a },
        decision: { outcome: 'allowed', grants: [{ by: 'statement', statement }] },
        path: [],
      },
    ],
    asOf: run,
    gaps: [],
  });
});

test('a boundary takes away what it does not allow', async () => {
  const graph = new GraphFixture().account(a);
  const queue = graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue');
  const boundary = graph.managedPolicy(a, 'only-s3', allow('s3:*', '*'));
  const policies = { all: allow('*', '*') };
  graph.user(a, 'bounded', { policies, boundary });
  graph.user(a, 'free', { policies });

  const answer = await ask(graph, 'sqs:SendMessage', queue);

  expect(brief(answer)).toEqual({ [root(a)]: 'allowed', [`arn:aws:iam::${a}:user/free`]: 'allowed' });
});

test('an SCP two levels up denies, and the management account is exempt', async () => {
  const graph = organization();
  graph.controlPolicy('service', 'FullAWSAccess', allow('*', '*'), [rootId, upper, lower, a, b]);
  const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }] };
  graph.controlPolicy('service', 'NoQueues', deny, [rootId]);
  const policies = { all: allow('*', '*') };
  graph.user(b, 'member', { policies });
  graph.user(a, 'manager', { policies });
  const inMember = graph.resource(b, `arn:aws:sqs:eu-west-1:${b}:jobs`, 'SqsQueue');
  const inManagement = graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue');

  expect(brief(await ask(graph, 'sqs:SendMessage', inMember))).toEqual({});
  expect(brief(await ask(graph, 'sqs:SendMessage', inManagement))).toEqual({
    [root(a)]: 'allowed',
    [`arn:aws:iam::${a}:user/manager`]: 'allowed',
  });
});

test('a level without any SCP that allows denies all below it', async () => {
  const graph = organization();
  graph.controlPolicy('service', 'FullAWSAccess', allow('*', '*'), [rootId, upper, a, b]);
  graph.controlPolicy('service', 'OnlyS3', allow('s3:*', '*'), [lower]);
  graph.user(b, 'member', { policies: { all: allow('*', '*') } });
  const queue = graph.resource(b, `arn:aws:sqs:eu-west-1:${b}:jobs`, 'SqsQueue');
  const bucket = graph.bucket(b, 'data');

  expect(brief(await ask(graph, 'sqs:SendMessage', queue))).toEqual({});
  expect(brief(await ask(graph, 's3:ListBucket', bucket))).toEqual({
    [root(b)]: 'allowed',
    [`arn:aws:iam::${b}:user/member`]: 'allowed',
  });
});

test('SCPs that could not be read leave every allow of a member account unknown', async () => {
  const graph = organization().scope(a, 'ServiceControlPolicy', 'denied');
  graph.user(b, 'member', { policies: { all: allow('*', '*') } });
  const queue = graph.resource(b, `arn:aws:sqs:eu-west-1:${b}:jobs`, 'SqsQueue');
  const reason = `unknown: the service control policies of account ${b} could not be read (denied)`;

  const answer = await ask(graph, 'sqs:SendMessage', queue);

  expect(brief(answer)).toEqual({ [root(b)]: reason, [`arn:aws:iam::${b}:user/member`]: reason });
  expect(answer.gaps.map((gap) => gap.resource)).toEqual(['ServiceControlPolicy']);
});

test('across accounts the bucket and the caller’s own account must both allow', async () => {
  const graph = new GraphFixture().account(a).account(b);
  const reader = graph.role(b, 'reader', trusts({ Service: 'ec2.amazonaws.com' }), {
    policies: { s3: allow('s3:*', '*') },
  });
  const named = graph.role(b, 'without-permission', trusts({ Service: 'ec2.amazonaws.com' }));
  graph.bucket(a, 'shared', allow('s3:GetObject', 'arn:aws:s3:::shared/*', { Principal: { AWS: [reader, named] } }));

  const answer = await ask(graph, 's3:GetObject', 'arn:aws:s3:::shared/k');

  expect(brief(answer)).toEqual({ [root(a)]: 'allowed', [reader]: 'allowed' });
});

test('a key that does not delegate to its account ignores identity policies', async () => {
  const graph = new GraphFixture().account(a);
  const policies = { kms: allow('kms:*', '*') };
  const named = graph.user(a, 'named', { policies });
  const other = graph.user(a, 'other', { policies });
  const closed = graph.resource(
    a,
    `arn:aws:kms:eu-west-1:${a}:key/1`,
    'KmsKey',
    allow('kms:Decrypt', '*', { Principal: { AWS: named } }),
  );
  const open = graph.resource(
    a,
    `arn:aws:kms:eu-west-1:${a}:key/2`,
    'KmsKey',
    allow('kms:*', '*', { Principal: { AWS: root(a) } }),
  );

  expect(brief(await ask(graph, 'kms:Decrypt', closed))).toEqual({ [named]: 'allowed' });
  expect(brief(await ask(graph, 'kms:Decrypt', open))).toEqual({
    [root(a)]: 'allowed',
    [named]: 'allowed',
    [other]: 'allowed',
  });
});

test('a bucket policy that could not be read is unknown, never denied', async () => {
  const graph = new GraphFixture().account(a);
  const action = 's3:GetBucketPolicy';
  const gap = {
    place: { partition: 'aws', account: a, region: 'global' },
    resource: 'S3Bucket',
    action,
    arn: 'arn:aws:s3:::closed',
    reason: 'denied',
    message: 'not authorized',
  } as const;
  graph.bucket(a, 'closed', undefined, { unread: [action], unreadPolicies: ['resource'] });
  graph.scope(a, 'S3Bucket', 'complete', [gap]);
  const user = graph.user(a, 'ana');

  const answer = await ask(graph, 's3:ListBucket', 'arn:aws:s3:::closed');

  const reason = 'unknown: the resource policy of `arn:aws:s3:::closed` could not be read';
  expect(brief(answer)).toEqual({ '*': reason, [root(a)]: reason, [user]: reason });
  expect(answer.gaps).toContainEqual(gap);
});

test('a policy whose document is missing is unknown, never denied', async () => {
  const graph = new GraphFixture().account(a);
  const queue = graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue');
  const policy = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const user = graph.user(a, 'ana', { attached: [policy] });

  expect(brief(await ask(graph, 'sqs:SendMessage', queue))).toEqual({
    [root(a)]: 'allowed',
    [user]: `unknown: the document of policy \`${policy}\` was not read`,
  });
});

test('a public bucket shows anyone, and a block takes anyone out', async () => {
  const open = allow('s3:GetObject', 'arn:aws:s3:::web/*', { Principal: '*' });
  const graph = new GraphFixture().account(a);
  graph.bucket(a, 'web', open);
  const blocked = new GraphFixture().account(a);
  blocked.bucket(a, 'web', open, { restrictsPublicBuckets: true });

  expect(brief(await ask(graph, 's3:GetObject', 'arn:aws:s3:::web/k'))).toEqual({
    '*': 'allowed',
    [root(a)]: 'allowed',
  });
  expect(brief(await ask(blocked, 's3:GetObject', 'arn:aws:s3:::web/k'))).toEqual({ [root(a)]: 'allowed' });
});

test('the block of the account counts like that of the bucket', async () => {
  const graph = new GraphFixture().account(a);
  graph.bucket(a, 'web', allow('s3:GetObject', 'arn:aws:s3:::web/*', { Principal: '*' }));
  const block = `arn:aws:s3::${a}:public-access-block`;
  graph.resource(a, block, 'S3AccountPublicAccessBlock', undefined, { restrictsPublicBuckets: true });

  expect(brief(await ask(graph, 's3:GetObject', 'arn:aws:s3:::web/k'))).toEqual({ [root(a)]: 'allowed' });
});

test('a block of the account that nobody read leaves the public open, and not the owner', async () => {
  const graph = new GraphFixture().account(a).scope(a, 'S3AccountPublicAccessBlock', 'denied');
  graph.bucket(a, 'web', allow('s3:GetObject', 'arn:aws:s3:::web/*', { Principal: '*' }));

  const answer = await ask(graph, 's3:GetObject', 'arn:aws:s3:::web/k');

  expect(brief(answer)).toEqual({
    '*': `unknown: the public access block of account ${a} was not read (denied)`,
    [root(a)]: 'allowed',
  });
  expect(answer.gaps.map((gap) => gap.resource)).toContain('S3AccountPublicAccessBlock');
});

test('an ACL and grants that nobody read may let in more, and take nothing away', async () => {
  const graph = new GraphFixture().account(a);
  const bucket = graph.bucket(a, 'old', undefined, { objectOwnership: 'ObjectWriter', unread: ['s3:GetBucketAcl'] });
  const policy = allow('kms:*', '*', { Principal: { AWS: root(a) } });
  const key = graph.resource(a, `arn:aws:kms:eu-west-1:${a}:key/1`, 'KmsKey', policy, { unread: ['kms:ListGrants'] });
  const ana = graph.user(a, 'ana', { policies: { all: allow(['s3:*', 'kms:*'], '*') } });
  const ben = graph.user(a, 'ben');

  const acl = `unknown: \`s3:GetBucketAcl\` of \`${bucket}\` could not be read`;
  expect(brief(await ask(graph, 's3:ListBucket', bucket))).toEqual({
    '*': acl,
    [ana]: 'allowed',
    [ben]: acl,
    [root(a)]: 'allowed',
  });
  const grants = `unknown: the grants of key \`${key}\` could not be read`;
  expect(brief(await ask(graph, 'kms:Decrypt', key))).toEqual({
    [ana]: 'allowed',
    [ben]: grants,
    [root(a)]: 'allowed',
  });
});

test('objects that may carry their own ACLs are a gap of the answer', async () => {
  const graph = new GraphFixture().account(a);
  graph.bucket(a, 'old', undefined, { objectOwnership: 'ObjectWriter' });
  graph.bucket(a, 'new');
  const messages = async (resource: string) =>
    (await ask(graph, 's3:GetObject', resource)).gaps.map((gap) => gap.message);

  const message = 'objects of `arn:aws:s3:::old` may carry ACLs of their own, which are not collected';
  expect(await messages('arn:aws:s3:::old/k')).toContain(message);
  expect(await messages('arn:aws:s3:::new/k')).not.toContain(message.replace('old', 'new'));
});

test('a rule by tag holds for equal tags only', async () => {
  const graph = new GraphFixture().account(a);
  const queue = graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue', undefined, { tags: ['team=blue'] });
  const condition = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
  const policies = { abac: allow('sqs:*', '*', { Condition: condition }) };
  const blue = graph.user(a, 'blue', { policies, tags: { team: 'blue' } });
  graph.user(a, 'red', { policies, tags: { team: 'red' } });
  graph.user(a, 'none', { policies });

  expect(brief(await ask(graph, 'sqs:SendMessage', queue))).toEqual({ [root(a)]: 'allowed', [blue]: 'allowed' });
});

test('a bucket for the whole organization lets in its accounts and nobody else', async () => {
  const graph = organization();
  graph.account('999999999999');
  const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-acme' } };
  graph.bucket(a, 'all', allow('s3:GetObject', 'arn:aws:s3:::all/*', { Principal: '*', Condition: condition }));
  const policies = { read: allow('s3:GetObject', '*') };
  const member = graph.user(b, 'member', { policies });
  graph.user(b, 'without-permission');
  graph.user('999999999999', 'outsider', { policies });

  expect(brief(await ask(graph, 's3:GetObject', 'arn:aws:s3:::all/k'))).toEqual({
    [root(a)]: 'allowed',
    [root(b)]: 'allowed',
    [member]: 'allowed',
  });
});

test('a principal of an account that nobody collected stands there as what is not known', async () => {
  const graph = new GraphFixture().account(a);
  const vendor = 'arn:aws:iam::999999999999:role/scanner';
  graph.bucket(a, 'shared', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: [vendor, '888888888888'] },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::shared/*',
      },
    ],
  });

  const answer = await ask(graph, 's3:GetObject', 'arn:aws:s3:::shared/k');

  expect(brief(answer)).toEqual({
    [root(a)]: 'allowed',
    [root('888888888888')]: 'allowed',
    [vendor]: 'unknown: account 999999999999 was not collected, and its own policies must allow as well',
  });
  expect(answer.rows.map(({ principal }) => principal.label)).toEqual(['AwsRootUser', 'Uncollected', 'Uncollected']);
});

test('a service that the policy names is a row', async () => {
  const graph = new GraphFixture().account(a);
  const queue = graph.resource(
    a,
    `arn:aws:sqs:eu-west-1:${a}:jobs`,
    'SqsQueue',
    allow('sqs:SendMessage', '*', { Principal: { Service: 'sns.amazonaws.com' } }),
  );

  expect(brief(await ask(graph, 'sqs:SendMessage', queue))).toEqual({
    [root(a)]: 'allowed',
    'sns.amazonaws.com': 'allowed',
  });
});

test('a trust policy grants nothing but the assumption of its role', async () => {
  const graph = new GraphFixture().account(a);
  const named = graph.user(a, 'named');
  const passer = graph.user(a, 'passer', { policies: { pass: allow('iam:PassRole', '*') } });
  const role = graph.role(a, 'worker', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: named }, Action: '*' }],
  });

  expect(brief(await ask(graph, 'iam:PassRole', role))).toEqual({ [passer]: 'allowed', [root(a)]: 'allowed' });
  expect(brief(await ask(graph, 'sts:AssumeRole', role))).toEqual({ [named]: 'allowed' });
});

test('a principal that is missing is granted nothing (I3)', async () => {
  const graph = new GraphFixture().account(a);
  const gone = graph.user(a, 'gone', { properties: { missingSince: '2026-11-23T08:00:00Z' } });
  graph.bucket(a, 'shared', allow('s3:ListBucket', '*', { Principal: { AWS: gone } }));

  expect(brief(await ask(graph, 's3:ListBucket', 'arn:aws:s3:::shared'))).toEqual({ [root(a)]: 'allowed' });
});

test('a resource that is missing is nobody’s to use, and the answer says so (I3)', async () => {
  const graph = new GraphFixture().account(a);
  graph.bucket(a, 'gone', undefined, { missingSince: '2026-11-23T08:00:00Z' });

  const answer = await ask(graph, 's3:ListBucket', 'arn:aws:s3:::gone');

  expect(answer.rows).toEqual([]);
  expect(answer.gaps.map((gap) => gap.message)).toContain(
    '`arn:aws:s3:::gone` was not there any more at 2026-11-23T08:00:00Z; one more run will confirm it',
  );
});

test('principals of an account that could not be read are a gap of the answer', async () => {
  const graph = new GraphFixture().account(a).scope(a, 'IamRole', 'denied');
  const queue = graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue');

  const answer = await ask(graph, 'sqs:SendMessage', queue);

  expect(answer.gaps.map((gap) => gap.message)).toContain(
    `the IamRole listing of account ${a} is not complete (denied)`,
  );
});

test.each(['held', 'denied'] as const)(
  'an answer on a resource whose listing is %s carries that gap, and one on its neighbour does not (I10)',
  async (state) => {
    const graph = new GraphFixture().account(a).account(b);
    const place = { partition: 'aws', account: a, region: 'global' };
    const message = 'what was known stays';
    const gap: Gap = { place, resource: 'S3Bucket', action: 'none', reason: state, message };
    graph.scope(a, 'S3Bucket', state, [gap, { ...gap, arn: 'arn:aws:s3:::another' }]);
    graph.bucket(a, 'old', allow('s3:ListBucket', '*', { Principal: '*' }));
    graph.bucket(b, 'new', allow('s3:ListBucket', '*', { Principal: '*' }));

    const [old, neighbour] = [
      await ask(graph, 's3:ListBucket', 'arn:aws:s3:::old'),
      await ask(graph, 's3:ListBucket', 'arn:aws:s3:::new'),
    ];

    const own = (gaps: readonly Gap[]) => gaps.filter(({ reason }) => reason === state);
    expect(own(old.gaps)).toEqual([gap]);
    expect(own(neighbour.gaps)).toEqual([]);
  },
);

test('principals whose listing is held are a gap of every answer that rests on them (I10)', async () => {
  const graph = new GraphFixture().account(a).scope(a, 'IamRole', 'held');
  const queue = graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue');

  const answer = await ask(graph, 'sqs:SendMessage', queue);

  expect(answer.gaps.map((gap) => gap.message)).toContain(`the IamRole listing of account ${a} is not complete (held)`);
});

test('who is named by the unique id of a principal that was deleted is nobody: not its namesake (I11)', async () => {
  const graph = new GraphFixture().account(a);
  const namesake = graph.role(a, 'deploy', trusts({ Service: 'ec2.amazonaws.com' }), {
    properties: { uniqueId: 'AROANEWNEWNEWNEWNEWNE' },
  });
  graph.bucket(a, 'shared', allow('s3:ListBucket', '*', { Principal: { AWS: 'AROAOLDOLDOLDOLDOLDOL' } }));
  graph.bucket(a, 'again', allow('s3:ListBucket', '*', { Principal: { AWS: 'AROANEWNEWNEWNEWNEWNE' } }));

  expect(brief(await ask(graph, 's3:ListBucket', 'arn:aws:s3:::shared'))).toEqual({ [root(a)]: 'allowed' });
  expect(brief(await ask(graph, 's3:ListBucket', 'arn:aws:s3:::again'))).toEqual({
    [root(a)]: 'allowed',
    [namesake]: 'allowed',
  });
});

const rootId = `arn:aws:organizations::${a}:root/o-acme/r-1`;
const upper = `arn:aws:organizations::${a}:ou/o-acme/ou-1-upper`;
const lower = `arn:aws:organizations::${a}:ou/o-acme/ou-1-lower`;

/** Account `a` manages, account `b` is two OUs down. */
function organization(): GraphFixture {
  const graph = new GraphFixture();
  for (const id of [a, b])
    graph.account(id, { organizationId: 'o-acme', arn: `arn:aws:organizations::${a}:account/o-acme/${id}` });
  graph.node(rootId, ['OrganizationRoot', 'AwsResource']);
  graph.node(upper, ['OrganizationalUnit', 'AwsResource']);
  graph.node(lower, ['OrganizationalUnit', 'AwsResource']);
  graph
    .edge('CONTAINS', rootId, a)
    .edge('CONTAINS', rootId, upper)
    .edge('CONTAINS', upper, lower)
    .edge('CONTAINS', lower, b);
  for (const label of ['OrganizationRoot', 'ServiceControlPolicy', 'ResourceControlPolicy']) graph.scope(a, label);
  return graph;
}

test('what was used last changes no answer (LA1, LA2, LA3, LA4)', async () => {
  const graph = (properties: Properties) => {
    const fixture = new GraphFixture().account(a).scope(a, 'OrganizationRoot');
    fixture.bucket(a, 'reports');
    fixture.user(a, 'ana', { policies: { read: allow('s3:Get*', 'arn:aws:s3:::reports/*') }, properties });
    fixture.user(a, 'ben', { properties });
    return fixture;
  };
  const used = { passwordLastUsedAt: '2026-11-23T08:00:00Z', lastUsedAt: '2026-11-23T08:00:00Z' };
  const of = (properties: Properties) => ask(graph(properties), 's3:GetObject', 'arn:aws:s3:::reports/*');

  expect((await of(used)).rows).toEqual((await of({})).rows);
});

test('an account that nobody collected may become a role that trusts it, on the condition of the trust', async () => {
  const graph = new GraphFixture().account(a).scope(a, 'OrganizationRoot');
  const onId = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
  const role = graph.role(a, 'audit', trusts({ AWS: `arn:aws:iam::${b}:root` }, onId));

  const { rows } = await ask(graph, 'sts:AssumeRole', role);

  expect(rows.map(({ principal, decision }) => [principal.name, decision.outcome])).toEqual([
    [`account ${b}`, 'conditional'],
  ]);
});
