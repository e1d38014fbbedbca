import { KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import { GetAccountAuthorizationDetailsCommand, IAMClient, paginateListUsers } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { GetBucketLocationCommand, GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from 'vitest';
import { type ClientSettings, createAwsClients } from './aws-clients.ts';
import { classifyError } from './classify-error.ts';
import type { Clock } from './retry.ts';
import { type StubAnswer, type StubAws, type StubCall, startStubAws } from './stub-aws.ts';

const account = '111122223333';
const open: StubAws[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.stop()));
});

/** Clients against a stub, with a clock that only counts. */
async function connect(answer: (call: StubCall) => StubAnswer, settings: Partial<ClientSettings> = {}) {
  const stub = await startStubAws(answer);
  open.push(stub);
  const slept: number[] = [];
  let time = 0;
  let generation = 1;
  const invalidated: string[] = [];
  const clock: Clock = {
    now: () => time,
    random: () => 0.5,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
  const clients = createAwsClients({
    clock,
    settings: { requestTimeout: 5_000, ...settings },
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: `AKIA${generation}`, secretAccessKey: 'secret' }),
      invalidate: (_, used) => {
        invalidated.push(used?.accessKeyId ?? '');
        generation += 1;
      },
    },
  });
  const scope = clients.openScope({ account, region: 'us-east-1' });
  return { stub, scope, clients, slept, invalidated };
}

type Scope = Awaited<ReturnType<typeof connect>>['scope'];

async function listUsers(scope: Scope): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListUsers({ client: scope.client(IAMClient) }, {})) {
    names.push(...(page.Users ?? []).map((user) => user.UserName ?? ''));
  }
  return names;
}

async function listKeys(scope: Scope): Promise<number> {
  let count = 0;
  for await (const page of paginateListKeys({ client: scope.client(KMSClient) }, {})) count += page.Keys?.length ?? 0;
  return count;
}

async function failureOf(work: Promise<unknown>) {
  return work.then(
    () => 'no failure',
    (error: unknown) => classifyError(error),
  );
}

function users(names: readonly string[], next: { marker?: string; truncated?: boolean } = {}): StubAnswer {
  const members = names
    .map(
      (name) =>
        `<member><Path>/</Path><UserName>${name}</UserName><UserId>AIDA${name}</UserId><Arn>arn:aws:iam::${account}:user/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></member>`,
    )
    .join('');
  const marker = next.marker === undefined ? '' : `<Marker>${next.marker}</Marker>`;
  const truncated = next.truncated ?? next.marker !== undefined;
  return {
    body: `<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUsersResult><Users>${members}</Users><IsTruncated>${truncated}</IsTruncated>${marker}</ListUsersResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListUsersResponse>`,
  };
}

function queryError(code: string, status: number, message = 'no'): StubAnswer {
  return {
    status,
    body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

function json(value: unknown, status = 200): StubAnswer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(value) };
}

const html: StubAnswer = { type: 'text/html', body: '<!DOCTYPE html><html><body>Sign in</body></html>' };

/** The first answers in turn, then the last for ever. */
function inTurn(...answers: readonly [StubAnswer, ...StubAnswer[]]): (call: StubCall) => StubAnswer {
  return ({ index }) => answers[index] ?? answers.at(-1) ?? 'reset';
}

test('pages are read to the end, an empty one in the middle too', async () => {
  const { scope, stub } = await connect(
    inTurn(users(['a'], { marker: '1' }), users([], { marker: '2' }), users(['b'])),
  );

  expect(await listUsers(scope)).toEqual(['a', 'b']);
  expect(stub.calls).toHaveLength(3);
});

test('the same token for ever is an error, not a listing without end', async () => {
  const { scope, stub } = await connect(() => users(['a'], { marker: 'same' }));

  expect(await failureOf(listUsers(scope))).toEqual({
    kind: 'malformed',
    remedy: 'none',
    message: 'ListUsers gives the same page again',
  });
  expect(stub.calls).toHaveLength(2);
});

