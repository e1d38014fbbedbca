import { RolesAnywhereClient, paginateListProfiles } from '@aws-sdk/client-rolesanywhere';
import { afterEach, expect, test } from 'vitest';
import { type ClientSettings, createAwsClients } from './aws-clients.ts';
import { classifyError } from './classify-error.ts';
import { type StubAnswer, type StubAws, startStubAws } from './stub-aws.ts';

// Roles Anywhere's client is from before the SDK's schemas; what is promised of every client must hold for it, too.
const account = '111122223333';
const open: StubAws[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.stop()));
});

async function connect(answers: readonly StubAnswer[], settings: Partial<ClientSettings> = {}) {
  const stub = await startStubAws(({ index }) => answers[index] ?? answers.at(-1) ?? 'reset');
  open.push(stub);
  let generation = 1;
  const clients = createAwsClients({
    clock: { now: () => 0, random: () => 0.5, sleep: () => Promise.resolve() },
    settings: { requestTimeout: 5_000, ...settings },
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: `AKIA${generation}`, secretAccessKey: 'secret' }),
      invalidate: () => void (generation += 1),
    },
  });
  const scope = clients.openScope({ account, region: 'eu-west-1' });
  async function listProfiles(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const page of paginateListProfiles({ client: scope.client(RolesAnywhereClient) }, {})) {
      names.push(...(page.profiles ?? []).map(({ name }) => name ?? ''));
    }
    return names;
  }
  return { stub, clients, listProfiles };
}

function json(value: unknown, status = 200): StubAnswer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

async function failureOf(work: Promise<unknown>) {
  return work.then(
    () => 'no failure',
    (error: unknown) => classifyError(error),
  );
}

test('pages of an old client are read to the end and counted by action', async () => {
  const { listProfiles, stub, clients } = await connect([
    json({ profiles: [{ name: 'a' }], nextToken: 'more' }),
    json({ profiles: [] }),
  ]);

  expect(await listProfiles()).toEqual(['a']);
  expect(stub.calls.map(({ path }) => path)).toEqual(['/profiles', '/profiles?nextToken=more']);
  expect(clients.counter.counts()).toEqual({ [account]: { 'rolesanywhere:ListProfiles': 2 } });
});

test('an answer of an old client without any list is refused, as is a page of HTML', async () => {
  const empty = await connect([json({})]);
  const html = await connect([{ type: 'text/html', body: '<!DOCTYPE html><html></html>' }]);

  expect(await failureOf(empty.listProfiles())).toMatchObject({
    kind: 'malformed',
    message: 'the answer to ListProfiles holds no list',
  });
  expect(await failureOf(html.listProfiles())).toMatchObject({ kind: 'malformed' });
});

test('an old client takes new credentials once its own have run out', async () => {
  const expired = json({ __type: 'ExpiredTokenException', message: 'expired' }, 403);
  const { listProfiles, stub } = await connect([expired, json({ profiles: [{ name: 'a' }] })]);

  expect(await listProfiles()).toEqual(['a']);
  expect(stub.calls.map(({ accessKey }) => accessKey)).toEqual(['AKIA1', 'AKIA2']);
});

test('a denial of an old client is an answer, and its answer is bounded in size', async () => {
  const denied = await connect([json({ __type: 'AccessDeniedException', message: 'no' }, 403)]);
  const large = await connect([json({ profiles: [{ name: 'a'.repeat(2000) }] })], { maxBytes: 1000 });

  expect(await failureOf(denied.listProfiles())).toMatchObject({ kind: 'denied', message: 'no' });
  expect(await failureOf(large.listProfiles())).toMatchObject({
    kind: 'malformed',
    message: 'the answer is larger than 1000 bytes',
  });
});

test('a server that says nothing is given up', async () => {
  const { listProfiles } = await connect(['silence'], { requestTimeout: 20 });

  expect(await failureOf(listProfiles())).toMatchObject({ kind: 'timeout' });
});
