import { registry } from '@ag/collectors';
import type { GraphNode } from '@ag/model';
import { expect, test } from 'vitest';
import { collectPlanted } from './secrets/collect-planted.ts';
import { answered } from './secrets/full-answer.ts';
import { plantSecrets } from './secrets/plant.ts';

const { account, region } = answered;
const iam = `arn:aws:iam::${account}`;
const ec2 = `arn:aws:ec2:${region}:${account}`;
const labels = new Set(registry.definitions.map(({ label }) => label));
const hasPeers = registry.definitions.some(
  ({ label, edges }) => label === 'Ec2SecurityGroup' && edges.some(({ target }) => target === 'Ec2SecurityGroup'),
);

test('a permission set leads to the customer-managed policy that its account lacks (I12)', async () => {
  const instance = 'arn:aws:sso:::instance/ssoins-1';
  const set = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';

  const { ends, uncollected } = await looseEnds({
    GetAccountAuthorizationDetails: {
      RoleDetailList: [
        roleOf(
          'AWSReservedSSO_Admin_0123456789abcdef',
          'ec2.amazonaws.com',
          '/aws-reserved/sso.amazonaws.com/eu-west-1/',
        ),
      ],
    },
    ListInstances: { Instances: [{ InstanceArn: instance, IdentityStoreId: 'd-1', OwnerAccountId: account }] },
    ListPermissionSets: { PermissionSets: [set] },
    DescribePermissionSet: { PermissionSet: { Name: 'Admin' } },
    ListCustomerManagedPolicyReferencesInPermissionSet: {
      CustomerManagedPolicyReferences: [{ Path: '/', Name: 'Gone' }],
    },
  });

  expect(uncollected).toContainEqual([`${iam}:policy/Gone`, 'missing policy']);
  expect(ends).toContain(`${set} HAS_POLICY ${iam}:policy/Gone`);
});

test('an instance leads to its profile, which has no role (I12)', async () => {
  const profile = `${iam}:instance-profile/empty`;

  const { ends, uncollected } = await looseEnds({
    DescribeInstances: {
      Reservations: [
        { OwnerId: account, Instances: [{ InstanceId: 'i-0123456789abcdef0', IamInstanceProfile: { Arn: profile } }] },
      ],
    },
  });

  expect(uncollected).toContainEqual([profile, 'profile without role']);
  expect(ends).toContain(`${ec2}:instance/i-0123456789abcdef0 USES ${profile}`);
});

test('a role leads to the root of the account that it trusts and that nobody knows (I12)', async () => {
  const stranger = 'arn:aws:iam::999988887777:root';

  const { ends, uncollected } = await looseEnds({
    GetAccountAuthorizationDetails: { RoleDetailList: [roleOf('open', { AWS: stranger })] },
  });

  expect(uncollected).toContainEqual([stranger, 'other account']);
  expect(ends).toContain(`${iam}:role/open TRUSTS ${stranger}`);
});

test('a role leads to the deleted principal that its trust policy names by id (I11, I12)', async () => {
  const { ends, uncollected } = await looseEnds({
    GetAccountAuthorizationDetails: {
      RoleDetailList: [roleOf('open', { AWS: 'AIDAOLDOLDOLDOLDOLDOL' }), roleOf('namesake', 'ec2.amazonaws.com')],
    },
  });

  expect(uncollected).toContainEqual(['AIDAOLDOLDOLDOLDOLDOL', 'deleted principal']);
  expect(ends).toContain(`${iam}:role/open TRUSTS AIDAOLDOLDOLDOLDOLDOL`);
});

test.skipIf(!hasPeers)('a security group leads to the deleted group that its rule names (I12)', async () => {
  const { uncollected } = await looseEnds({
    DescribeSecurityGroups: {
      SecurityGroups: [
        {
          GroupId: 'sg-0aaaaaaaaaaaaaaaa',
          OwnerId: account,
          IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-0bbbbbbbbbbbbbbbb' }] }],
        },
      ],
    },
  });

  expect(uncollected).toContainEqual(['sg-0bbbbbbbbbbbbbbbb', 'does not exist']);
});

test.skipIf(!labels.has('Ec2RouteTable'))('a route table leads to the gateway of a blackhole route (I12)', async () => {
  const { uncollected } = await looseEnds({
    DescribeRouteTables: {
      RouteTables: [
        {
          RouteTableId: 'rtb-0aaaaaaaaaaaaaaaa',
          OwnerId: account,
          Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0bbbbbbbbbbbbbbbb', State: 'blackhole' }],
        },
      ],
    },
  });

  expect(uncollected).toContainEqual(['nat-0bbbbbbbbbbbbbbbb', 'does not exist']);
});

type Answers = Readonly<Record<string, object>>;

/** What is left unexplained where AWS answers so, and with nothing else. */
async function looseEnds(answers: Answers) {
  const answer = (operation: string, full: unknown) => ({ ...withoutItems(full), ...answers[operation] });
  return collectPlanted(plantSecrets(registry, { answer }).registry, async ({ snapshot }) => {
    const nodes: GraphNode[] = [];
    for await (const node of snapshot.nodes('Uncollected')) nodes.push(node);
    const ends: string[] = [];
    for await (const { from, type, to } of snapshot.edges()) ends.push(`${from} ${type} ${to}`);
    return { ends, uncollected: nodes.map(({ id, properties }) => [id, properties['reason']]) };
  });
}

/** A full answer whose lists are empty. */
function withoutItems(full: unknown): object {
  if (typeof full !== 'object' || full === null) return {};
  return Object.fromEntries(
    Object.entries(full).flatMap(([name, value]) => (Array.isArray(value) ? [[name, []]] : [])),
  );
}

function roleOf(name: string, principal: string | { readonly AWS: string }, path = '/') {
  const Principal = typeof principal === 'string' ? { Service: principal } : principal;
  const statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' };
  return {
    Arn: `${iam}:role${path}${name}`,
    RoleName: name,
    Path: path,
    RoleId: `AROA${name.toUpperCase().padEnd(17, 'X').slice(0, 17)}`,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  };
}
