import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ScopeContent, UserError, exitCode } from '@ag/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFiles } from './read-files.ts';

const account = '111122223333';
const other = '444455556666';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const allow = (action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: action, Resource: '*' },
});

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-import-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(file: string, content: unknown): Promise<string> {
  const full = path.join(folder, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, typeof content === 'string' ? content : JSON.stringify(content, undefined, 1));
  return full;
}

async function read(root = folder): Promise<ScopeContent[]> {
  const contents: ScopeContent[] = [];
  for await (const content of readFiles(root, { now: () => new Date('2026-11-24T08:00:00Z') })) contents.push(content);
  return contents;
}

/** Every scope with nodes or gaps, as one line. */
function summary(contents: readonly ScopeContent[]): string[] {
  return contents
    .filter(({ nodes, gaps }) => nodes.length + gaps.length > 0)
    .map(({ scope: { place, resource }, state, nodes }) => {
      const names = nodes
        .filter(({ labels }) => labels[0] !== 'PolicyStatement')
        .map(({ id }) => id.split(/[:/]/).at(-1));
      return [place.account, place.region, resource, state, ...names].join(' ');
    })
    .sort();
}

function messages(contents: readonly ScopeContent[]): string[] {
  return contents.flatMap(({ gaps }) => gaps.map(({ message }) => message)).sort();
}

function user(name: string, of = account, policy?: string) {
  return {
    Arn: `arn:aws:iam::${of}:user/${name}`,
    UserName: name,
    UserId: `AIDA${name}`,
    AttachedManagedPolicies: policy === undefined ? [] : [{ PolicyArn: policy }],
  };
}

function policy(arn: string, version: string, action: string) {
  return {
    Arn: arn,
    DefaultVersionId: version,
    PolicyVersionList: [{ VersionId: version, IsDefaultVersion: true, Document: allow(action) }],
  };
}

async function faultOf(root: string): Promise<unknown> {
  return read(root).then(
    () => 'no error',
    (error: unknown) => (error instanceof UserError ? { code: error.code, message: error.message } : error),
  );
}

test('one file is one account, read from the ARNs and not from the file’s name', async () => {
  const file = await write(`${other}.json`, {
    UserDetailList: [user('ann', account, readOnly)],
    Policies: [policy(readOnly, 'v1', 's3:Get*')],
  });

  const contents = await read(file);

  expect(summary(contents)).toEqual([
    `${account} global AwsRootUser complete root`,
    `${account} global CallerIdentity complete ${account}`,
    `${account} global IamUser complete ann`,
    'aws global IamPolicy complete ReadOnlyAccess',
  ]);
  expect(new Set(contents.map(({ scope, readAt }) => `${scope.connection} ${readAt}`))).toEqual(
    new Set(['import 2026-11-24T08:00:00.000Z']),
  );
  expect(contents.find(({ scope }) => scope.resource === 'IamUser')?.edges).toEqual([
    { type: 'HAS_POLICY', from: `arn:aws:iam::${account}:user/ann`, to: readOnly, properties: {} },
    { type: 'OWNS', from: account, to: `arn:aws:iam::${account}:user/ann`, properties: {} },
  ]);
});

test('a file may hold several accounts, and a folder several files of one', async () => {
  await write('a.json', { UserDetailList: [user('ann'), user('bob', other)] });
  await write('deep/b.json', { UserDetailList: [user('eve')], GroupDetailList: [] });

  expect(summary(await read()).filter((line) => line.includes('IamUser'))).toEqual([
    `${account} global IamUser complete ann eve`,
    `${other} global IamUser complete bob`,
  ]);
});

test('where files differ the first by name is believed, and a gap names both', async () => {
  await write('b.json', {
    UserDetailList: [user('ann', account, readOnly)],
    Policies: [policy(readOnly, 'v9', 'x:*')],
  });
  await write('a.json', { UserDetailList: [user('ann')] });

  const contents = await read();

  expect(messages(contents)).toEqual([
    `\`a.json\` and \`b.json\` differ about \`arn:aws:iam::${account}:user/ann\`: the first is taken`,
  ]);
  expect(contents.find(({ scope }) => scope.resource === 'IamUser')?.edges.map(({ type }) => type)).toEqual(['OWNS']);
});

test('of AWS’s own policies the newest version is taken', async () => {
  await write('a.json', {
    UserDetailList: [user('ann', account, readOnly)],
    Policies: [policy(readOnly, 'v9', 's3:Get*')],
  });
  await write('b.json', { UserDetailList: [user('bob', other)], Policies: [policy(readOnly, 'v10', 's3:*')] });

  const ofAws = (await read()).find(({ scope }) => scope.place.account === 'aws' && scope.resource === 'IamPolicy');

  expect(ofAws?.nodes[0]?.properties['document']).toBe(JSON.stringify(allow('s3:*')));
  expect(ofAws?.edges.filter(({ type }) => type === 'OWNS')).toEqual([]);
});

