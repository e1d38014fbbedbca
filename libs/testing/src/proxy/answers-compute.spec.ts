import { expect, test } from 'vitest';
import { amend } from './amend.ts';
import { answerFor } from './answers.ts';
import type { Call } from './call.ts';
import { callOf, seededOf } from './fixtures.ts';

const account = '111122223333';
const other = '444455556666';
const function_ = `arn:aws:lambda:eu-west-1:${account}:function:intake`;
const shareArn = `arn:aws:ram:eu-west-1:${account}:resource-share/1`;
const project = `arn:aws:codebuild:eu-west-1:${account}:project/build`;
const share = { resourceShareArn: shareArn, owningAccountId: account };

const seeded = seededOf({
  compute: {
    functionUrls: [{ account, functionArn: function_, config: { FunctionUrl: 'https://a.on.aws/' } }],
    shares: [{ account, share, resources: [project], principals: [other], permission: 'BuildPermission' }],
    accessEntries: [
      { account, cluster: 'fleet', entry: { principalArn: `arn:aws:iam::${account}:role/ops` }, policies: [] },
      { account, cluster: 'fleet', entry: { principalArn: `arn:aws:iam::${account}:role/ops2` }, policies: [] },
    ],
  },
});

function ask(action: string, rest: Partial<Call> = {}) {
  const reply = answerFor(callOf(action, { protocol: 'rest-json', ...rest }), seeded);
  if (!reply) return undefined;
  const body: unknown = JSON.parse(reply.body);
  return { status: reply.status, body };
}

test('a function’s URLs are its own', () => {
  expect(ask('lambda:ListFunctionUrlConfigs', { path: '/2021-10-31/functions/intake/urls' })).toMatchObject({
    body: { FunctionUrlConfigs: [{ FunctionUrl: 'https://a.on.aws/' }] },
  });
  expect(ask('lambda:ListFunctionUrlConfigs', { path: '/2021-10-31/functions/other/urls' })).toMatchObject({
    body: { FunctionUrlConfigs: [] },
  });
});

test('an access entry is found by cluster and principal, however alike their names', () => {
  const of = (name: string) =>
    `/clusters/fleet/access-entries/${encodeURIComponent(`arn:aws:iam::${account}:role/${name}`)}`;

  expect(ask('eks:DescribeAccessEntry', { path: of('ops') })).toMatchObject({
    body: { accessEntry: { principalArn: `arn:aws:iam::${account}:role/ops` } },
  });
  expect(ask('eks:DescribeAccessEntry', { path: of('op') })).toMatchObject({ status: 404 });
  expect(ask('eks:ListAccessEntries', { path: '/clusters/another/access-entries' })?.body).toEqual({
    accessEntries: [],
  });
});

test('a share is its owner’s to describe, and seen by whom it is with', () => {
  const list = (resourceOwner: string, of: string) =>
    ask('ram:GetResourceShares', { account: of, json: { resourceOwner } });

  expect(list('SELF', account)).toBeUndefined();
  expect(list('OTHER-ACCOUNTS', other)?.body).toEqual({ resourceShares: [share] });
  expect(list('OTHER-ACCOUNTS', account)?.body).toEqual({ resourceShares: [] });
  expect(ask('ram:ListPrincipals', { json: { resourceOwner: 'SELF', resourceShareArns: [shareArn] } })?.body).toEqual({
    principals: [{ id: other, resourceShareArn: shareArn, external: false }],
  });
});

test('what is shared has the policy that RAM writes, and nothing else has one', () => {
  expect(ask('codebuild:GetResourcePolicy', { json: { resourceArn: project } })).toMatchObject({ status: 200 });
  expect(ask('codebuild:GetResourcePolicy', { json: { resourceArn: `${project}2` } })).toMatchObject({
    status: 400,
    body: { __type: 'ResourceNotFoundException' },
  });
});

test('of the one policy that the emulator keeps for a function, each part gets what is said of it', () => {
  const statements = [function_, `${function_}:live`].map((Resource) => ({ Principal: other, Resource }));
  const body = JSON.stringify({ Policy: JSON.stringify({ Statement: statements }) });
  const policy = (query: string) => {
    const call = callOf('lambda:GetPolicy', {
      path: '/2015-03-31/functions/intake/policy',
      query: new URLSearchParams(query),
    });
    return amend(call, body, seeded);
  };
  const of = (Resource: string) =>
    JSON.stringify({
      Policy: JSON.stringify({ Statement: [{ Principal: { AWS: `arn:aws:iam::${other}:root` }, Resource }] }),
    });

  expect(policy('')).toBe(of(function_));
  expect(policy('Qualifier=live')).toBe(of(`${function_}:live`));
  expect(policy('Qualifier=1')).toBe(JSON.stringify({ Policy: JSON.stringify({ Statement: [] }) }));
});
