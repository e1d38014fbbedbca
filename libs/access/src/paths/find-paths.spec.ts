import { expect, test } from 'vitest';
import { compile } from '../compile.ts';
import { allow, GraphFixture, trusts } from '../graph-fixture.ts';
import type { PathsAnswer, PathsQuestion } from './question.ts';

const a = '111111111111';
const b = '222222222222';
const stranger = '999999999999';
const queue = `arn:aws:sqs:eu-west-1:${b}:payroll`;
const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const brief = ({ paths, more }: PathsAnswer): unknown => ({
  paths: paths.map(({ from, hops, decision }) => [decision.outcome, from.name, ...hops.map(({ to }) => nameOf(to))]),
  more,
});
const nameOf = (id: string): string => id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);

/** `dev` reaches `payroll` through `deploy`, through `ops` with MFA, and through both one after the other. */
function company(): GraphFixture {
  const graph = new GraphFixture().account(a).account(b);
  graph.resource(b, queue, 'SqsQueue');
  graph.user(a, 'dev', { policies: { assume: allow('sts:AssumeRole', '*') } });
  const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
  graph.role(a, 'deploy', trusts({ AWS: `arn:aws:iam::${a}:user/dev` }), { policies: { all: allow('sts:*', '*') } });
  graph.role(
    a,
    'ops',
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${a}:user/dev` }, Action: 'sts:AssumeRole', ...mfa },
        { Effect: 'Allow', Principal: { AWS: role(a, 'deploy') }, Action: 'sts:AssumeRole' },
      ],
    },
    { policies: { all: allow('sts:*', '*') } },
  );
  graph.role(b, 'payroll', trusts({ AWS: [role(a, 'deploy'), role(a, 'ops')] }), {
    policies: { read: allow('sqs:ReceiveMessage', queue), back: allow('sts:*', '*') },
  });
  return graph;
}

async function ask(graph: GraphFixture, question: PathsQuestion): Promise<PathsAnswer> {
  return (await compile(graph.source())).paths(question);
}

test('the sure paths come first, then the short ones, each hop with its sentence and its decision', async () => {
  const answer = await ask(company(), { from: 'dev', to: queue, action: 'sqs:ReceiveMessage' });

  expect(brief(answer)).toEqual({
    paths: [
      ['allowed', 'dev', 'deploy', 'payroll', 'payroll'],
      ['allowed', 'dev', 'deploy', 'ops', 'payroll', 'payroll'],
      ['conditional', 'dev', 'ops', 'payroll', 'payroll'],
    ],
    more: 'none',
  });
  expect(answer.paths[2]?.hops.map(({ edge, sentence }) => [edge, sentence])).toEqual([
    ['CAN_ASSUME', expect.stringMatching(/^dev can assume role ops when .*MultiFactorAuthPresent/)],
    ['CAN_ASSUME', 'ops can assume role payroll'],
    ['CAN', 'payroll can do sqs:ReceiveMessage on payroll'],
  ]);
  expect(answer.paths[0]?.decision).toEqual({
    outcome: 'allowed',
    grants: [
      { by: 'statement', statement: { policy: `${role(b, 'payroll')}#inline/read`, kind: 'identity', index: 0 } },
    ],
  });
});

test('a role is reached as well, and how many paths are wanted decides how many come', async () => {
  const one = await ask(company(), { from: 'dev', to: role(b, 'payroll'), k: 1 });
  const all = await ask(company(), { from: 'dev', to: role(b, 'payroll'), k: 3 });
  const own = await ask(company(), { from: 'payroll', to: 'payroll' });

  expect(brief(one)).toEqual({ paths: [['allowed', 'dev', 'deploy', 'payroll']], more: 'more' });
  expect(all.more).toBe('none');
  expect(brief(own)).toEqual({ paths: [['allowed', 'payroll']], more: 'none' });
});

test('depth, certainty and unwanted context keys leave paths out', async () => {
  const to = role(b, 'payroll');

  expect(brief(await ask(company(), { from: 'dev', to, depth: 2 }))).toEqual({
    paths: [
      ['allowed', 'dev', 'deploy', 'payroll'],
      ['conditional', 'dev', 'ops', 'payroll'],
    ],
    more: 'none',
  });
  expect(brief(await ask(company(), { from: 'dev', to, depth: 1 }))).toEqual({ paths: [], more: 'none' });
  const sure = {
    paths: [
      ['allowed', 'dev', 'deploy', 'payroll'],
      ['allowed', 'dev', 'deploy', 'ops', 'payroll'],
    ],
    more: 'none',
  };
  expect(brief(await ask(company(), { from: 'dev', to, certainty: 'allowed' }))).toEqual(sure);
  expect(brief(await ask(company(), { from: 'dev', to, withoutKeys: ['aws:multifactorauthpresent'] }))).toEqual(sure);
  expect((await ask(company(), { from: 'dev', to, withoutKeys: ['aws:SourceIp'] })).paths).toHaveLength(3);
});