test('an attached policy whose document is in no file is missing, which is not nothing', async () => {
  await write('a.json', { UserDetailList: [user('ann', account, readOnly)] });

  const policies = (await read()).find(({ scope }) => scope.resource === 'IamPolicy');

  expect(policies?.nodes).toEqual([
    { id: readOnly, labels: ['Uncollected'], properties: { reason: 'missing policy' } },
  ]);
  expect(policies?.gaps).toEqual([
    {
      place: { partition: 'aws', account, region: 'global' },
      resource: 'IamPolicy',
      action: 'iam:GetAccountAuthorizationDetails',
      arn: readOnly,
      reason: 'notCollected',
      message: `the policy \`${readOnly}\` is attached, and its document is in no file`,
    },
  ]);
});

test('a part of an account is not taken for the whole', async () => {
  await write('a.json', { UserDetailList: [user('ann')], IsTruncated: true });

  const contents = await read();

  expect(summary(contents)).toContain(`${account} global IamUser partial ann`);
  expect(messages(contents)).toEqual(['`a.json` holds a part of the account: it says `IsTruncated`']);
});

test('policies of buckets and keys lie beside, by account, region and name', async () => {
  await write('a.json', { UserDetailList: [user('ann')] });
  await write(`buckets/${account}/logs.example.json`, { Policy: JSON.stringify(allow('s3:GetObject')) });
  await write(`buckets/${account}/photos.json`, allow('s3:*'));
  await write(`buckets/${account}/broken.json`, '{');
  await write(`keys/${other}/eu-west-1/1234abcd-12ab.json`, { Policy: JSON.stringify(allow('kms:*')) });

  const contents = await read();

  expect(summary(contents).filter((line) => /S3Bucket|KmsKey/.test(line))).toEqual([
    `${account} global S3Bucket complete broken logs.example photos`,
    `${other} eu-west-1 KmsKey complete 1234abcd-12ab`,
  ]);
  const buckets = contents.find(({ scope }) => scope.resource === 'S3Bucket');
  expect(buckets?.nodes.find(({ id }) => id.endsWith(':logs.example'))?.properties).toMatchObject({
    account,
    arn: 'arn:aws:s3:::logs.example',
    resourcePolicy: JSON.stringify(allow('s3:GetObject')),
  });
  expect(buckets?.nodes.find(({ id }) => id.endsWith(':photos'))?.properties).toMatchObject({
    unread: expect.arrayContaining(['s3:GetBucketAcl', 's3:GetBucketPublicAccessBlock']),
  });
  expect(buckets?.nodes.find(({ id }) => id.endsWith(':broken'))?.properties['unreadPolicies']).toEqual(['resource']);
  expect(messages(contents)).toEqual([
    `\`buckets/${account}/broken.json\`: not valid JSON at line 1, column 2: it ends too early`,
    'what the account blocks for all its buckets is in no file',
  ]);
});

test('an organization is a tree with policies on its parts', async () => {
  const arn = (rest: string) => `arn:aws:organizations::${account}:${rest}`;
  await write('organization.json', {
    Organization: { Id: 'o-1', Arn: arn('organization/o-1'), MasterAccountId: account },
    Roots: [{ Id: 'r-1', Arn: arn('root/o-1/r-1'), Name: 'Root' }],
    OrganizationalUnits: [{ Id: 'ou-1', Arn: arn('ou/o-1/ou-1'), Name: 'Work', ParentId: 'r-1' }],
    Accounts: [
      { Id: account, Arn: arn(`account/o-1/${account}`), Name: 'management', ParentId: 'r-1', Status: 'ACTIVE' },
      { Id: other, Arn: arn(`account/o-1/${other}`), Name: 'work', ParentId: 'ou-1', Status: 'ACTIVE' },
    ],
    Policies: [
      {
        PolicySummary: {
          Id: 'p-1',
          Arn: arn('policy/o-1/service_control_policy/p-1'),
          Name: 'Fence',
          Type: 'SERVICE_CONTROL_POLICY',
        },
        Content: JSON.stringify(allow('*')),
        Targets: [
          { TargetId: 'ou-1', Type: 'ORGANIZATIONAL_UNIT' },
          { TargetId: other, Type: 'ACCOUNT' },
        ],
      },
    ],
  });

  const contents = await read();

  expect(summary(contents)).toEqual([
    `${account} global AwsAccount complete ${account} ${other}`,
    `${account} global Organization complete o-1`,
    `${account} global OrganizationRoot complete r-1`,
    `${account} global OrganizationalUnit complete ou-1`,
    `${account} global ServiceControlPolicy complete p-1`,
  ]);
  const edges = contents
    .flatMap((content) => content.edges)
    .filter(({ type }) => type === 'CONTAINS' || type === 'APPLIES_TO');
  expect(
    edges.map(({ type, from, to }) => [from.split(/[:/]/).at(-1), type, to.split(/[:/]/).at(-1)].join(' ')).sort(),
  ).toEqual([
    'o-1 CONTAINS r-1',
    `ou-1 CONTAINS ${other}`,
    'p-1 APPLIES_TO ' + other,
    'p-1 APPLIES_TO ou-1',
    `r-1 CONTAINS ${account}`,
    'r-1 CONTAINS ou-1',
  ]);
});

