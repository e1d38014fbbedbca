import { registry } from '@ag/collectors';
import type { Connection } from '@ag/connect';
import { type ScopeContent, scopeKey } from '@ag/model';
import { afterEach, expect, test } from 'vitest';
import { ingest } from './ingest.ts';
import { type StubAnswer, type StubAws, type StubCall, startStubAws } from './stub-aws.ts';
import { accountId, times } from './stub-answers.ts';
import { type CompanySize, answerAs } from './stub-company.ts';
import { createVirtualClock } from './virtual-clock.ts';

const stubs: StubAws[] = [];

afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

const size: CompanySize = {
  accounts: 130,
  units: 30,
  scps: 45,
  rcps: 3,
  targets: 45,
  users: 990,
  usersWithKeys: 4,
  roles: 20,
  permissionSets: 40,
  people: 130,
  groups: 12,
  members: 250,
  regions: ['eu-west-1', 'us-east-1'],
  queues: 3,
};

/** The accounts of the organization that are read. */
const read = [0, 1, 2, 3].map(accountId);

const sources = {
  definitions: registry.definitions.filter(({ label }) =>
    ['SamlProvider', 'OidcProvider', 'SqsQueue', 'Ec2Vpc'].includes(label),
  ),
  readers: registry.readers.filter(({ name }) => /^(iam|organizations|sso)\//.test(name)),
};

async function collect(company: CompanySize, answer: (call: StubCall) => StubAnswer = answerAs(company)) {
  const stub = await startStubAws(answer);
  stubs.push(stub);
  const clock = createVirtualClock(7);
  const connection: Connection = {
    name: 'default',
    account: accountId(0),
    partition: 'aws',
    defaultRegion: 'eu-west-1',
    endpointUrl: stub.url,
    settings: { accounts: read, roleName: 'reader' },
    credentialsFor: (account) => () => Promise.resolve({ accessKeyId: `AKIA${account}`, secretAccessKey: 's' }),
    invalidate: () => undefined,
    assumptions: (account) => (account === accountId(0) ? 0 : 1),
  };
  const contents: ScopeContent[] = [];
  const { calls } = await ingest({
    connection,
    registry: sources,
    clock,
    clientSettings: { isMetered: true },
    log: { info: () => undefined, warn: () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
    onContent: async (content) => void contents.push(content),
  });
  contents.sort((a, b) => (scopeKey(a.scope) < scopeKey(b.scope) ? -1 : 1));
  return { calls, contents, clock, sent: stub.calls.length };
}

let known: ReturnType<typeof collect> | undefined;

/** The organization as it is, collected once. */
function collectWhole(): ReturnType<typeof collect> {
  known ??= collect(size);
  return known;
}

type Calls = Awaited<ReturnType<typeof collect>>['calls'];

/** Calls of some services, in all accounts or in one. */
function count(calls: Calls, services: readonly string[], account?: string): number {
  return Object.entries(calls)
    .filter(([one]) => account === undefined || one === account)
    .flatMap(([, actions]) => Object.entries(actions))
    .filter(([action]) => services.includes(action.split(':')[0] ?? ''))
    .reduce((sum, [, times]) => sum + times, 0);
}

const pages = (items: number, most: number) => Math.max(1, Math.ceil(items / most));

/** The least number of calls that the parts can be read with. */
function lowerBounds(company: CompanySize) {
  const { users, roles, permissionSets: sets, people, groups, members, scps, rcps, targets } = company;
  // Whoever is assigned in an account that is not read is asked for as well: else it would seem to have gone.
  const pairs = company.accounts * sets;
  const setsOf = (group: number) => times(sets, (index) => index % groups).filter((one) => one === group).length;
  return {
    // Details, two for the credential report, two lists of providers, one role. The report names no key ids: whoever has keys takes one.
    iamOfMember: pages(users + roles + sets, 1000) + 2 + 2 + 1 + company.usersWithKeys,
    organizations:
      pages(company.accounts, 20) +
      company.units +
      pages(scps, 20) +
      pages(rcps, 20) +
      (scps + rcps) +
      pages(targets, 20) +
      (scps + rcps - 1),
    identityCenter: 1 + pages(sets, 100) + 5 * sets,
    // A person has none of its own here; a group has some of the sets in every account.
    assignments: Math.min(pairs, people + sum(times(groups, (group) => pages(setsOf(group) * company.accounts, 100)))),
    identityStore: pages(people, 100) + pages(groups, 100) + pages(members, 100) + (groups - 1),
    regions: read.length,
    // A listing for each kind and region, and what a queue has besides its address: attributes and tags.
    resources: read.length * company.regions.length * (2 + 2 * company.queues),
  };
}

function actual(calls: Calls) {
  const named = Object.values(calls).flatMap((actions) => Object.entries(actions));
  const assignments = named
    .filter(([action]) => action.startsWith('sso:ListAccountAssignments'))
    .reduce((sum, [, times]) => sum + times, 0);
  return {
    iamOfMember: count(calls, ['iam', 'sts'], accountId(2)),
    organizations: count(calls, ['organizations']),
    identityCenter: count(calls, ['sso']) - assignments,
    assignments,
    identityStore: count(calls, ['identitystore']),
    regions: count(calls, ['account']),
    resources: count(calls, ['sqs', 'ec2']),
  };
}

function sum(parts: readonly number[]): number {
  return parts.reduce((all, one) => all + one, 0);
}

test('an organization is read in at most 1.05 times the least number of calls', async () => {
  const { calls, contents } = await collectWhole();

  const [least, was] = [lowerBounds(size), actual(calls)];
  expect(contents.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(was).toEqual({
    ...least,
    // DescribeOrganization, the roots, two pages of units below the root, and who is delegated to.
    organizations: least.organizations + 5,
    // Attributes for access control.
    identityCenter: least.identityCenter + 1,
  });
  expect(sum(Object.values(was)) / sum(Object.values(least))).toBeLessThan(1.05);
}, 60_000);

test('AWS’s own policies are read once for the organization, however many accounts have them', async () => {
  const { calls, contents } = await collectWhole();

  const ofAws = contents.find(({ scope }) => scope.place.account === 'aws');
  expect(ofAws?.nodes.filter(({ labels }) => labels[0] === 'IamPolicy').map(({ id }) => id)).toEqual([
    'arn:aws:iam::aws:policy/Billing',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
  ]);
  // Two pages for its own account, and one for them all in the account that is asked.
  const details = read.map((account) => calls[account]?.['iam:GetAccountAuthorizationDetails']);
  expect(details).toEqual([3, 2, 2, 2]);
}, 60_000);

test('assignments are asked by account where people are many, by person and group where they are few', async () => {
  const few = { ...size, accounts: 10, users: 5, people: 20, members: 10, groups: 8 };
  const many = { ...few, people: 500 };

  const [byPrincipal, byAccount] = [await collect(few), await collect(many)];

  const asked = ({ calls }: { calls: Calls }) =>
    Object.entries(calls[accountId(0)] ?? {}).filter(([action]) => action.startsWith('sso:ListAccountAssignments'));
  expect(asked(byPrincipal).map(([action]) => action)).toEqual(['sso:ListAccountAssignmentsForPrincipal']);
  expect(asked(byAccount)).toEqual([['sso:ListAccountAssignments', few.accounts * size.permissionSets]]);
  const edges = ({ contents }: { contents: readonly ScopeContent[] }) =>
    contents.flatMap((content) => content.edges.filter(({ type }) => type === 'ASSIGNED'));
  expect(edges(byPrincipal)).toEqual(edges(byAccount));
  expect(edges(byAccount)).toHaveLength(few.accounts * size.permissionSets);
}, 60_000);

/** Every fifth call or so fails, with seeded dice: AWS is busy, or broken. */
function failing(answer: (call: StubCall) => StubAnswer, share: number): (call: StubCall) => StubAnswer {
  const dice = createVirtualClock(42);
  return (call) => {
    if (dice.random() >= share) return answer(call);
    const isBusy = dice.random() < 0.5;
    const isXml = call.service === 'iam' || call.service === 'ec2';
    const [code, status] = isBusy
      ? (['Throttling', 400] as const)
      : (['ServiceFailure', 500 + 3 * (call.index % 2)] as const);
    const text = `<Response><Errors><Error><Code>${code}</Code></Error></Errors><Error><Code>${code}</Code></Error></Response>`;
    return isXml
      ? { status, body: text }
      : { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code }) };
  };
}

test('with every fifth call failing a collection is complete and the same, with at most 1.5 calls a page', async () => {
  const company = { ...size, users: 40, people: 60 };
  const whole = await collect(company);

  const broken = await collect(company, failing(answerAs(company), 0.2));

  expect(broken.contents).toEqual(whole.contents);
  expect(broken.contents.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(whole.sent).toBeGreaterThan(450);
  expect(broken.sent / whole.sent).toBeGreaterThan(1.15);
  expect(broken.sent / whole.sent).toBeLessThan(1.5);
}, 60_000);
