import { expect, test } from 'vitest';
import type { Caller } from './callers.ts';
import { refuseAssumeRole } from './assume-role.ts';
import { callOf } from './fixtures.ts';
import { escapeXml } from './reply.ts';

const [own, other, third] = ['111122223333', '444455556666', '777788889999'] as const;
const root = (account: string): Caller => ({
  account,
  principal: { kind: 'root', arn: `arn:aws:iam::${account}:root`, account },
});
const session = (account: string, role: string): Caller => ({
  account,
  principal: {
    kind: 'session',
    arn: `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1) ?? ''}/me`,
    account,
    roleArn: `arn:aws:iam::${account}:role/${role}`,
    sessionName: 'me',
  },
});

const vendorTrust = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${own}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'shared-secret' } },
  },
};
const trustOf = (principal: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' },
});

/** Account `other` with one role; which accounts it was asked in is kept. */
async function assume(options: {
  readonly caller: Caller;
  readonly role?: string;
  readonly asked?: string;
  readonly externalId?: string;
  readonly trust?: object;
  readonly encode?: (text: string) => string;
}) {
  const { caller, role = 'reader', asked = role, externalId, trust = vendorTrust, encode = escapeXml } = options;
  const arn = `arn:aws:iam::${other}:role/${role}`;
  const form = new URLSearchParams({
    Action: 'AssumeRole',
    RoleArn: `arn:aws:iam::${other}:role/${asked}`,
    RoleSessionName: 'test',
    ...(externalId !== undefined && { ExternalId: externalId }),
  });
  const questions: unknown[] = [];
  const refusal = await refuseAssumeRole(callOf('sts:AssumeRole', { form }), caller, (account, question) => {
    questions.push([account, question]);
    const found = question['RoleName'] === role.split('/').at(-1);
    return Promise.resolve(
      found
        ? `<GetRoleResponse><Role><Arn>${arn}</Arn><AssumeRolePolicyDocument>${encode(JSON.stringify(trust))}</AssumeRolePolicyDocument></Role></GetRoleResponse>`
        : '<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>',
    );
  });
  return { refusal, questions };
}

const denied = (caller: string, role = 'reader') => ({
  status: 403,
  type: 'text/xml',
  body: expect.stringContaining(
    `<Code>AccessDenied</Code><Message>User: ${caller} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${other}:role/${role}</Message>`,
  ),
});

test('another account is let in with the right external id', async () => {
  const { refusal, questions } = await assume({ caller: root(own), externalId: 'shared-secret' });

  expect(refusal).toBeUndefined();
  expect(questions).toEqual([[other, { Action: 'GetRole', RoleName: 'reader' }]]);
});

test('a wrong external id is refused, and so is none', async () => {
  const caller = `arn:aws:iam::${own}:root`;

  expect((await assume({ caller: root(own), externalId: 'guessed' })).refusal).toEqual(denied(caller));
  expect((await assume({ caller: root(own) })).refusal).toEqual(denied(caller));
});

test('a third account is refused, even with the right external id', async () => {
  const { refusal } = await assume({ caller: root(third), externalId: 'shared-secret' });

  expect(refusal).toEqual(denied(`arn:aws:iam::${third}:root`));
});

test('a session passes where the account is trusted, or its role by name, and not where another role is', async () => {
  const caller = session(own, 'deploy');

  expect((await assume({ caller, externalId: 'shared-secret' })).refusal).toBeUndefined();
  const named = await assume({ caller, trust: trustOf(`arn:aws:iam::${own}:role/deploy`) });
  expect(named.refusal).toBeUndefined();
  const another = await assume({ caller, trust: trustOf(`arn:aws:iam::${own}:role/release`) });
  expect(another.refusal).toEqual(denied(`arn:aws:sts::${own}:assumed-role/deploy/me`));
});

test('a role that is not there is refused like one that does not trust', async () => {
  expect((await assume({ caller: root(own), asked: 'nobody' })).refusal).toEqual(
    denied(`arn:aws:iam::${own}:root`, 'nobody'),
  );
});

test('a role is named with its path, and without it is another', async () => {
  const options = { caller: root(own), role: 'service/audit/reader', externalId: 'shared-secret' };

  expect((await assume(options)).refusal).toBeUndefined();
  expect((await assume({ ...options, asked: 'reader' })).refusal).toEqual(denied(`arn:aws:iam::${own}:root`));
});

test('a trust policy is read in each encoding that an emulator uses', async () => {
  for (const encode of [escapeXml, encodeURIComponent]) {
    expect((await assume({ caller: root(own), externalId: 'shared-secret', encode })).refusal).toBeUndefined();
  }
  const broken = await assume({ caller: root(own), externalId: 'shared-secret', encode: () => '{"Version"' });
  expect(broken.refusal).toEqual(denied(`arn:aws:iam::${own}:root`));
});

test('what is not the ARN of a role is refused without a question', async () => {
  const form = new URLSearchParams({ RoleArn: 'reader' });

  const refusal = await refuseAssumeRole(callOf('sts:AssumeRole', { form }), root(own), () =>
    Promise.reject(new Error('nothing to ask')),
  );

  expect(refusal).toMatchObject({ status: 403 });
});