test('tokens that go round in a circle are an error', async () => {
  const { scope, stub } = await connect(({ index }) => users([`u${index}`], { marker: index % 2 === 0 ? 'a' : 'b' }));

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'malformed' });
  expect(stub.calls).toHaveLength(3);
});

test('a listing that begins with the token of another is an error, and not the rest of its list', async () => {
  const { scope, stub } = await connect(({ operation, body }) => {
    if (operation === 'ListRoots') return json({ Roots: [] });
    return json({ Accounts: [], NextToken: body.includes('NextToken') ? undefined : 'second' });
  });
  const client = scope.client(OrganizationsClient);
  // The SDK's paginators write into it.
  const shared = {};

  for await (const page of paginateListAccounts({ client }, shared)) expect(page.Accounts).toEqual([]);
  const roots = failureOf(paginateListRoots({ client }, shared).next());

  expect(await roots).toEqual({
    kind: 'malformed',
    remedy: 'none',
    message: 'ListRoots was asked for a page that no answer named',
  });
  expect(stub.calls).toHaveLength(2);
});

test('the same listing may be read again for another input', async () => {
  const { scope } = await connect(({ body }) =>
    body.includes('Marker') ? users(['b']) : users(['a'], { marker: '1' }),
  );
  const client = scope.client(IAMClient);
  const names: string[] = [];

  for (const PathPrefix of ['/a/', '/b/']) {
    for await (const page of paginateListUsers({ client }, { PathPrefix })) names.push(String(page.Users?.length));
  }

  expect(names).toEqual(['1', '1', '1', '1']);
});

test('more pages than the bound are an error', async () => {
  const { scope, stub } = await connect(({ index }) => users([], { marker: String(index) }), { maxPages: 5 });

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'malformed', message: 'more than 5 pages' });
  expect(stub.calls).toHaveLength(6);
});

test('an answer that says there is more, and not where, is an error', async () => {
  const { scope, stub } = await connect(() => users(['a'], { truncated: true }));

  expect(await failureOf(listUsers(scope))).toEqual({
    kind: 'malformed',
    remedy: 'again',
    message: 'ListUsers says that there is more, and not where',
  });
  expect(stub.calls).toHaveLength(3);
});

test('an HTML page with status 200 is an error and not an empty list', async () => {
  for (const list of [listUsers, listKeys]) {
    const { scope, stub } = await connect(() => html);

    expect(await failureOf(list(scope))).toEqual({
      kind: 'malformed',
      remedy: 'again',
      message: 'answered 200 with an HTML page',
    });
    expect(stub.calls).toHaveLength(3);
  }
});

test('an HTML page once is forgotten', async () => {
  const { scope } = await connect(inTurn(html, users(['a'])));

  expect(await listUsers(scope)).toEqual(['a']);
});

test('an answer of nothing is an error', async () => {
  const { scope } = await connect(() => ({ body: '' }));

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'malformed', message: 'the answer is empty' });
});

test('an answer without its list is an error, in XML and in JSON', async () => {
  const xml = await connect(() => ({
    body: '<ListUsersResponse><ListUsersResult><IsTruncated>false</IsTruncated></ListUsersResult></ListUsersResponse>',
  }));
  const keys = await connect(() => json({}));
  const accounts = await connect(() => json({}));
  const details = await connect(() => ({
    body: '<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult/></GetAccountAuthorizationDetailsResponse>',
  }));

  expect(await failureOf(listUsers(xml.scope))).toMatchObject({ message: 'the answer to ListUsers holds no Users' });
  expect(await failureOf(listKeys(keys.scope))).toMatchObject({ message: 'the answer to ListKeys holds no Keys' });
  const pages = paginateListAccounts({ client: accounts.scope.client(OrganizationsClient) }, {});
  expect(await failureOf(pages.next())).toMatchObject({ message: 'the answer to ListAccounts holds no Accounts' });
  const all = details.scope.client(IAMClient).send(new GetAccountAuthorizationDetailsCommand({}));
  expect(await failureOf(all)).toMatchObject({
    message:
      'the answer to GetAccountAuthorizationDetails holds no UserDetailList or GroupDetailList or RoleDetailList or Policies',
  });
});

