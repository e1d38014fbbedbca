import type { ExternalAccessQuestion, ExternalRow } from '@ag/access';
import { exitCode } from '@ag/model';
import { expect, test } from 'vitest';
import { cli, run } from '../fake-tool.ts';

const account = '111122223333';
const statement = { policy: 'arn:aws:s3:::site', kind: 'resource', index: 0, sid: 'Public' } as const;
const open: ExternalRow = {
  resource: 'arn:aws:s3:::site/*',
  service: 's3',
  account,
  from: { id: '*', label: 'Anyone', name: 'anyone' },
  kind: 'anyone',
  isPublic: true,
  actions: [{ action: 's3:GetObject', level: 'Read' }],
  decision: {
    outcome: 'conditional',
    when: { is: 'present', key: 'aws:Referer' },
    text: 'aws:Referer is there',
    checked: true,
    grants: [{ by: 'statement', statement }],
  },
  warnings: [],
};
const vendor: ExternalRow = {
  resource: `arn:aws:iam::${account}:role/vendor`,
  service: 'iam',
  account,
  from: {
    id: 'arn:aws:iam::999988887777:root',
    label: 'Uncollected',
    name: 'account 999988887777',
    account: '999988887777',
  },
  kind: 'account',
  isPublic: false,
  actions: [{ action: 'sts:AssumeRole', level: 'Write' }],
  decision: { outcome: 'allowed', grants: [] },
  warnings: ['no condition asks for an external id'],
};
const unknown: ExternalRow = {
  ...open,
  decision: { outcome: 'unknown', because: [{ layer: 'resource', reason: 'not read' }] },
};

const behind = (...rows: readonly ExternalRow[]) => ({
  index: { externalAccess: () => Promise.resolve({ rows, asOf: run, gaps: [] }) },
});

test('each row says who reaches what, by which grant and on which condition', async () => {
  expect(await cli(['external'], behind(vendor, open))).toEqual({
    code: exitCode.ok,
    err: '',
    out: `What is reached from outside the organization?

RESOURCE                               ACCOUNT       FROM                  KIND     ACCESS       LEVELS  ACTIONS     GRANTED BY        DEPENDS ON
arn:aws:iam::111122223333:role/vendor  111122223333  account 999988887777  account  allowed      Write   AssumeRole
arn:aws:s3:::site/*                    111122223333  anyone                anyone   conditional  Read    GetObject   site #0 (Public)  if aws:Referer is there

2 resources, 1 row of everybody
Warning: arn:aws:iam::111122223333:role/vendor, account 999988887777: no condition asks for an external id
As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
`,
  });
});

test('as CSV the warnings stand in the row, and ids in the place of names', async () => {
  const { out } = await cli(['external', '-o', 'csv'], behind(vendor));

  expect(out).toBe(`resource,account,from,kind,access,levels,actions,granted by,depends on,warnings
arn:aws:iam::111122223333:role/vendor,111122223333,arn:aws:iam::999988887777:root,account,allowed,Write,sts:AssumeRole,,,no condition asks for an external id
`);
});

test('with --fail-on the exit code says whether there is such a finding, and the answer is printed all the same', async () => {
  const code = async (failOn: string, ...rows: readonly ExternalRow[]) =>
    (await cli(['external', '--fail-on', failOn], behind(...rows))).code;

  expect(await code('any')).toBe(exitCode.ok);
  expect(await code('any', unknown)).toBe(exitCode.findings);
  expect(await code('conditional', unknown)).toBe(exitCode.ok);
  expect(await code('conditional', open)).toBe(exitCode.findings);
  expect(await code('allowed', open)).toBe(exitCode.ok);
  expect(await code('allowed', vendor)).toBe(exitCode.findings);
  expect(await code('public', vendor, unknown)).toBe(exitCode.ok);
  expect(await code('public', open)).toBe(exitCode.findings);
  expect((await cli(['external', '--fail-on', 'public'], behind(open))).out).toContain('site #0 (Public)');
});

test('the filters are handed on', async () => {
  const asked: ExternalAccessQuestion[] = [];
  const index = {
    externalAccess: (question: ExternalAccessQuestion) => {
      asked.push(question);
      return Promise.resolve({ rows: [], asOf: run, gaps: [] });
    },
  };
  const filters = ['--service', 's3', '--account', account, '--level', 'Write', '--certainty', 'allowed'];

  const { out } = await cli(['external', ...filters, '--trusted', '999988887777,999988887778'], { index });

  expect(asked).toEqual([
    { service: 's3', account, level: 'Write', certainty: 'allowed', trusted: ['999988887777', '999988887778'] },
  ]);
  expect(out).toContain('Nothing.');
});
