import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Gap, GraphNode, Place } from '@ag/model';
import type { ClientClass, Collected, ReaderContext } from '@ag/resource';
import { expect, test, vi } from 'vitest';
import { identityCenter } from './identity-center.ts';

// It warns of the Node that its later releases need, and a test that prints fails.
vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');

const management = '111122223333';
const member = '444455556666';
const place: Place = { partition: 'aws', account: management, region: 'global' };
const instance = 'arn:aws:sso:::instance/ssoins-1';
const admin = 'arn:aws:sso:::permissionSet/ssoins-1/ps-admin';
const audit = 'arn:aws:sso:::permissionSet/ssoins-1/ps-audit';
const ana = 'arn:aws:identitystore:::user/u-ana';
const team = 'arn:aws:identitystore:::group/g-team';

type Input = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (input: Input) => unknown>>;

const company: Answers = {
  ListInstances: () => ({ Instances: [{ InstanceArn: instance, IdentityStoreId: 'd-1', OwnerAccountId: management }] }),
  DescribeInstanceAccessControlAttributeConfiguration: () => error('ResourceNotFoundException'),
  ListPermissionSets: () => ({ PermissionSets: [admin, audit] }),
  DescribePermissionSet: ({ PermissionSetArn }) => ({
    PermissionSet: { Name: PermissionSetArn === admin ? 'Admin' : 'Audit', SessionDuration: 'PT8H' },
  }),
  ListManagedPoliciesInPermissionSet: () => ({
    AttachedManagedPolicies: [{ Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
  }),
  ListCustomerManagedPolicyReferencesInPermissionSet: () => ({
    CustomerManagedPolicyReferences: [{ Path: '/team/', Name: 'Extra' }],
  }),
  GetInlinePolicyForPermissionSet: () => ({ InlinePolicy: '' }),
  GetPermissionsBoundaryForPermissionSet: () => error('ResourceNotFoundException'),
  ListAccountAssignments: ({ PermissionSetArn, AccountId }) => ({
    AccountAssignments:
      PermissionSetArn === admin && AccountId === member ? [{ PrincipalType: 'GROUP', PrincipalId: 'g-team' }] : [],
  }),
  ListUsers: () => ({ Users: [{ UserId: 'u-ana', UserName: 'ana' }] }),
  ListGroups: () => ({ Groups: [{ GroupId: 'g-team', DisplayName: 'team' }] }),
  ListGroupMemberships: () => ({ GroupMemberships: [{ MemberId: { UserId: 'u-ana' } }] }),
};

test('an assignment leads from the group to the role of the permission set in the account (IC3)', async () => {
  const { parts } = await read(company);

  expect(parts.map(({ resource, state }) => [resource, state])).toEqual([
    ['IdentityCenterInstance', 'complete'],
    ['PermissionSet', 'complete'],
    ['IdentityCenterUser', 'complete'],
    ['IdentityCenterGroup', 'complete'],
  ]);
  expect(part(parts, 'IdentityCenterGroup')?.edges).toEqual([
    {
      type: 'ASSIGNED',
      from: team,
      to: `permission-set-role:${member}/Admin`,
      key: admin,
      properties: { permissionSet: admin, account: member },
    },
  ]);
  expect(part(parts, 'IdentityCenterUser')?.edges).toEqual([
    { type: 'MEMBER_OF', from: ana, to: team, properties: {} },
  ]);
  const policies = part(parts, 'PermissionSet')?.edges.filter(({ from }) => from === admin);
  expect(policies?.map(({ type, to }) => [type, to])).toEqual([
    ['HAS_POLICY', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['PROVISIONED_AS', `permission-set-role:${member}/Admin`],
    ['HAS_POLICY', `arn:aws:iam::${member}:policy/team/Extra`],
  ]);
});

test('where all roles of an account are known, only sets that have one are asked for', async () => {
  const roles = [roleOf('Admin', member)];

  const { asked } = await read(company, { roles, complete: [member] });

  expect(asked).toEqual([
    `${management} ${admin}`,
    `${management} ${audit}`,
    // Not the other set in the member: it has no role there.
    `${member} ${admin}`,
  ]);
});

test('a set that is in an account without an assignment is still its role', async () => {
  const { parts } = await read(company, { roles: [roleOf('Audit', member)], complete: [management, member] });

  const provisioned = part(parts, 'PermissionSet')?.edges.filter(({ type }) => type === 'PROVISIONED_AS');
  expect(provisioned?.map(({ from, to }) => [from, to])).toEqual([[audit, `permission-set-role:${member}/Audit`]]);
});

test('the region that roles name is asked first, and the others where our own instance is not there', async () => {
  const inIreland = await read(company, { roles: [roleOf('Admin', member, 'eu-west-1/')] });
  const inVirginia = await read(company, { roles: [roleOf('Admin', member, '')] });
  const others: Answers = {
    ...company,
    ListInstances: () => ({ Instances: [{ InstanceArn: instance, IdentityStoreId: 'd-1', OwnerAccountId: member }] }),
  };
  const inEach = await read(others, { roles: [roleOf('Admin', member, 'eu-west-1/')] });

  expect([inIreland.regions, inVirginia.regions, inEach.regions]).toEqual([
    ['eu-west-1'],
    ['us-east-1'],
    ['eu-central-1', 'eu-west-1'],
  ]);
});

/** The same assignments, asked by principal: a person's listing holds what its groups bring. */
const byPrincipal: Answers = {
  ...company,
  ListAccountAssignmentsForPrincipal: () => ({
    AccountAssignments: [{ AccountId: member, PermissionSetArn: admin, PrincipalType: 'GROUP', PrincipalId: 'g-team' }],
  }),
};

test('where the principals are fewer than the accounts and sets, each is asked, and the answer is the same', async () => {
  const isManagement = true;
  const [one, other] = [await read(byPrincipal, { isManagement }), await read(company)];

  expect(one.parts).toEqual(other.parts);
  expect(one.asked).toEqual(['USER u-ana', 'GROUP g-team']);
  expect(other.asked).toHaveLength(4);
});

test('an account is asked where that is fewer calls, and where we are not in the management account', async () => {
  const roles = [roleOf('Admin', member)];
  const few = await read(byPrincipal, { isManagement: true, roles, complete: [management, member] });
  const delegated = await read(byPrincipal);

  expect(few.asked).toEqual([`${member} ${admin}`]);
  expect(delegated.asked).toHaveLength(4);
});

test('a directory that was not read in full names too few principals', async () => {
  const { asked } = await read(
    { ...byPrincipal, ListUsers: () => error('AccessDeniedException') },
    { isManagement: true },
  );

  expect(asked.filter((one) => one.startsWith('USER') || one.startsWith('GROUP'))).toEqual([]);
});

test('where principals may not be asked accounts are, and the denial is told', async () => {
  const answers: Answers = { ...company, ListAccountAssignmentsForPrincipal: () => error('AccessDeniedException') };

  const { parts } = await read(answers, { isManagement: true });

  const told = part(parts, 'PermissionSet')?.gaps.map(({ action, arn }) => [action, arn]);
  const whole = await read(company);
  expect(told).toEqual([['sso:ListAccountAssignmentsForPrincipal', instance]]);
  expect(parts.map((one) => ({ ...one, gaps: [] }))).toEqual(whole.parts.map((one) => ({ ...one, gaps: [] })));
});

test('a denied assignment leaves unknown who is assigned', async () => {
  const { parts } = await read({ ...company, ListAccountAssignments: () => error('AccessDeniedException') });

  expect(parts.map(({ resource, state }) => [resource, state])).toEqual([
    ['IdentityCenterInstance', 'complete'],
    ['PermissionSet', 'denied'],
    ['IdentityCenterUser', 'denied'],
    ['IdentityCenterGroup', 'denied'],
  ]);
});

test('a denied detail of a permission set is unread, and the set is known', async () => {
  const { parts } = await read({
    ...company,
    GetInlinePolicyForPermissionSet: () => error('AccessDeniedException'),
    GetPermissionsBoundaryForPermissionSet: () => error('AccessDeniedException'),
  });

  expect(part(parts, 'PermissionSet')).toMatchObject({ state: 'complete', gaps: { length: 4 } });
  expect(part(parts, 'PermissionSet')?.nodes[0]?.properties).toEqual({
    arn: admin,
    account: management,
    region: 'eu-central-1',
    name: 'Admin',
    sessionDuration: 'PT8H',
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    customerManagedPolicies: ['/team/Extra'],
    unread: ['sso:GetInlinePolicyForPermissionSet', 'sso:GetPermissionsBoundaryForPermissionSet'],
    unreadPolicies: ['identity'],
  });
});

test('without groups nobody knows who is in them', async () => {
  const { parts } = await read({ ...company, ListGroups: () => error('AccessDeniedException') });

  expect(part(parts, 'IdentityCenterUser')?.state).toBe('denied');
});

test('a listing of two pages leaves nothing of its token to the next listing', async () => {
  const asked: unknown[] = [];
  const { parts } = await read({
    ...company,
    ListUsers: ({ NextToken }) => ({
      Users: [{ UserId: NextToken === undefined ? 'u-ana' : 'u-ben' }],
      ...(NextToken === undefined && { NextToken: 'more-users' }),
    }),
    ListGroups: ({ NextToken }) => {
      asked.push(NextToken);
      return { Groups: [] };
    },
    ListManagedPoliciesInPermissionSet: ({ NextToken }) => ({
      AttachedManagedPolicies: [],
      ...(NextToken === undefined && { NextToken: 'more-policies' }),
    }),
    ListCustomerManagedPolicyReferencesInPermissionSet: ({ NextToken }) => {
      asked.push(NextToken);
      return { CustomerManagedPolicyReferences: [] };
    },
  });

  expect(asked).toEqual([undefined, undefined, undefined]);
  expect(part(parts, 'IdentityCenterUser')?.nodes).toHaveLength(2);
});

test.each(['ListPermissionSets', 'DescribePermissionSet'])(
  'without %s nobody knows who is assigned: users and groups are not complete either (I2)',
  async (operation) => {
    const { parts } = await read({ ...company, [operation]: () => error('AccessDeniedException') });

    expect(parts.map(({ resource, state }) => [resource, state])).toEqual([
      ['IdentityCenterInstance', 'complete'],
      ['PermissionSet', 'denied'],
      ['IdentityCenterUser', 'denied'],
      ['IdentityCenterGroup', 'denied'],
    ]);
  },
);

test('without the memberships of a group nobody knows who is in it: the users are not complete (I2)', async () => {
  const { parts } = await read({ ...company, ListGroupMemberships: () => error('AccessDeniedException') });

  expect(part(parts, 'IdentityCenterUser')?.state).toBe('denied');
  expect(part(parts, 'IdentityCenterGroup')?.state).toBe('complete');
});

test('that there is no Identity Center is known only where all roles were read, which may tell its region (I2)', async () => {
  const none = { ...company, ListInstances: () => ({ Instances: [] }) };

  const { parts: unsure } = await read(none, { complete: [management] });
  const { parts: sure } = await read(none, { complete: [management, member] });

  expect(unsure.map(({ state, nodes }) => [state, nodes])).toEqual(unsure.map(() => ['notCollected', []]));
  expect(unsure[0]?.gaps.map(({ message }) => message)).toEqual([
    `the roles of account ${member}, which may tell where Identity Center is, were not read`,
  ]);
  expect(sure.map(({ state }) => state)).toEqual(sure.map(() => 'complete'));
});

test('a run that looks into some accounts still asks who is assigned what in all', async () => {
  const { asked, parts } = await read(company, { accounts: [management], organization: [management, member] });

  expect(new Set(asked.map((one) => one.split(' ')[0]))).toEqual(new Set([management, member]));
  expect(part(parts, 'IdentityCenterGroup')).toMatchObject({ state: 'complete', edges: { length: 1 } });
});

test('where the accounts could not all be listed, nobody knows all assignments (I2)', async () => {
  const { parts } = await read(company, { accounts: [management], isWhole: false });

  expect(parts.map(({ resource, state }) => [resource, state])).toEqual([
    ['IdentityCenterInstance', 'complete'],
    ['PermissionSet', 'notCollected'],
    ['IdentityCenterUser', 'notCollected'],
    ['IdentityCenterGroup', 'notCollected'],
  ]);
});

function part(parts: Collected, label: string) {
  return parts.find(({ resource }) => resource === label);
}

function roleOf(set: string, account: string, region = 'eu-central-1/'): GraphNode {
  const path = `/aws-reserved/sso.amazonaws.com/${region}`;
  return {
    id: `arn:aws:iam::${account}:role${path}AWSReservedSSO_${set}_0123456789abcdef`,
    labels: ['IamRole', 'AwsResource', 'Principal'],
    properties: { path, permissionSetName: set },
    aliases: [`permission-set-role:${account}/${set}`],
  };
}

class AwsError extends Error {}

function error(name: string): never {
  throw new AwsError(name);
}

interface Known {
  readonly roles?: readonly GraphNode[];
  readonly complete?: readonly string[];
  readonly isManagement?: boolean;
  /** Accounts of the organization, and whether these are all. */
  readonly organization?: readonly string[];
  readonly isWhole?: boolean;
  /** The accounts that the run looks into. */
  readonly accounts?: readonly string[];
}

/** Reads an Identity Center that answers as given, in the SDK's own clients; and tells what was asked of it, and where. */
async function read(answers: Answers, known: Known = {}) {
  const { roles = [], complete = [], isManagement = false, isWhole = true, accounts = [management, member] } = known;
  const { organization = [management] } = known;
  const asked: string[] = [];
  const regions = new Set<string>();
  const settings = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: {
      handle: (request: { readonly headers: Readonly<Record<string, string>>; readonly body?: Uint8Array }) => {
        const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
        const input: Input = JSON.parse(new TextDecoder().decode(request.body));
        if (operation === 'ListAccountAssignments') {
          asked.push(`${String(input['AccountId'])} ${String(input['PermissionSetArn'])}`);
        }
        if (operation === 'ListAccountAssignmentsForPrincipal') {
          asked.push(`${String(input['PrincipalType'])} ${String(input['PrincipalId'])}`);
        }
        return Promise.resolve({ response: answerOf(() => answers[operation]?.(input)) });
      },
    },
  };
  const clients = [new SSOAdminClient(settings), new IdentitystoreClient(settings)];
  const parts = await identityCenter.read({
    place,
    regions: ['eu-central-1'],
    accounts,
    client: <Client>(type: ClientClass<Client>, region = '') => {
      regions.add(region);
      for (const client of clients) if (client instanceof type) return client;
      throw new Error(`no client of type \`${type.name}\``);
    },
    attempt,
    each: (items, call) => Promise.all(items.map(call)),
    read: (label) =>
      label === 'IamRole'
        ? roles
        : organization.map((id) => ({
            id,
            labels: [label],
            properties: { management: id === management && isManagement },
          })),
    readEdges: () => [],
    isComplete: (account, label) => (label === 'AwsAccount' ? isWhole : complete.includes(account)),
  });
  return { parts, asked, regions: [...regions].sort() };
}

const attempt: ReaderContext['attempt'] = async ({ action, resource, arn }, call) => {
  try {
    return { ok: true, value: await call() };
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return { ok: 'notFound' };
    const gap: Gap = { place, resource, action, ...(arn !== undefined && { arn }), reason: 'denied', message: '' };
    return { ok: false, gap };
  }
};

function answerOf(answer: () => unknown) {
  try {
    return { statusCode: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(answer() ?? {})) };
  } catch (thrown) {
    const name = thrown instanceof AwsError ? thrown.message : 'InternalFailure';
    return { statusCode: 400, headers: {}, body: new TextEncoder().encode(JSON.stringify({ __type: name })) };
  }
}
