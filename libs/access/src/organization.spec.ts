import { expect, test } from 'vitest';
import { readGraph } from './graph-data.ts';
import { allow, GraphFixture } from './graph-fixture.ts';
import { readAccount } from './organization.ts';
import { policyTable } from './policy-table.ts';

const management = '111111111111';
const member = '222222222222';
const organizationArn = `arn:aws:organizations::${management}:organization/o-acme`;
const root = `arn:aws:organizations::${management}:root/o-acme/r-1`;
const unit = `arn:aws:organizations::${management}:ou/o-acme/ou-1-prod`;
const rcpFull = 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess';

function tree(): GraphFixture {
  const graph = new GraphFixture();
  graph.account(management, { organizationId: 'o-acme', management: true });
  graph.account(member, { organizationId: 'o-acme', management: false });
  graph.node(organizationArn, ['Organization', 'AwsResource']);
  graph.node(root, ['OrganizationRoot', 'AwsResource']);
  graph.node(unit, ['OrganizationalUnit', 'AwsResource']);
  graph.edge('CONTAINS', organizationArn, root).edge('CONTAINS', root, unit);
  graph.edge('CONTAINS', root, management).edge('CONTAINS', unit, member);
  for (const label of ['Organization', 'OrganizationRoot', 'ServiceControlPolicy', 'ResourceControlPolicy'])
    graph.scope(management, label);
  return graph;
}

/** Levels in short: where, and the ids of what is attached. */
async function read(graph: GraphFixture, account: string) {
  const { scp, rcp, ...facts } = readAccount(await readGraph(graph.source()), policyTable(), account);
  const brief = (levels: typeof scp): unknown =>
    levels?.map((level) => [level.target, level.policies.map((policy) => policy.id)]);
  return { ...facts, scp: brief(scp), rcp: brief(rcp) };
}

test('levels go from the root to the account, and the free RCP of AWS stands on each', async () => {
  const graph = tree();
  graph.controlPolicy('service', 'Full', allow('*', '*'), [root, unit, member]);
  graph.controlPolicy('resource', 'Own', allow('s3:*', '*', { Effect: 'Deny', Principal: '*' }), [unit]);
  const scp = `arn:aws:organizations::${management}:policy/o-acme/service_control_policy/p-Full`;
  const rcp = `arn:aws:organizations::${management}:policy/o-acme/resource_control_policy/p-Own`;

  expect(await read(graph, member)).toEqual({
    id: member,
    name: member,
    management: false,
    organization: { id: 'o-acme', path: 'o-acme/r-1/ou-1-prod/' },
    unread: [],
    organizationNotCollected: false,
    scp: [
      [root, [scp]],
      [unit, [scp]],
      [member, [scp]],
    ],
    rcp: [
      [root, [rcpFull]],
      [unit, [rcp, rcpFull]],
      [member, [rcpFull]],
    ],
  });
});

test('a policy type that the root does not name as enabled is not in force', async () => {
  const graph = tree();
  graph.controlPolicy('service', 'Full', allow('*', '*'), [root, unit, member]);
  graph.node(root, ['OrganizationRoot', 'AwsResource'], { enabledPolicyTypes: ['RESOURCE_CONTROL_POLICY'] });

  expect((await read(graph, member)).scp).toBeUndefined();
});

test('an organization in which no policy is attached anywhere uses none', async () => {
  const { scp, rcp, unread } = await read(tree(), member);

  expect({ scp, rcp, unread }).toEqual({ scp: undefined, rcp: undefined, unread: [] });
});

test('policies that could not be listed are unknown for the accounts of the organization', async () => {
  const graph = tree().scope(management, 'ServiceControlPolicy', 'denied');

  const { scp, unread } = await read(graph, member);

  const reason = `the service control policies of account ${member} could not be read (denied)`;
  expect({ scp, unread }).toEqual({
    scp: undefined,
    unread: [{ layer: 'scp', id: member, action: 'organizations:ListPolicies', reason }],
  });
});

test('an account in no organization has no levels', async () => {
  const graph = new GraphFixture().account(member).scope(member, 'Organization');

  expect(await read(graph, member)).toEqual({
    id: member,
    name: member,
    management: false,
    unread: [],
    organizationNotCollected: false,
    scp: undefined,
    rcp: undefined,
  });
});

test('an account whose organization could not be read may be under SCPs that nobody knows', async () => {
  const graph = new GraphFixture().account(member).scope(member, 'Organization', 'denied');

  const { unread } = await read(graph, member);

  expect(unread.map(({ layer, reason }) => [layer, reason])).toEqual([
    ['scp', `whether account ${member} is in an organization could not be read (denied)`],
    ['rcp', `whether account ${member} is in an organization could not be read (denied)`],
  ]);
});

test('an account for which nobody looked says so', async () => {
  const { unread, organizationNotCollected } = await read(new GraphFixture().account(member), member);

  expect({ unread, organizationNotCollected }).toEqual({ unread: [], organizationNotCollected: true });
});