test('an answer that holds nothing of what was asked for is an error, but where nothing is an answer', async () => {
  const organization = await connect(() => json({}));
  const block = await connect(() => ({ body: '<PublicAccessBlockConfiguration/>' }));
  const location = await connect(() => ({ body: '<LocationConstraint/>' }));

  const described = organization.scope.client(OrganizationsClient).send(new DescribeOrganizationCommand({}));
  const located = location.scope.client(S3Client).send(new GetBucketLocationCommand({ Bucket: 'files' }));

  expect(await failureOf(described)).toMatchObject({
    kind: 'malformed',
    message: 'the answer to DescribeOrganization holds nothing',
  });
  const blocked = block.scope.client(S3ControlClient).send(new GetPublicAccessBlockCommand({ AccountId: account }));
  expect(await failureOf(blocked)).toMatchObject({ message: 'the answer to GetPublicAccessBlock holds nothing' });
  expect((await located).LocationConstraint).toBeUndefined();
});

test.each(['{}', '{"Version":"2012-10-17","Stat', 'null'])(
  'a bucket’s policy that is `%s` is asked for again',
  async (body) => {
    const { scope, stub } = await connect(({ index }) => ({ body: index === 0 ? body : '{"Statement":[]}' }));

    const answer = await scope.client(S3Client).send(new GetBucketPolicyCommand({ Bucket: 'files' }));

    expect([answer.Policy, stub.calls.length]).toEqual(['{"Statement":[]}', 2]);
  },
);

test('an empty list that is there is an answer, and so is the one that SQS leaves out', async () => {
  const some = await connect(() => users([]));
  const keys = await connect(() => json({ Keys: [], Truncated: false }));
  const queues = await connect(() => json({}));

  expect(await listUsers(some.scope)).toEqual([]);
  expect(await listKeys(keys.scope)).toBe(0);
  expect((await queues.scope.client(SQSClient).send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
});

test('what cannot be parsed is asked for again, three times in all', async () => {
  for (const body of ['{"Keys": [', '<x']) {
    const { scope, stub } = await connect(() => ({ type: 'application/x-amz-json-1.1', body }));

    expect(await failureOf(listKeys(scope))).toMatchObject({ kind: 'malformed' });
    expect(stub.calls).toHaveLength(3);
  }
  const { scope, stub } = await connect(() => ({ body: '<ListUsersResponse><ListUsersResult><Users><mem' }));

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'malformed' });
  expect(stub.calls).toHaveLength(3);
});

test('a broken connection is tried again, before the answer and in its middle', async () => {
  for (const fault of ['reset', 'resetInBody'] as const) {
    const { scope, stub, slept } = await connect(inTurn(fault, fault, users(['a'])));

    expect(await listUsers(scope)).toEqual(['a']);
    expect(stub.calls).toHaveLength(3);
    expect(slept).toEqual([200, 400]);
  }
});

test('a connection that stays broken is a network failure', async () => {
  const { scope, stub } = await connect(() => 'reset');

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'network' });
  expect(stub.calls).toHaveLength(10);
});

test('silence ends in a time-out, before the answer and in its middle', async () => {
  for (const fault of ['silence', 'silenceInBody'] as const) {
    const { scope, stub } = await connect(() => fault, { requestTimeout: 15 });

    expect(await failureOf(listUsers(scope))).toEqual({
      kind: 'timeout',
      remedy: 'again',
      message: 'no answer within 15 ms',
    });
    expect(stub.calls).toHaveLength(3);
  }
});

test('a scope ends at its deadline, though a call is under way', async () => {
  const { scope } = await connect(() => 'silence', { requestTimeout: 10_000, deadlineMs: 20 });

  expect(await failureOf(listUsers(scope))).toEqual({
    kind: 'timeout',
    remedy: 'none',
    message: 'not read within 0.02 seconds',
  });
});

