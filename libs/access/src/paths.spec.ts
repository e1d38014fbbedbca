import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { allow, GraphFixture, trusts } from './graph-fixture.ts';

const a = '111111111111';
const b = '222222222222';
const queue = `arn:aws:sqs:eu-west-1:${b}:payroll`;

test('a chain of roles leads from a developer to the secret, and cycles end', async () => {
  const graph = new GraphFixture().account(a).account(b);
  graph.resource(b, queue, 'SqsQueue');
  const deploy = `arn:aws:iam::${a}:role/deploy`;
  const payroll = `arn:aws:iam::${b}:role/payroll`;
  const dev = graph.user(a, 'dev', { policies: { deploy: allow('sts:AssumeRole', deploy) } });
  graph.user(a, 'other');
  graph.role(a, 'deploy', trusts({ AWS: [`arn:aws:iam::${a}:root`, payroll] }), {
    policies: { next: allow('sts:AssumeRole', payroll) },
  });
  graph.role(b, 'payroll', trusts({ AWS: deploy }), {
    policies: { read: allow('sqs:ReceiveMessage', queue), back: allow('sts:AssumeRole', deploy) },
  });

  const { rows } = await (
    await compile(graph.source())
  ).whoCan({
    action: 'sqs:ReceiveMessage',
    resource: queue,
    through: 'anyPath',
  });

  expect(
    rows.map(({ principal, decision, path }) => [principal.id, decision.outcome, path.map((hop) => hop.sentence)]),
  ).toEqual([
    [deploy, 'allowed', ['deploy can assume role payroll']],
    [dev, 'allowed', ['dev can assume role deploy', 'deploy can assume role payroll']],
    [payroll, 'allowed', []],
    [`arn:aws:iam::${b}:root`, 'allowed', []],
  ]);
});

test('a person reaches a role through a group and its assignment, and every step is shown', async () => {
  const graph = new GraphFixture().account(b);
  graph.resource(b, queue, 'SqsQueue');
  const role = identityCenterRole(graph, { read: allow('sqs:ReceiveMessage', queue) });
  const alice = graph.person('alice');
  graph.person('bob');
  const group = graph.node('arn:aws:identitystore:::group/1', ['IdentityCenterGroup', 'AwsResource'], {
    name: 'payroll',
  });
  graph.edge('MEMBER_OF', alice, group);
  graph.edge('ASSIGNED', group, role, { permissionSet: 'PayrollReader', account: b });

  const index = await compile(graph.source());

  const { rows } = await index.whoCan({ action: 'sqs:ReceiveMessage', resource: queue, through: 'anyPath' });
  expect(rows.find(({ principal }) => principal.id === alice)).toEqual({
    principal: { id: alice, label: 'IdentityCenterUser', name: 'alice' },
    decision: {
      outcome: 'allowed',
      grants: [{ by: 'statement', statement: { policy: `${role}#inline/read`, kind: 'identity', index: 0 } }],
    },
    path: [
      { from: alice, edge: 'MEMBER_OF', to: group, sentence: 'alice is a member of group payroll' },
      { from: group, edge: 'ASSIGNED', to: role, sentence: `payroll is assigned PayrollReader in account ${b}` },
    ],
  });
  expect(rows.map(({ principal }) => principal.name).sort()).toEqual([
    role.slice(role.lastIndexOf('/') + 1),
    'alice',
    'root',
  ]);
  const { decision, ways } = await index.explain({ principal: 'alice', action: 'sqs:ReceiveMessage', resource: queue });
  expect([decision.outcome, ways.map((way) => way.as.id)]).toEqual(['allowed', [role]]);
  const bob = await index.explain({ principal: 'bob', action: 'sqs:ReceiveMessage', resource: queue });
  expect(bob.decision.outcome).toBe('implicitlyDenied');
});

