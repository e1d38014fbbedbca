import { exitCode, UserError } from '@ag/model';
import { expect, test } from 'vitest';
import type { AccessIndex } from './access-index.ts';
import { compile } from './compile.ts';
import { allow, GraphFixture, trusts } from './graph-fixture.ts';

const a = '111111111111';
const b = '222222222222';

async function small(): Promise<AccessIndex> {
  const graph = new GraphFixture().account(a).account(b);
  graph.bucket(a, 'reports');
  const policies = { read: allow(['s3:GetObject', 's3:ListBucket', 's3:ListAllMyBuckets'], '*') };
  graph.user(a, 'ana', { policies });
  graph.user(a, 'sam');
  graph.user(b, 'sam');
  graph.role(b, 'deploy', trusts({ Service: 'ec2.amazonaws.com' }));
  return compile(graph.source());
}

async function messageOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof UserError && error.code === exitCode.usage) return error.message;
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('an unknown action, principal or resource is answered with the nearest names', async () => {
  const index = await small();
  const resource = 'arn:aws:s3:::reports';

  expect(await messageOf(index.whoCan({ action: 's3:ListBuket', resource }))).toBe(
    'unknown action `s3:ListBuket`; the nearest known: `s3:ListBucket`',
  );
  expect(await messageOf(index.whoCan({ action: 's3:ListBucket', resource: 'arn:aws:s3:::report' }))).toBe(
    'unknown resource `arn:aws:s3:::report`; the nearest known: `arn:aws:s3:::reports`',
  );
  expect(await messageOf(index.whatCan({ principal: 'anna' }))).toBe(
    'unknown principal `anna`; the nearest known: `ana`',
  );
});

test('a name that two principals bear is answered with both', async () => {
  const index = await small();

  expect(await messageOf(index.whatCan({ principal: 'sam' }))).toBe(
    `\`sam\` is the name of several principals: \`arn:aws:iam::${a}:user/sam\`, \`arn:aws:iam::${b}:user/sam\``,
  );
});

test('an action that does not act on the resource says on what it acts', async () => {
  const index = await small();

  expect(await messageOf(index.whoCan({ action: 's3:ListBucket', resource: 'arn:aws:s3:::reports/k' }))).toBe(
    '`s3:ListBucket` does not act on `arn:aws:s3:::reports/k` but on `arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}`, `arn:${Partition}:s3:::${BucketName}`',
  );
});

test('a resource of an account that nobody collected is unknown, with that gap', async () => {
  const index = await small();
  const resource = 'arn:aws:sqs:eu-west-1:999999999999:jobs';

  const { decision, gaps } = await index.explain({
    principal: `arn:aws:iam::${a}:root`,
    action: 'sqs:SendMessage',
    resource,
  });

  const reason = 'account 999999999999 was not collected';
  expect(decision).toEqual({ outcome: 'unknown', because: [{ layer: 'resource', id: resource, reason }] });
  expect(gaps.map((gap) => gap.message)).toEqual(expect.arrayContaining([reason]));
});

test('what a user can do comes by resource, objects as a pattern, the rest under *', async () => {
  const index = await small();

  const { rows } = await index.whatCan({ principal: 'ana', action: 's3:*' });

  expect(
    rows.map(({ resource, actions }) => [resource, actions.map((entry) => `${entry.action} ${entry.outcome}`)]),
  ).toEqual([
    ['*', ['s3:ListAllMyBuckets allowed']],
    ['arn:aws:s3:::reports', ['s3:ListBucket allowed']],
    ['arn:aws:s3:::reports/*', ['s3:GetObject allowed']],
  ]);
});

test('a narrower resource pattern of a policy is a row of its own', async () => {
  const graph = new GraphFixture().account(a);
  graph.bucket(a, 'reports');
  const secret = `arn:aws:secretsmanager:eu-west-1:${a}:secret:prod/*`;
  const policies = {
    read: allow(['s3:GetObject', 'secretsmanager:GetSecretValue'], ['arn:aws:s3:::reports/public/*', secret]),
  };
  graph.user(a, 'ana', { policies });

  const { rows } = await (await compile(graph.source())).whatCan({ principal: 'ana' });

  expect(rows.map(({ resource, actions }) => [resource, actions.map((entry) => entry.action)])).toEqual([
    // Nobody needs a permission for this one.
    ['*', ['sts:GetCallerIdentity']],
    ['arn:aws:s3:::reports/public/*', ['s3:GetObject']],
    [secret, ['secretsmanager:GetSecretValue']],
  ]);
});

test('a principal that is missing is explained as such', async () => {
  const graph = new GraphFixture().account(a);
  graph.bucket(a, 'reports');
  const gone = graph.user(a, 'gone', { properties: { missingSince: '2026-11-23T08:00:00Z' } });

  const { decision, explanation } = await (
    await compile(graph.source())
  ).explain({
    principal: 'gone',
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::reports',
  });

  expect(decision).toEqual({ outcome: 'implicitlyDenied', at: ['service'], mayBeDeniedBy: [] });
  expect(explanation.warnings).toContain(
    `\`${gone}\` was not there any more at 2026-11-23T08:00:00Z, so it is granted nothing`,
  );
});
