import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCode } from '@ag/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cli } from '../fake-tool.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-rows-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const account = '111122223333';
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const none = { session: null, permissionsBoundary: null, scp: null, rcp: null, resource: null, vpcEndpoint: null };

/** A row about one statement of an identity policy. */
function row(id: string, more: object = {}) {
  return {
    id,
    topic: 'basic',
    rules: ['EV1'],
    pair: null,
    mode: 'concrete',
    source: { name: id, doc: 'https://docs.aws.amazon.com/', license: 'own', confidence: 'documented' },
    gate: true,
    policies: { identity: [{ Version: '2012-10-17', Statement: [allow] }], ...none },
    request: {
      principal: `arn:aws:iam::${account}:user/ana`,
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::b/k', accountId: account },
    },
    context: {},
    facts: {},
    expected: { decision: 'Allowed', allow: true },
    flags: [],
    ...more,
  };
}

async function write(name: string, ...lines: readonly unknown[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file;
}

const denied = { decision: 'ImplicitlyDenied', allow: false };

test('counts what passes, and lists what fails with what was expected, what came and why', async () => {
  const file = await write(
    'rows.jsonl',
    row('a/passes'),
    '',
    row('a/fails', { expected: denied }),
    row('a/open', { gate: false }),
    row('a/open-too', { gate: false, expected: denied }),
  );
  const because = '  identity: identity-1 #0 Allow applies: Action s3:GetObject and Resource * match';

  expect(await cli(['conformance', file])).toEqual({
    code: exitCode.findings,
    err: '',
    out: [
      'failed: a/fails [EV1]',
      '  expected ImplicitlyDenied, got Allowed',
      because,
      'open (agrees): a/open [EV1]',
      '  expected Allowed, got Allowed',
      because,
      'open (differs): a/open-too [EV1]',
      '  expected ImplicitlyDenied, got Allowed',
      because,
      '2 open, counted neither way',
      '1 passed, 1 failed',
      '',
    ].join('\n'),
  });
});

test('what is no row has failed, and takes no other row with it', async () => {
  const bad = { ...row('a/misspelt'), policies: { identity: [], ...none, resourcePolicies: null } };
  const unreadable = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*' }] };
  const file = await write(
    'rows.jsonl',
    '{',
    bad,
    row('a/half', { policies: { identity: [unreadable], ...none } }),
    row('a/b'),
  );

  expect(await cli(['conformance', file])).toEqual({
    code: exitCode.findings,
    err: '',
    out: [
      `failed: ${file}:1`,
      '  expected a row, got not valid JSON',
      `failed: ${file}:2`,
      '  expected a row, got no row: /policies must NOT have additional properties `resourcePolicies`',
      'failed: a/half [EV1]',
      '  expected Allowed, got cannot read policy `identity-1`: /Statement/0/Resource missing',
      '1 passed, 3 failed',
      '',
    ].join('\n'),
  });
});

test('as JSON the count stands beside it, for people', async () => {
  const file = await write('rows.jsonl', row('a/passes'));

  const { out, ...rest } = await cli(['conformance', '-o', 'json', file]);

  expect(rest).toEqual({ code: exitCode.ok, err: '1 passed, 0 failed\n' });
  expect(JSON.parse(out)).toEqual({
    passed: 1,
    failed: 0,
    open: 0,
    rows: [
      {
        id: 'a/passes',
        rules: ['EV1'],
        status: 'passed',
        agrees: true,
        expected: 'Allowed',
        got: 'Allowed',
        differences: [],
        deciding: [],
      },
    ],
  });
});

test('a residual is compared with the contexts that the row gives', async () => {
  const ip = { ...allow, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
  const open = {
    mode: 'unknown-context',
    policies: { identity: [{ Version: '2012-10-17', Statement: [ip] }], ...none },
    knowledge: { default: 'unknown', absent: [], present: [], sessionName: 'known', sessionTags: 'known' },
  };
  const expected = (allowed: string) => ({
    verdict: 'CONDITIONAL',
    residualMentions: ['aws:SourceIp'],
    residualExcludes: [],
    witnesses: { allow: [{ 'aws:SourceIp': allowed }], deny: [{}] },
  });
  const right = await write('right.jsonl', row('a/right', { ...open, expected: expected('10.1.1.1') }));
  const wrong = await write('wrong.jsonl', row('a/wrong', { ...open, expected: expected('11.1.1.1') }));

  expect((await cli(['conformance', right])).out).toBe('1 passed, 0 failed\n');
  expect((await cli(['conformance', wrong])).out).toContain(
    [
      '  the residual says otherwise than allowed in {"aws:SourceIp":"11.1.1.1"}',
      '  the concrete decision is not allowed in {"aws:SourceIp":"11.1.1.1"}',
    ].join('\n'),
  );
});

test('a file that is not there or holds nothing is one sentence', async () => {
  const empty = await write('empty.jsonl', '');
  const away = path.join(folder, 'away.jsonl');

  expect([await cli(['conformance', empty]), await cli(['conformance', away])]).toEqual([
    { code: exitCode.usage, out: '', err: `accessgraph: \`${empty}\` holds no rows\n` },
    { code: exitCode.usage, out: '', err: `accessgraph: cannot read \`${away}\`\n` },
  ]);
});
