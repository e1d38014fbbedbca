import { openConnection } from '@ag/connect';
import { GetGroupCommand, IAMClient, paginateListUsers } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { classifyError } from './classify-error.ts';
import { type StubAnswer, type StubAws, type StubCall, startStubAws } from './stub-aws.ts';
import { createVirtualClock } from './virtual-clock.ts';

const [caller, member] = ['100000000001', '100000000002'];
const start = Date.parse('2026-11-24T08:00:00Z');
const minute = 60_000;
const stubs: StubAws[] = [];

afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

/**
 * A way into two accounts at a stub that keeps its own account of which credentials are good until when. The role's live a quarter
 * of an hour, the least that STS gives, unless said.
 */
async function enter(answer: (call: StubCall) => StubAnswer, lifetimes: readonly number[] = []) {
  const clock = createVirtualClock();
  const goodUntil = new Map<string, number>();
  const stub = await startStubAws((call) => {
    if (call.body.includes('Action=GetCallerIdentity')) return callerIdentity;
    if (call.body.includes('Action=AssumeRole')) {
      const key = `ASIA${goodUntil.size + 1}`;
      const expiresAt = clock.now() + (lifetimes[goodUntil.size] ?? 15 * minute);
      goodUntil.set(key, expiresAt);
      return assumed(key, new Date(start + expiresAt));
    }
    return clock.now() < (goodUntil.get(call.accessKey) ?? 0) ? answer(call) : expired;
  });
  stubs.push(stub);
  const connection = await openConnection(
    { endpointUrl: stub.url, roleName: 'reader' },
    {
      environment: {},
      now: () => new Date(start + clock.now()),
      credentials: () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
    },
  );
  const clients = createAwsClients({ connection, clock });
  const scope = clients.openScope({ account: member, region: 'us-east-1' });
  const asked = () => stub.calls.filter(({ body }) => !/AssumeRole|GetCallerIdentity/.test(body));
  return { clock, connection, scope, asked, revoke: (key: string) => goodUntil.set(key, 0) };
}

async function listUsers(client: IAMClient): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListUsers({ client }, {})) {
    names.push(...(page.Users ?? []).map((user) => user.UserName ?? ''));
  }
  return names;
}

test('a listing that outlives three sets of credentials is read to its end, and none of its pages twice', async () => {
  const { clock, connection, scope, asked } = await enter(({ body }) => {
    clock.pass(4 * minute);
    const page = Number(/Marker=(\d+)/.exec(body)?.[1] ?? 0);
    return users(`u${page}`, page < 9 ? String(page + 1) : undefined);
  });

  const names = await listUsers(scope.client(IAMClient));

  expect(names).toEqual(Array.from({ length: 10 }, (_, page) => `u${page}`));
  // Renewed with five minutes left, so that AWS never calls them expired.
  expect(asked().map(({ accessKey }) => accessKey)).toEqual([
    ...['ASIA1', 'ASIA1', 'ASIA1'],
    ...['ASIA2', 'ASIA2', 'ASIA2'],
    ...['ASIA3', 'ASIA3', 'ASIA3'],
    'ASIA4',
  ]);
  expect(connection.assumptions(member)).toBe(4);
});

test('credentials that AWS ends early are renewed once, and the same page is asked for again', async () => {
  const { connection, scope, asked, revoke } = await enter(({ body, index }) => {
    if (index === 3) revoke('ASIA1');
    const page = Number(/Marker=(\d+)/.exec(body)?.[1] ?? 0);
    return users(`u${page}`, page < 3 ? String(page + 1) : undefined);
  });

  const names = await listUsers(scope.client(IAMClient));

  expect(names).toEqual(['u0', 'u1', 'u2', 'u3']);
  const calls = asked();
  expect(calls.map(({ accessKey }) => accessKey)).toEqual(['ASIA1', 'ASIA1', 'ASIA1', 'ASIA2', 'ASIA2']);
  expect(calls[3]?.body).toBe(calls[2]?.body);
  expect(connection.assumptions(member)).toBe(2);
});

test('of many calls that expire together one renews, and the others take what it got', async () => {
  const { connection, scope, asked, revoke } = await enter(() => group);
  const client = scope.client(IAMClient);
  await client.send(new GetGroupCommand({ GroupName: 'first' }));
  revoke('ASIA1');

  const names = Array.from({ length: 20 }, (_, index) => `g${index}`);
  await Promise.all(names.map((GroupName) => client.send(new GetGroupCommand({ GroupName }))));

  expect(connection.assumptions(member)).toBe(2);
  expect(asked().filter(({ accessKey }) => accessKey === 'ASIA2')).toHaveLength(20);
});

test('nothing is asked with credentials that have less than two minutes left', async () => {
  const { connection, scope, asked } = await enter(() => group, [2 * minute - 1, 2 * minute - 1, 2 * minute - 1]);

  const failure = await listUsers(scope.client(IAMClient)).catch((error: unknown) => classifyError(error));

  expect(failure).toMatchObject({
    kind: 'expiredCredentials',
    message: expect.stringContaining('in less than two minutes'),
  });
  expect(asked()).toEqual([]);
  // Once, and once more in case it helps.
  expect(connection.assumptions(member)).toBe(2);
});

test('credentials that were short once are asked for again, and then the scope is read', async () => {
  const { scope } = await enter(() => users('a'), [minute]);

  expect(await listUsers(scope.client(IAMClient))).toEqual(['a']);
});

const callerIdentity: StubAnswer = {
  body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${caller}</Account><Arn>arn:aws:iam::${caller}:user/us</Arn><UserId>AIDA</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`,
};

const expired: StubAnswer = {
  status: 403,
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>expired</Message></Error></ErrorResponse>',
};

const group: StubAnswer = {
  body: '<GetGroupResponse><GetGroupResult><Users/><IsTruncated>false</IsTruncated></GetGroupResult></GetGroupResponse>',
};

function assumed(key: string, expiration: Date): StubAnswer {
  return {
    body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
}

function users(name: string, marker?: string): StubAnswer {
  const next = marker === undefined ? '' : `<Marker>${marker}</Marker>`;
  return {
    body: `<ListUsersResponse><ListUsersResult><Users><member><UserName>${name}</UserName></member></Users><IsTruncated>${marker !== undefined}</IsTruncated>${next}</ListUsersResult></ListUsersResponse>`,
  };
}
