import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Gap, Place } from '@ag/model';
import type { ClientClass, Collected, ReaderContext } from '@ag/resource';
import { expect, test, vi } from 'vitest';
import { organizationReader } from './organization.ts';

// It warns of the Node that its later releases need, and a test that prints fails.
vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');

const management = '111122223333';
const member = '444455556666';
const place: Place = { partition: 'aws', account: management, region: 'global' };
const arn = `arn:aws:organizations::${management}`;
const head = `${arn}:organization/o-example`;
const root = `${arn}:root/o-example/r-abcd`;
const unit = `${arn}:ou/o-example/ou-abcd-prod`;
const scp = `${arn}:policy/o-example/service_control_policy/p-limit`;
const content = '{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}';

type Input = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (input: Input) => unknown>>;

const company: Answers = {
  DescribeOrganization: () => ({
    Organization: { Id: 'o-example', Arn: head, FeatureSet: 'ALL', MasterAccountId: management },
  }),
  ListRoots: () => ({
    Roots: [
      {
        Id: 'r-abcd',
        Arn: root,
        Name: 'Root',
        PolicyTypes: [
          { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
          { Type: 'TAG_POLICY', Status: 'PENDING_DISABLE' },
        ],
      },
    ],
  }),
  ListOrganizationalUnitsForParent: ({ ParentId }) => ({
    OrganizationalUnits: ParentId === 'r-abcd' ? [{ Id: 'ou-abcd-prod', Arn: unit, Name: 'prod' }] : [],
  }),
  ListAccountsForParent: ({ ParentId }) => ({
    Accounts:
      ParentId === 'r-abcd'
        ? [{ Id: management, Arn: `${arn}:account/o-example/${management}`, Name: 'main', Status: 'ACTIVE' }]
        : [{ Id: member, Arn: `${arn}:account/o-example/${member}`, Name: 'payroll', Status: 'SUSPENDED' }],
  }),
  ListPolicies: ({ Filter }) => ({
    Policies:
      Filter === 'SERVICE_CONTROL_POLICY' ? [{ Id: 'p-limit', Arn: scp, Name: 'limit', AwsManaged: false }] : [],
  }),
  DescribePolicy: () => ({ Policy: { Content: content } }),
  ListTargetsForPolicy: () => ({
    Targets: [
      { TargetId: 'ou-abcd-prod', Arn: unit, Type: 'ORGANIZATIONAL_UNIT' },
      { TargetId: member, Arn: `${arn}:account/o-example/${member}`, Type: 'ACCOUNT' },
    ],
  }),
  ListDelegatedAdministrators: () => ({ DelegatedAdministrators: [{ Id: member }] }),
  ListDelegatedServicesForAccount: () => ({
    DelegatedServices: [{ ServicePrincipal: 'sso.amazonaws.com' }, { ServicePrincipal: 'guardduty.amazonaws.com' }],
  }),
};

test('the tree is read with its accounts, limits and administrators', async () => {
  const parts = await read(company);

  expect(parts.map(({ state }) => state)).toEqual(parts.map(() => 'complete'));
  expect(parts.flatMap(({ edges }) => edges).map(({ type, from, to }) => `${from} ${type} ${to}`)).toEqual([
    `${head} DELEGATED_TO ${member}`,
    `${head} CONTAINS ${root}`,
    `${root} CONTAINS ${unit}`,
    `${root} CONTAINS ${management}`,
    `${unit} CONTAINS ${member}`,
    `${scp} HAS_STATEMENT ${scp}#scp/0`,
    `${scp} APPLIES_TO ${unit}`,
    `${scp} APPLIES_TO ${member}`,
  ]);
  expect(part(parts, 'AwsAccount')?.nodes).toEqual([
    {
      id: management,
      labels: ['AwsAccount'],
      properties: {
        arn: `${arn}:account/o-example/${management}`,
        name: 'main',
        status: 'ACTIVE',
        organizationId: 'o-example',
        management: true,
      },
    },
    {
      id: member,
      labels: ['AwsAccount'],
      properties: {
        arn: `${arn}:account/o-example/${member}`,
        name: 'payroll',
        status: 'SUSPENDED',
        organizationId: 'o-example',
        management: false,
      },
    },
  ]);
  expect(part(parts, 'OrganizationRoot')?.nodes[0]?.properties['enabledPolicyTypes']).toEqual([
    'SERVICE_CONTROL_POLICY',
  ]);
  expect(part(parts, 'Organization')?.edges[0]?.properties).toEqual({
    services: ['guardduty.amazonaws.com', 'sso.amazonaws.com'],
  });
});

test('accounts that name their branch are read in pages of the whole, and the tree is the same', async () => {
  const asked: string[] = [];
  const branches = company['ListAccountsForParent'];
  const accountsOf = (ParentId: string, path: string) => {
    const answer: unknown = branches?.({ ParentId });
    const accounts = isRecord(answer) && Array.isArray(answer['Accounts']) ? answer['Accounts'] : [];
    return accounts.map((account: object) => ({ ...account, Paths: [path] }));
  };
  const all = [
    ...accountsOf('r-abcd', `o-example/r-abcd/${management}/`),
    ...accountsOf('ou-abcd-prod', `o-example/r-abcd/ou-abcd-prod/${member}/`),
  ];

  const parts = await read({
    ...company,
    ListAccounts: () => ({ Accounts: all }),
    ListAccountsForParent: ({ ParentId }) => {
      asked.push(String(ParentId));
      return { Accounts: [] };
    },
  });

  expect(parts).toEqual(await read(company));
  expect(asked).toEqual([]);
});

test('where one account names no known branch, each branch is asked', async () => {
  const parts = await read({
    ...company,
    ListAccounts: () => ({ Accounts: [{ Id: management, Paths: ['o-example/r-abcd/ou-new/'] }] }),
  });

  expect(parts).toEqual(await read(company));
});

test('who may not list all accounts reads them branch by branch, and is told', async () => {
  const parts = await read({ ...company, ListAccounts: () => error('AccessDeniedException') });

  const whole = await read(company);
  expect(parts.map((one) => ({ ...one, gaps: [] }))).toEqual(whole.map((one) => ({ ...one, gaps: [] })));
  expect(part(parts, 'AwsAccount')?.gaps.map(({ action, arn: about }) => [action, about])).toEqual([
    ['organizations:ListAccounts', head],
  ]);
});

test('an account in no organization has none, and we know it', async () => {
  const parts = await read({ DescribeOrganization: () => error('AWSOrganizationsNotInUseException') });

  expect(parts.map(({ resource, state, nodes }) => [resource, state, nodes])).toEqual([
    ['Organization', 'complete', []],
    ['OrganizationRoot', 'complete', []],
    ['OrganizationalUnit', 'complete', []],
    ['AwsAccount', 'complete', []],
    ['ServiceControlPolicy', 'complete', []],
    ['ResourceControlPolicy', 'complete', []],
  ]);
});

test('a unit whose accounts cannot be listed leaves the accounts incomplete, not the units', async () => {
  const parts = await read({
    ...company,
    ListAccountsForParent: (input) =>
      input['ParentId'] === 'r-abcd' ? company['ListAccountsForParent']?.(input) : error('AccessDeniedException'),
  });

  expect(states(parts)).toMatchObject({ OrganizationalUnit: 'complete', AwsAccount: 'denied' });
});

test('below a unit that cannot be listed there may be accounts too', async () => {
  const parts = await read({ ...company, ListOrganizationalUnitsForParent: () => error('AccessDeniedException') });

  expect(states(parts)).toMatchObject({
    OrganizationRoot: 'complete',
    OrganizationalUnit: 'denied',
    AwsAccount: 'denied',
  });
});

test('without the roots neither units nor accounts are complete (I2)', async () => {
  const parts = await read({ ...company, ListRoots: () => error('AccessDeniedException') });

  expect(parts.map(({ resource, state }) => [resource, state])).toEqual([
    ['Organization', 'complete'],
    ['OrganizationRoot', 'denied'],
    ['OrganizationalUnit', 'denied'],
    ['AwsAccount', 'denied'],
    ['ServiceControlPolicy', 'complete'],
    ['ResourceControlPolicy', 'complete'],
  ]);
});

test('a unit that is listed below itself ends the reading, and the tree is not complete (I13)', async () => {
  const circle = () => ({ OrganizationalUnits: [{ Id: 'ou-abcd-prod', Arn: unit, Name: 'prod' }] });

  const parts = await read({ ...company, ListOrganizationalUnitsForParent: circle });

  const states = parts.filter(({ resource }) => /Unit|Account/.test(resource)).map(({ state, gaps }) => [state, gaps]);
  const message = `the unit \`${unit}\` is listed below two parents`;
  const action = 'organizations:ListOrganizationalUnitsForParent';
  const gap = { place, action, arn: unit, reason: 'malformed', message };
  expect(states).toEqual([
    ['malformed', [{ ...gap, resource: 'OrganizationalUnit' }]],
    ['malformed', [{ ...gap, resource: 'AwsAccount' }]],
  ]);
});

test('a root or a unit that is told twice, between two pages, is one', async () => {
  const roots = await company['ListRoots']?.({});
  const units = await company['ListOrganizationalUnitsForParent']?.({ ParentId: 'r-abcd' });
  const twice = (answer: unknown, name: string) => {
    const list: unknown = isRecord(answer) ? answer[name] : undefined;
    return Array.isArray(list) ? { [name]: [...list, ...list] } : {};
  };

  const parts = await read({
    ...company,
    ListRoots: () => twice(roots, 'Roots'),
    ListOrganizationalUnitsForParent: (input) =>
      input['ParentId'] === 'r-abcd'
        ? twice(units, 'OrganizationalUnits')
        : company['ListOrganizationalUnitsForParent']?.(input),
  });

  expect(toSets(parts)).toEqual(toSets(await read(company)));
});

function toSets(parts: Collected) {
  return parts.map(({ resource, state, nodes, edges, gaps }) => [
    resource,
    state,
    new Set(nodes),
    new Set(edges),
    gaps,
  ]);
}

test('a policy whose document is denied is unread, not empty', async () => {
  const parts = await read({ ...company, DescribePolicy: () => error('AccessDeniedException') });

  expect(part(parts, 'ServiceControlPolicy')).toMatchObject({
    state: 'complete',
    nodes: [{ properties: { unread: ['organizations:DescribePolicy'], unreadPolicies: ['scp'] } }],
    gaps: [{ arn: scp, reason: 'denied' }],
  });
});

test('a policy whose targets are denied may limit anyone, so the listing is not complete', async () => {
  const parts = await read({ ...company, ListTargetsForPolicy: () => error('AccessDeniedException') });

  expect(states(parts)).toMatchObject({ ServiceControlPolicy: 'denied', ResourceControlPolicy: 'complete' });
});

function part(parts: Collected, label: string) {
  return parts.find(({ resource }) => resource === label);
}

function states(parts: Collected) {
  return Object.fromEntries(parts.map(({ resource, state }) => [resource, state]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

class AwsError extends Error {}

function error(name: string): never {
  throw new AwsError(name);
}

function read(answers: Answers): Promise<Collected> {
  return organizationReader.read(contextOf(answers));
}

/** An organization that answers as given, in the SDK's own client. */
function contextOf(answers: Answers): ReaderContext {
  const client = new OrganizationsClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: {
      handle: (request: {
        readonly headers: Readonly<Record<string, string>>;
        readonly body?: Uint8Array | string;
      }) => {
        const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
        return Promise.resolve({ response: answerOf(() => answers[operation]?.(toInput(request.body))) });
      },
    },
  });
  return {
    place,
    regions: [],
    accounts: [management],
    client: <Client>(type: ClientClass<Client>) => {
      if (client instanceof type) return client;
      throw new Error(`no client of type \`${type.name}\``);
    },
    attempt: async ({ action, resource, arn: about }, call) => {
      try {
        return { ok: true, value: await call() };
      } catch {
        const gap: Gap = {
          place,
          resource,
          action,
          ...(about !== undefined && { arn: about }),
          reason: 'denied',
          message: '',
        };
        return { ok: false, gap };
      }
    },
    each: (items, call) => Promise.all(items.map(call)),
    read: () => [],
    readEdges: () => [],
  };
}

/** Without members the SDK sends text, else bytes. */
function toInput(body: Uint8Array | string | undefined): Input {
  const input: Input = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
  return input;
}

function answerOf(answer: () => unknown) {
  try {
    return { statusCode: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(answer() ?? {})) };
  } catch (thrown) {
    const name = thrown instanceof AwsError ? thrown.message : 'InternalFailure';
    return { statusCode: 400, headers: {}, body: new TextEncoder().encode(JSON.stringify({ __type: name })) };
  }
}