test('what depends on the user name is answered for each person (IC3)', async () => {
  const graph = new GraphFixture().account(b);
  graph.resource(b, queue, 'SqsQueue');
  const condition = { StringLike: { 'aws:userid': '*:alice' } };
  const role = identityCenterRole(graph, { read: allow('sqs:ReceiveMessage', queue, { Condition: condition }) });
  const [alice, bob] = [graph.person('alice'), graph.person('bob')];
  for (const person of [alice, bob]) graph.edge('ASSIGNED', person, role, { permissionSet: 'Reader', account: b });

  const { rows } = await (
    await compile(graph.source())
  ).whoCan({
    action: 'sqs:ReceiveMessage',
    resource: queue,
    through: 'anyPath',
  });

  expect(
    rows
      .filter(({ principal }) => principal.label === 'IdentityCenterUser')
      .map(({ principal, decision }) => [principal.id, decision.outcome]),
  ).toEqual([[alice, 'allowed']]);
});

test('a trust in one person’s session lets that person on, and nobody else who holds the role', async () => {
  const graph = new GraphFixture().account(b);
  graph.resource(b, queue, 'SqsQueue');
  const role = identityCenterRole(graph, { next: allow('sts:AssumeRole', '*') });
  const session = `arn:aws:sts::${b}:assumed-role/${role.slice(role.lastIndexOf('/') + 1)}/alice`;
  const reader = graph.role(b, 'reader', trusts({ AWS: session }), {
    policies: { read: allow('sqs:ReceiveMessage', queue) },
  });
  graph.node(role, ['IamRole', 'AwsResource', 'Principal'], graph.propertiesOf(role), [
    session.replace(/\/alice$/, ''),
  ]);
  const [alice, bob] = [graph.person('alice'), graph.person('bob')];
  for (const person of [alice, bob]) graph.edge('ASSIGNED', person, role, { permissionSet: 'Reader', account: b });

  const index = await compile(graph.source());

  const { rows } = await index.whoCan({ action: 'sqs:ReceiveMessage', resource: queue, through: 'anyPath' });
  expect(rows.map(({ principal, decision }) => [principal.id, decision.outcome])).toEqual([
    [`arn:aws:iam::${b}:role${role.slice(role.indexOf('/'))}`, 'conditional'],
    [reader, 'allowed'],
    [`arn:aws:iam::${b}:root`, 'allowed'],
    [alice, 'allowed'],
  ]);
});

test('an OIDC provider’s users become a role on the condition of its trust policy', async () => {
  const graph = new GraphFixture().account(a);
  const provider = graph.node(`arn:aws:iam::${a}:oidc-provider/token.example.com`, ['OidcProvider', 'AwsResource'], {
    name: 'token.example.com',
  });
  const role = graph.role(a, 'ci', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringLike: { 'token.example.com:sub': 'repo:acme/*' } },
      },
    ],
  });

  const edges = await (await compile(graph.source())).canAssume();

  expect(edges).toEqual([
    {
      type: 'CAN_ASSUME',
      from: provider,
      to: role,
      properties: { certainty: 'conditional', when: expect.stringContaining('token.example.com:sub') },
    },
  ]);
});

test('an external id makes the way conditional, and the row carries the condition', async () => {
  const graph = new GraphFixture().account(a).account(b);
  graph.resource(a, `arn:aws:sqs:eu-west-1:${a}:jobs`, 'SqsQueue');
  const scanner = graph.role(b, 'scanner', trusts({ Service: 'ec2.amazonaws.com' }), {
    policies: { assume: allow('sts:AssumeRole', '*') },
  });
  const vendor = graph.role(
    a,
    'vendor',
    trusts({ AWS: scanner }, { Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }),
    {
      policies: { read: allow('sqs:ReceiveMessage', '*') },
    },
  );

  const index = await compile(graph.source());

  const { rows } = await index.whoCan({
    action: 'sqs:ReceiveMessage',
    resource: `arn:aws:sqs:eu-west-1:${a}:jobs`,
    through: 'anyPath',
  });
  const row = rows.find(({ principal }) => principal.id === scanner);
  expect([row?.decision.outcome, row?.path.map((hop) => hop.to)]).toEqual(['conditional', [vendor]]);
  expect(row?.decision).toMatchObject({ text: expect.stringContaining('sts:ExternalId') });
  expect(await index.canAssume()).toEqual([
    {
      type: 'CAN_ASSUME',
      from: scanner,
      to: vendor,
      properties: { certainty: 'conditional', when: expect.stringContaining('x-1') },
    },
  ]);
});

