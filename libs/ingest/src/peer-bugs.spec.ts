import { AccountAccessError } from '@ag/connect';
import { IAMClient, paginateListUsers } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { defineResource, string } from '@ag/resource';
import { afterEach, expect, test } from 'vitest';
import { type ClientSettings, createAwsClients } from './aws-clients.ts';
import { readDefinition } from './read-definition.ts';
import type { Clock } from './retry.ts';
import { type StubAnswer, type StubAws, type StubCall, startStubAws } from './stub-aws.ts';

// What went wrong in other collectors beneath the pipeline; the rest is in libs/refresh's `peer-bugs.spec.ts`.

const place = { partition: 'aws', account: '111122223333', region: 'us-east-1' };
const open: StubAws[] = [];

const user = defineResource('Person', { description: '', docs: '', scope: 'global', client: IAMClient })
  .list('iam:ListUsers', async function* ({ client }) {
    for await (const page of paginateListUsers({ client }, {})) yield* page.Users ?? [];
  })
  .node(({ item }) => `arn:aws:iam::111122223333:user/${item.UserName ?? ''}`, {
    name: string('Name.', ({ item }) => item.UserName),
  });

afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.stop()));
});

interface Situation {
  readonly settings?: Partial<ClientSettings>;
  /** Whether new credentials may be had. */
  readonly mint?: () => Promise<void>;
}

/** Clients whose first credentials are `AKIA1`, the next `AKIA2`, and a clock that only counts. */
async function connect(answer: (call: StubCall) => StubAnswer, { settings = {}, mint }: Situation = {}) {
  const stub = await startStubAws(answer);
  open.push(stub);
  let [time, generation] = [0, 1];
  const clock: Clock = {
    now: () => time,
    random: () => 0.5,
    sleep: async (milliseconds) => void (time += milliseconds),
  };
  const clients = createAwsClients({
    clock,
    settings,
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => async () => {
        if (generation > 1) await mint?.();
        return { accessKeyId: `AKIA${generation}`, secretAccessKey: 'secret' };
      },
      invalidate: () => void (generation += 1),
    },
  });
  const scopeIn = (region: string) => clients.openScope({ account: place.account, region });
  const readUsers = async () => {
    const part = await readDefinition(user, { client: scopeIn(place.region).client(IAMClient), place });
    const gaps = part.gaps.map(({ reason, message }) => `${reason}: ${message}`);
    return { state: part.state, names: part.nodes.map(({ properties }) => properties['name']), gaps };
  };
  return { stub, scopeIn, readUsers, elapsed: () => time };
}

function page(name: string, marker?: string): StubAnswer {
  const more =
    marker === undefined
      ? '<IsTruncated>false</IsTruncated>'
      : `<IsTruncated>true</IsTruncated><Marker>${marker}</Marker>`;
  const member = `<member><Path>/</Path><UserName>${name}</UserName><UserId>${name}</UserId><Arn>a</Arn><CreateDate>2020-01-01T00:00:00Z</CreateDate></member>`;
  return {
    body: `<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUsersResult><Users>${member}</Users>${more}</ListUsersResult></ListUsersResponse>`,
  };
}

function refusal(code: string, status: number): StubAnswer {
  return { status, body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>` };
}

const expiries: readonly (readonly [string, number])[] = [
  ['ExpiredToken', 403],
  ['ExpiredTokenException', 400],
  ['RequestExpired', 400],
  ['InvalidClientTokenId', 403],
];

test.each(expiries)(
  '9: a token that expires in the middle (%s) is renewed, and the listing goes on (cartography #3246)',
  async (code, status) => {
    const { readUsers, stub } = await connect(({ body, accessKey }) => {
      if (!body.includes('Marker')) return page('ana', 'second');
      return accessKey === 'AKIA1' ? refusal(code, status) : page('ben');
    });

    expect(await readUsers()).toEqual({ state: 'complete', names: ['ana', 'ben'], gaps: [] });
    expect(stub.calls.map(({ accessKey }) => accessKey)).toEqual(['AKIA1', 'AKIA1', 'AKIA2']);
  },
);

test('9, F39: a token that expires when the role is gone leaves a part, a gap, and nothing complete', async () => {
  const message = 'cannot assume the role `reader`';
  const mint = () => Promise.reject(new AccountAccessError(place.account, 'denied', message));

  const { readUsers } = await connect(
    ({ body }) => (body.includes('Marker') ? refusal('InvalidClientTokenId', 403) : page('ana', 'second')),
    { mint },
  );

  expect(await readUsers()).toEqual({ state: 'partial', names: ['ana'], gaps: [`denied: ${message}`] });
});

test('10: a region that throttles is tried ten times, and slows no other region down (cartography #2550, #2553)', async () => {
  const throttled: StubAnswer = {
    status: 400,
    type: 'application/x-amz-json-1.1',
    body: JSON.stringify({ __type: 'ThrottlingException', message: 'slow down' }),
  };
  const keys: StubAnswer = { type: 'application/x-amz-json-1.1', body: JSON.stringify({ Keys: [], Truncated: false }) };
  const { stub, scopeIn, elapsed } = await connect(({ region }) => (region === 'us-east-1' ? throttled : keys));
  const listKeys = (region: string) => scopeIn(region).client(KMSClient).send(new ListKeysCommand({}));

  await expect(listKeys('us-east-1')).rejects.toThrow('slow down');
  const spent = elapsed();
  await listKeys('eu-west-1');

  const regions = stub.calls.map(({ region }) => region);
  expect(regions).toEqual([...Array.from({ length: 10 }, () => 'us-east-1'), 'eu-west-1']);
  expect(spent).toBeGreaterThan(10_000);
  expect(elapsed()).toBe(spent);
});

test('11: a listing that is longer than we read is partial and says so, and is never taken for the whole (cartography’s MaxItems)', async () => {
  const { readUsers, stub } = await connect(({ index }) => page(`user${index}`, `${index + 1}`), {
    settings: { maxPages: 3 },
  });

  expect(await readUsers()).toEqual({
    state: 'partial',
    names: ['user0', 'user1', 'user2', 'user3'],
    gaps: ['malformed: more than 3 pages'],
  });
  expect(stub.calls).toHaveLength(4);
});