test('a context that is given is evaluated on every hop', async () => {
  const to = role(a, 'ops');
  const given = (value: string) => ({ from: 'dev', to, depth: 1, context: { 'aws:MultiFactorAuthPresent': value } });

  expect(brief(await ask(company(), given('true')))).toEqual({ paths: [['allowed', 'dev', 'ops']], more: 'none' });
  expect(brief(await ask(company(), given('false')))).toEqual({ paths: [], more: 'none' });
});

test('a person goes through a group, and a role that names their session lets them on alone (IC3)', async () => {
  const graph = new GraphFixture().account(b);
  const name = 'AWSReservedSSO_Reader_0123456789abcdef';
  const provider = `arn:aws:iam::${b}:saml-provider/AWSSSO_0_DO_NOT_DELETE`;
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithSAML' }],
  };
  const session = `arn:aws:sts::${b}:assumed-role/${name}`;
  const reader = graph.role(b, name, trust, {
    path: '/aws-reserved/sso.amazonaws.com/',
    policies: { next: allow('sts:AssumeRole', '*') },
    properties: { uniqueId: 'AROA0000000000000001' },
  });
  graph.node(reader, ['IamRole', 'AwsResource', 'Principal'], graph.propertiesOf(reader), [session]);
  graph.role(b, 'vault', trusts({ AWS: `${session}/alice` }));
  const group = graph.node('arn:aws:identitystore:::group/1', ['IdentityCenterGroup', 'AwsResource'], {
    name: 'staff',
  });
  for (const person of [graph.person('alice'), graph.person('bob')]) graph.edge('MEMBER_OF', person, group);
  graph.edge('ASSIGNED', group, reader, { permissionSet: 'Reader', account: b });

  const alice = await ask(graph, { from: 'alice', to: 'vault' });

  expect(alice.paths.map(({ hops, decision }) => [decision.outcome, hops.map(({ edge }) => edge)])).toEqual([
    ['allowed', ['MEMBER_OF', 'ASSIGNED', 'CAN_ASSUME']],
  ]);
  expect((await ask(graph, { from: 'bob', to: 'vault' })).paths).toEqual([]);
});

test('everyone outside is where a path begins: a stranger’s account, a provider’s users, and anyone', async () => {
  const graph = company();
  const provider = graph.node(
    `arn:aws:iam::${a}:oidc-provider/token.actions.githubusercontent.com`,
    ['OidcProvider', 'AwsResource'],
    { name: 'github' },
  );
  graph.role(
    a,
    'ci',
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity' }],
    },
    { policies: { on: allow('sts:AssumeRole', '*') } },
  );
  graph.role(a, 'vendor', trusts({ AWS: stranger }), { policies: { on: allow('sts:AssumeRole', '*') } });
  graph.role(b, 'inner', trusts({ AWS: [role(a, 'ci'), role(a, 'vendor')] }));

  expect(brief(await ask(graph, { from: 'outside', to: role(b, 'inner') }))).toEqual({
    paths: [
      ['allowed', 'github', 'ci', 'inner'],
      ['allowed', `account ${stranger}`, 'vendor', 'inner'],
    ],
    more: 'none',
  });
  expect((await ask(graph, { from: 'outside', to: role(b, 'payroll') })).paths).toEqual([]);
});

test('whom the resource itself lets in from outside needs no role', async () => {
  const graph = company();
  const policy = allow('sqs:SendMessage', queue, { Principal: { AWS: stranger } });
  graph.resource(b, queue, 'SqsQueue', policy);

  const answer = await ask(graph, { from: 'outside', to: queue, action: 'sqs:SendMessage' });

  expect(brief(answer)).toEqual({ paths: [['allowed', `account ${stranger}`, 'payroll']], more: 'none' });
});

test('questions that cannot be answered say why in one sentence', async () => {
  const index = await compile(company().source());

  await expect(index.paths({ from: 'dev', to: 'nobody' })).rejects.toThrow('unknown principal `nobody`');
  await expect(index.paths({ from: 'dev', to: queue, action: 'sqs:Nothing' })).rejects.toThrow('unknown action');
  await expect(index.paths({ from: 'dev', to: 'payroll', k: 0 })).rejects.toThrow('`k` must be a number from 1 to 100');
  await expect(index.paths({ from: 'dev', to: 'payroll', depth: 0 })).rejects.toThrow(
    '`depth` must be a number of 1 or more',
  );
});