test('of an account that a role trusts, only those become it who have the permission, and never the root user', async () => {
  const graph = new GraphFixture().account(a);
  const role = graph.role(a, 'open', trusts({ AWS: `arn:aws:iam::${a}:root` }));
  const ana = graph.user(a, 'ana', { policies: { assume: allow('sts:AssumeRole', role) } });
  graph.user(a, 'ben', { policies: { read: allow('s3:*', '*') } });

  const edges = await (await compile(graph.source())).canAssume();

  expect(edges).toEqual([{ type: 'CAN_ASSUME', from: ana, to: role, properties: { certainty: 'allowed' } }]);
});

function identityCenterRole(graph: GraphFixture, policies: Record<string, ReturnType<typeof allow>>): string {
  const provider = `arn:aws:iam::${b}:saml-provider/AWSSSO_0_DO_NOT_DELETE`;
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Federated: provider }, Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] },
    ],
  };
  return graph.role(b, 'AWSReservedSSO_PayrollReader_0123456789abcdef', trust, {
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    policies,
    properties: { uniqueId: 'AROA0000000000000001' },
  });
}

test('who may sign in to a role through a provider is asked by the provider’s own action', async () => {
  const graph = new GraphFixture().account(b);
  const role = identityCenterRole(graph, {});
  const provider = `arn:aws:iam::${b}:saml-provider/AWSSSO_0_DO_NOT_DELETE`;
  graph.node(provider, ['SamlProvider', 'AwsResource'], { name: 'AWSSSO_0_DO_NOT_DELETE' });

  const { rows } = await (await compile(graph.source())).whoCan({ action: 'sts:AssumeRoleWithSAML', resource: role });

  expect(rows.map(({ principal, decision }) => [principal, decision.outcome])).toEqual([
    [{ id: provider, label: 'SamlProvider', name: 'AWSSSO_0_DO_NOT_DELETE', account: b }, 'allowed'],
  ]);
});

test('what a person can do is what their roles can do, and the way stands beside it (IC2)', async () => {
  const graph = new GraphFixture().account(b);
  graph.resource(b, queue, 'SqsQueue');
  const role = identityCenterRole(graph, { read: allow('sqs:ReceiveMessage', queue) });
  const alice = graph.person('alice');
  const set = graph.node('arn:aws:sso:::permissionSet/1', ['PermissionSet', 'AwsResource'], { name: 'PayrollReader' });
  graph.edge('ASSIGNED', alice, role, { permissionSet: set, account: b });

  const { principal, rows } = await (await compile(graph.source())).whatCan({ principal: 'alice', action: 'sqs:*' });

  expect({ principal, rows }).toEqual({
    principal: { id: alice, label: 'IdentityCenterUser', name: 'alice' },
    rows: [
      {
        resource: queue,
        service: 'sqs',
        actions: [{ action: 'sqs:ReceiveMessage', level: 'Read', outcome: 'allowed' }],
        as: { id: role, label: 'IamRole', name: 'AWSReservedSSO_PayrollReader_0123456789abcdef', account: b },
        path: [
          {
            from: alice,
            edge: 'ASSIGNED',
            to: role,
            sentence: `alice is assigned PayrollReader in account ${b}`,
          },
        ],
      },
    ],
  });
});

test('a person who is disabled reaches nothing', async () => {
  const graph = new GraphFixture().account(b);
  graph.resource(b, queue, 'SqsQueue');
  const role = identityCenterRole(graph, { read: allow('sqs:ReceiveMessage', queue) });
  const left = graph.node('arn:aws:identitystore:::user/9', ['IdentityCenterUser', 'AwsResource', 'Person'], {
    name: 'left',
    status: 'DISABLED',
  });
  graph.edge('ASSIGNED', left, role, { permissionSet: 'Reader', account: b });

  const index = await compile(graph.source());

  expect(await index.whatCan({ principal: 'left' })).toMatchObject({ rows: [] });
  const { explanation } = await index.explain({ principal: 'left', action: 'sqs:ReceiveMessage', resource: queue });
  expect(explanation.warnings).toEqual([`\`${left}\` reaches no role`]);
});
