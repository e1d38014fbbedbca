import { type Server, createServer } from 'node:http';
import { UserError, exitCode } from '@ag/model';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccountAccessError } from './account-access-error.ts';
import { openConnection } from './connection.ts';
import type { ConnectionSettings } from './settings.ts';

const caller = '111122223333';
const member = '444455556666';
const servers: Server[] = [];

interface Request {
  readonly action: string;
  readonly key: string;
  readonly parameters: URLSearchParams;
}
type Answer = readonly [status: number, body: string] | 'silence';

/** An STS on loopback that answers as it is told. */
async function startSts(answer: (request: Request) => Answer) {
  const requests: Request[] = [];
  const server = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (part: Buffer) => (text += part.toString()));
    incoming.on('end', () => {
      const parameters = new URLSearchParams(text);
      const key = /Credential=([^/]+)/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
      const request = { action: parameters.get('Action') ?? '', key, parameters };
      requests.push(request);
      const answered = answer(request);
      if (answered !== 'silence') outgoing.writeHead(answered[0], { 'content-type': 'text/xml' }).end(answered[1]);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { endpointUrl: `http://127.0.0.1:${port}`, requests };
}

function identity(account = caller, partition = 'aws'): Answer {
  const arn = `arn:${partition}:sts::${account}:assumed-role/x/y`;
  return [
    200,
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>u</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  ];
}

function assumed(key: string): Answer {
  return [
    200,
    `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-11-24T09:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  ];
}

function failure(status: number, code: string, message: string): Answer {
  return [
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  ];
}

function ofAction(answers: Readonly<Record<string, Answer>>): (request: Request) => Answer {
  return ({ action }) => answers[action] ?? failure(400, 'InvalidAction', 'no');
}

const given = () => Promise.resolve({ accessKeyId: 'AKIABASE', secretAccessKey: 's' });
const now = () => new Date('2026-11-24T08:00:00Z');

function connect(settings: ConnectionSettings, options: Partial<Parameters<typeof openConnection>[1]> = {}) {
  return openConnection(settings, { environment: {}, credentials: given, now, requestTimeout: 5_000, ...options });
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error instanceof UserError ? { code: error.code, message: error.message } : error),
  );
}

beforeEach(() => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_REGION', 'AWS_ENDPOINT_URL']) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

test('a connection knows whose it is, in every partition', async () => {
  const { endpointUrl } = await startSts(ofAction({ GetCallerIdentity: identity(caller, 'aws-cn') }));

  const { account, partition, name, defaultRegion } = await connect({ endpointUrl, regions: ['cn-north-1'] });

  expect({ account, partition, name, defaultRegion }).toEqual({
    account: caller,
    partition: 'aws-cn',
    name: 'default',
    defaultRegion: 'cn-north-1',
  });
});

test('the first role is assumed before anything else, with the external id', async () => {
  const { endpointUrl, requests } = await startSts(
    ofAction({ GetCallerIdentity: identity(), AssumeRole: assumed('ASIAFIRST') }),
  );
  const roleArn = `arn:aws:iam::${caller}:role/reader`;

  const connection = await connect({ endpointUrl, roleArn, externalId: 'shared-secret' });

  expect(requests.map(({ action, key }) => [action, key])).toEqual([
    ['AssumeRole', 'AKIABASE'],
    ['GetCallerIdentity', 'ASIAFIRST'],
  ]);
  expect(Object.fromEntries(requests[0]?.parameters ?? [])).toEqual({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: 'accessgraph',
    DurationSeconds: '3600',
    ExternalId: 'shared-secret',
  });
  expect(connection.assumptions(caller)).toBe(1);
  expect(JSON.stringify(connection)).not.toContain('shared-secret');
});

test('a member account is entered by the named role, once for all who wait', async () => {
  const { endpointUrl, requests } = await startSts(
    ofAction({ GetCallerIdentity: identity(), AssumeRole: assumed('ASIAMEMBER') }),
  );
  const connection = await connect({ endpointUrl, roleName: '/security/reader', externalId: 'shared-secret' });

  const provide = connection.credentialsFor(member);
  const [one, other] = await Promise.all([provide(), provide()]);

  expect(one).toBe(other);
  expect(one).toMatchObject({ accessKeyId: 'ASIAMEMBER', expiration: new Date('2026-11-24T09:00:00Z') });
  expect(requests[1]?.parameters.get('RoleArn')).toBe(`arn:aws:iam::${member}:role/security/reader`);
  expect(requests[1]?.parameters.get('ExternalId')).toBe('shared-secret');
  expect([connection.assumptions(caller), connection.assumptions(member)]).toEqual([0, 1]);
});

test('credentials that AWS called expired are minted anew', async () => {
  let serial = 0;
  const { endpointUrl } = await startSts(({ action }) =>
    action === 'AssumeRole' ? assumed(`ASIA${(serial += 1)}`) : identity(),
  );
  const connection = await connect({ endpointUrl, roleName: 'reader' });
  const first = await connection.credentialsFor(member)();

  connection.invalidate(member, first);
  const second = await connection.credentialsFor(member)();

  expect([first.accessKeyId, second.accessKeyId]).toEqual(['ASIA1', 'ASIA2']);
});

test('an account whose role cannot be assumed says which role and why, without the external id', async () => {
  const { endpointUrl } = await startSts(
    ofAction({
      GetCallerIdentity: identity(),
      AssumeRole: failure(403, 'AccessDenied', 'not authorized to perform: sts:AssumeRole with shared-secret'),
    }),
  );
  const connection = await connect({ endpointUrl, roleName: 'reader', externalId: 'shared-secret' });

  const error = await errorOf(connection.credentialsFor(member)());

  expect(error).toBeInstanceOf(AccountAccessError);
  expect(error).toMatchObject({
    account: member,
    reason: 'denied',
    message: `cannot assume the role \`arn:aws:iam::${member}:role/reader\`: not authorized to perform: sts:AssumeRole with …`,
    cause: { name: 'AccessDenied', message: 'not authorized to perform: sts:AssumeRole with …' },
  });
});