test('a file of a folder that cannot be read is a gap that names it and the position, and the rest goes on', async () => {
  await write('a.json', { UserDetailList: [user('ann')] });
  await write('b.json', '{\n "UserDetailList": [}');
  await write('c.json', { UserDetailList: [user('bob'), { UserName: 'nobody' }] });
  await write('d.json', { something: 'else' });
  await write('e.json', { Accounts: [{ Name: 'x' }], Organization: { MasterAccountId: account } });
  await write('notes.txt', 'not for us');

  const contents = await read();

  expect(summary(contents)).toEqual([
    `${account} global AwsRootUser complete root`,
    `${account} global CallerIdentity complete ${account}`,
    `${account} global IamUser complete ann`,
    'aws global ImportedFile partial',
  ]);
  expect(messages(contents)).toEqual([
    '`b.json` is not valid JSON at line 2, column 21: `}` is not expected',
    '`d.json` holds neither authorization details nor an organization',
    'cannot read `c.json`: `/UserDetailList/1` has no ARN',
    'cannot read `e.json`: `/Accounts/0/Id` is missing',
  ]);
});

test.each([
  [{ UserDetailList: 'ann' }, '`/UserDetailList` is not a list'],
  [{ UserDetailList: [{ ...user('ann'), Arn: 'ann' }] }, '`/UserDetailList/0` has no ARN'],
  [{ UserDetailList: [{ ...user('ann'), GroupList: 'admins' }] }, '`/UserDetailList/0/GroupList` is not a list'],
  [{ UserDetailList: [{ ...user('ann'), GroupList: ['a', 7] }] }, '`/UserDetailList/0/GroupList/1` has no text'],
  [{ UserDetailList: [{ ...user('ann'), Tags: null }] }, '`/UserDetailList/0/Tags` is not a list'],
  [{ UserDetailList: [{ ...user('ann'), Tags: [{}] }] }, '`/UserDetailList/0/Tags/0` has no `Key`'],
  [
    { UserDetailList: [{ ...user('ann'), PermissionsBoundary: 'none' }] },
    '`/UserDetailList/0/PermissionsBoundary` has no `PermissionsBoundaryArn`',
  ],
  [
    { Policies: [{ Arn: readOnly, PolicyVersionList: [null] }] },
    '`/Policies/0/PolicyVersionList/0` has no `VersionId`',
  ],
])('a list in the wrong shape is said, and takes no other file’s account with it: %j', async (content, fault) => {
  await write('a.json', { UserDetailList: [user('bob', other)] });
  await write('b.json', content);

  const contents = await read();

  expect(messages(contents)).toEqual([`cannot read \`b.json\`: ${fault}`]);
  expect(summary(contents)).toContain(`${other} global IamUser complete bob`);
});

test('a policy that is none becomes a gap, and its principal stays', async () => {
  const role = { Arn: `arn:aws:iam::${account}:role/r`, RoleName: 'r', AssumeRolePolicyDocument: 'no policy' };
  const odd = { Arn: `arn:aws:iam::${account}:role/odd`, RoleName: 'odd', AssumeRolePolicyDocument: 7 };
  await write('a.json', { RoleDetailList: [role, odd] });

  const contents = await read();

  expect(summary(contents)).toContain(`${account} global IamRole complete odd r`);
  expect(messages(contents)).toEqual(
    [odd, role].map(({ Arn }) => `cannot read the trust policy of \`${Arn}\`: not a policy in JSON`),
  );
});

test('a single file that cannot be read, a path that is not there and an empty folder are errors of one sentence', async () => {
  const broken = await write('one/broken.json', '');
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  const away = path.join(folder, 'away');

  expect([await faultOf(broken), await faultOf(away), await faultOf(empty)]).toEqual([
    { code: exitCode.usage, message: '`broken.json` is not valid JSON at line 1, column 1: it ends too early' },
    { code: exitCode.usage, message: `there is no file or folder \`${away}\`` },
    { code: exitCode.usage, message: `\`${empty}\` holds no file named \`*.json\`` },
  ]);
});