test('a throttled call is tried ten times with growing delays, and then says so', async () => {
  for (const [code, status] of [
    ['Throttling', 400],
    ['ThrottlingException', 400],
    ['RequestLimitExceeded', 503],
    ['TooManyRequestsException', 429],
  ] as const) {
    const { scope, stub, slept } = await connect(() => queryError(code, status));

    expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'throttled' });
    expect(stub.calls).toHaveLength(10);
    expect(slept).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
  }
});

test('a failure of the service is waited out', async () => {
  const { scope, stub } = await connect(
    inTurn(queryError('ServiceFailure', 500), queryError('PriorRequestNotComplete', 400), users(['a'])),
  );

  expect(await listUsers(scope)).toEqual(['a']);
  expect(stub.calls).toHaveLength(3);
});

test('a scope has a budget of retries over all of its calls', async () => {
  const { scope, stub } = await connect(() => queryError('Throttling', 400), { retries: 12 });

  await failureOf(listUsers(scope));
  await failureOf(listUsers(scope));
  await failureOf(listUsers(scope));

  expect(stub.calls).toHaveLength(10 + 4 + 1);
});

test('expired credentials are renewed once, and the same page is asked for again', async () => {
  for (const [code, status] of [
    ['ExpiredToken', 403],
    ['ExpiredTokenException', 400],
    ['RequestExpired', 400],
    ['InvalidClientTokenId', 403],
  ] as const) {
    const { scope, stub, invalidated, slept } = await connect(
      inTurn(users(['a'], { marker: '1' }), queryError(code, status), users(['b'])),
    );

    expect(await listUsers(scope)).toEqual(['a', 'b']);
    expect(invalidated).toEqual(['AKIA1']);
    expect(stub.calls.map((call) => call.accessKey)).toEqual(['AKIA1', 'AKIA1', 'AKIA2']);
    expect(stub.calls[2]?.body).toBe(stub.calls[1]?.body);
    expect(slept).toEqual([0]);
  }
});

test('credentials that stay expired are asked for once only', async () => {
  const { scope, stub } = await connect(() => queryError('ExpiredToken', 403));

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'expiredCredentials' });
  expect(stub.calls).toHaveLength(2);
});

test('a denial is an answer and is not tried again', async () => {
  const { scope, stub } = await connect(() =>
    queryError('AccessDenied', 403, 'with an explicit deny in a service control policy'),
  );

  expect(await failureOf(listUsers(scope))).toMatchObject({ kind: 'deniedByScp' });
  expect(stub.calls).toHaveLength(1);
});

test('an answer larger than the bound is an error', async () => {
  const { scope } = await connect(() => users(['a'.repeat(2000)]), { maxBytes: 1000 });

  expect(await failureOf(listUsers(scope))).toMatchObject({
    kind: 'malformed',
    message: 'the answer is larger than 1000 bytes',
  });
});

test('every request is counted, by account and action', async () => {
  const { scope, clients } = await connect(inTurn(users(['a'], { marker: '1' }), 'reset', users(['b'])));

  await listUsers(scope);

  expect(clients.counter.counts()).toEqual({ [account]: { 'iam:ListUsers': 3 } });
});

test('S3 is asked at the one address that there is, buckets and accounts alike', async () => {
  const { scope, stub } = await connect(({ path }) =>
    path.startsWith('/v20180820')
      ? {
          body: '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>',
        }
      : { type: 'application/json', body: '{"Version":"2012-10-17","Statement":[]}' },
  );

  const policy = await scope.client(S3Client).send(new GetBucketPolicyCommand({ Bucket: 'a-bucket' }));
  const block = await scope.client(S3ControlClient).send(new GetPublicAccessBlockCommand({ AccountId: account }));

  expect(policy.Policy).toBe('{"Version":"2012-10-17","Statement":[]}');
  expect(block.PublicAccessBlockConfiguration?.BlockPublicAcls).toBe(true);
  const host = new URL(stub.url).host;
  expect(stub.calls.map((call) => [call.host, call.path])).toEqual([
    [host, '/a-bucket/?policy='],
    [host, '/v20180820/configuration/publicAccessBlock'],
  ]);
});