test('without a role name no other account is entered', async () => {
  const { endpointUrl, requests } = await startSts(ofAction({ GetCallerIdentity: identity() }));
  const connection = await connect({ endpointUrl });

  expect(await errorOf(connection.credentialsFor(member)())).toMatchObject({ reason: 'notCollected' });
  expect(requests).toHaveLength(1);
});

test('a first role that cannot be assumed is one sentence with the role and AWS’s message', async () => {
  const { endpointUrl } = await startSts(ofAction({ AssumeRole: failure(403, 'AccessDenied', 'not authorized') }));
  const roleArn = `arn:aws:iam::${member}:role/reader`;

  expect(await errorOf(connect({ endpointUrl, roleArn }))).toEqual({
    code: exitCode.credentials,
    message: `cannot assume the role \`${roleArn}\`: not authorized`,
  });
});

test('what is wrong with the credentials is one sentence', async () => {
  const rows: readonly (readonly [Answer, string])[] = [
    [failure(403, 'ExpiredToken', 'The token is expired'), 'the AWS credentials have expired: The token is expired'],
    [
      failure(403, 'InvalidClientTokenId', 'The token is invalid'),
      'AWS does not accept the credentials: The token is invalid',
    ],
    [failure(403, 'AccessDenied', 'explicit deny'), 'AWS denies to say whose credentials these are: explicit deny'],
  ];
  for (const [answer, message] of rows) {
    const { endpointUrl } = await startSts(() => answer);

    expect(await errorOf(connect({ endpointUrl }))).toEqual({ code: exitCode.credentials, message });
  }
});

test('something that is not AWS, or does not answer, is said to be so', async () => {
  const page = await startSts(() => [200, '<html>Sign in</html>']);
  const silent = await startSts(() => 'silence');
  const endpointUrl = 'http://127.0.0.1:9';

  expect(await errorOf(connect({ endpointUrl: page.endpointUrl }))).toEqual({
    code: exitCode.credentials,
    message: `what answers at \`${page.endpointUrl}\` is not AWS: the answer names no account`,
  });
  expect(
    await errorOf(connect({ endpointUrl: silent.endpointUrl }, { requestTimeout: 10, attempts: 1 })),
  ).toMatchObject({
    message: expect.stringContaining(`cannot reach AWS at \`${silent.endpointUrl}\``),
  });
  expect(await errorOf(connect({ endpointUrl }, { attempts: 1 }))).toEqual({
    code: exitCode.credentials,
    message: `cannot reach AWS at \`${endpointUrl}\`: connect ECONNREFUSED 127.0.0.1:9`,
  });
});

test('no credentials, an unknown profile and credentials about to expire are one sentence each', async () => {
  const { endpointUrl, requests } = await startSts(ofAction({ GetCallerIdentity: identity() }));
  const expiration = new Date('2026-11-24T08:01:00Z');
  const dying = () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 's', expiration });

  const errors = [
    await errorOf(openConnection({ endpointUrl, regions: ['us-east-1'] }, { environment: {} })),
    await errorOf(openConnection({ endpointUrl, regions: ['us-east-1'], profile: 'nobody' }, { environment: {} })),
    await errorOf(connect({ endpointUrl }, { credentials: dying })),
  ];

  expect(errors).toEqual([
    {
      code: exitCode.credentials,
      message: 'no AWS credentials were found: name a profile, or set the environment variables of the AWS SDK',
    },
    { code: exitCode.credentials, message: 'the AWS profile `nobody` does not exist, or holds no credentials' },
    {
      code: exitCode.credentials,
      message:
        'the AWS credentials have expired: the credentials expire at 2026-11-24T08:01:00.000Z, in less than two minutes',
    },
  ]);
  expect(requests).toEqual([]);
});
