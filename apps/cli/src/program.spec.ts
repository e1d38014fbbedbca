import type { AccessRow, ExplainAnswer, PrincipalRef, WhatCanAnswer } from '@ag/access';
import { type Gap, type ScopeRecord, UserError, exitCode } from '@ag/model';
import { Interrupted } from '@ag/refresh';
import { describe, expect, test } from 'vitest';
import { type Behind, cli, run } from './fake-tool.ts';

const account = '111122223333';
const deploy: PrincipalRef = { id: `arn:aws:iam::${account}:role/deploy`, label: 'IamRole', name: 'deploy', account };
const ben: PrincipalRef = {
  id: 'arn:aws:identitystore:::user/ben',
  label: 'IdentityCenterUser',
  name: 'Ben Okafor',
};
const policy = `arn:aws:iam::${account}:policy/reports`;
const bucket = 'arn:aws:s3:::reports';
const object = `${bucket}/a.csv`;
const place = { partition: 'aws', account, region: 'eu-west-1' };
const gap: Gap = {
  place,
  resource: 'S3Bucket',
  action: 's3:GetBucketPolicy',
  arn: bucket,
  reason: 'denied',
  message: 'not allowed',
};

const rows: readonly AccessRow[] = [
  {
    principal: deploy,
    decision: { outcome: 'allowed', grants: [] },
    path: [],
  },
  {
    principal: ben,
    decision: {
      outcome: 'conditional',
      when: { is: 'present', key: 'aws:MultiFactorAuthPresent' },
      text: 'signed in with MFA',
      checked: true,
      grants: [],
    },
    path: [{ from: ben.id, edge: 'ASSIGNED', to: deploy.id, sentence: 'Ben Okafor is assigned deploy' }],
  },
];

describe('who-can', () => {
  const args = ['who-can', 's3:GetObject', object];
  const behind: Behind = {
    index: { whoCan: async ({ action, resource }) => ({ action, resource, rows, asOf: run, gaps: [gap] }) },
  };
  const foot = `1 allowed, 1 conditional, 0 unknown
As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
Not read, and so not certain (1):
  s3:GetBucketPolicy arn:aws:s3:::reports: denied (not allowed)
`;

  test('as a table, the question above and what is uncertain below', async () => {
    expect(await cli(args, behind)).toEqual({
      code: exitCode.ok,
      err: '',
      out: `Who can s3:GetObject on arn:aws:s3:::reports/a.csv?

PRINCIPAL   KIND                ACCOUNT       ACCESS       THROUGH       DEPENDS ON
deploy      IamRole             111122223333  allowed
Ben Okafor  IdentityCenterUser                conditional  ben → deploy  if signed in with MFA

${foot}`,
    });
  });

  test('as JSON, the whole answer', async () => {
    const { out, ...rest } = await cli([...args, '-o', 'json'], behind);

    expect(rest).toEqual({ code: exitCode.ok, err: '' });
    expect(JSON.parse(out)).toEqual({ action: 's3:GetObject', resource: object, rows, asOf: run, gaps: [gap] });
  });

  test('as ndjson, one row a line, and the rest on stderr', async () => {
    const base = { kind: 'IamRole', account, access: 'allowed', through: '', 'depends on': '' };
    const { out, ...rest } = await cli([...args, '-o', 'ndjson'], behind);

    expect(rest).toEqual({ code: exitCode.ok, err: foot });
    expect(out.split('\n').map((line): unknown => (line === '' ? '' : JSON.parse(line)))).toEqual([
      { principal: deploy.id, ...base },
      {
        principal: ben.id,
        kind: 'IdentityCenterUser',
        account: '',
        access: 'conditional',
        through: 'ben → deploy',
        'depends on': 'if signed in with MFA',
      },
      '',
    ]);
  });

  test('as CSV, ids in the place of names', async () => {
    expect(await cli([...args, '-o', 'csv'], behind)).toEqual({
      code: exitCode.ok,
      err: foot,
      out: `principal,kind,account,access,through,depends on
arn:aws:iam::111122223333:role/deploy,IamRole,111122223333,allowed,,
arn:aws:identitystore:::user/ben,IdentityCenterUser,,conditional,ben → deploy,if signed in with MFA
`,
    });
  });

  test('nobody is an answer', async () => {
    const index: Behind['index'] = { whoCan: async (question) => ({ ...question, rows: [], asOf: run, gaps: [] }) };

    expect(await cli(args, { index })).toEqual({
      code: exitCode.ok,
      err: '',
      out: `Who can s3:GetObject on arn:aws:s3:::reports/a.csv?

Nobody.

0 allowed, 0 conditional, 0 unknown
As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
`,
    });
  });

  test('the context and the ways are handed on', async () => {
    const asked: unknown[] = [];
    const index: Behind['index'] = {
      whoCan: async (question) => {
        asked.push(question);
        return { ...question, rows: [], asOf: run, gaps: [] };
      },
    };
    const context = ['--context', 'aws:SourceIp=10.0.0.1', '--context', 'k=a=b', '--context', 'k=c'];

    await cli([...args, '--through', 'direct', ...context], { index });

    expect(asked).toEqual([
      {
        action: 's3:GetObject',
        resource: object,
        through: 'direct',
        context: { 'aws:SourceIp': '10.0.0.1', k: ['a=b', 'c'] },
      },
    ]);
  });

  test.each(['=', '+', '-', '@'])('a spreadsheet takes no cell that begins with %s for a formula', async (first) => {
    const principal = { ...deploy, id: `${first}1+1` };
    const index: Behind['index'] = {
      whoCan: async (question) => ({
        ...question,
        rows: [{ principal, decision: { outcome: 'allowed', grants: [] }, path: [] }],
        asOf: run,
        gaps: [],
      }),
    };

    const { out } = await cli([...args, '-o', 'csv'], { index });

    expect(out.split('\n')[1]).toBe(`'${first}1+1,IamRole,111122223333,allowed,,`);
  });

  test('a control character in a name does not move the cursor', async () => {
    const principal = { ...deploy, name: 'de\u001b[2Jploy\r\n' };
    const index: Behind['index'] = {
      whoCan: async (question) => ({
        ...question,
        rows: [{ principal, decision: { outcome: 'allowed', grants: [] }, path: [] }],
        asOf: run,
        gaps: [{ ...gap, message: 'a\u001bb' }],
      }),
    };

    const { out } = await cli(args, { index });

    expect(out).toContain('de·[2Jploy··');
    expect(out).toContain('(a·b)');
    expect(out).not.toContain('\u001b');
  });
});

describe('what-can', () => {
  const path: AccessRow['path'] = [{ from: ben.id, edge: 'ASSIGNED', to: deploy.id, sentence: 'assigned' }];
  const actions = ['GetObject', 'GetObjectAcl', 'GetObjectTagging', 'ListBucket', 'PutObject'].map((name) => ({
    action: `s3:${name}`,
    level: name === 'PutObject' ? 'Write' : 'Read',
    outcome: 'allowed' as const,
  }));
  const answer: WhatCanAnswer = {
    principal: ben,
    rows: [
      {
        resource: `${bucket}/*`,
        service: 's3',
        actions: [...actions, { action: 's3:DeleteObject', level: 'Write', outcome: 'conditional', when: 'with MFA' }],
        as: deploy,
        path,
      },
    ],
    asOf: run,
    gaps: [],
  };
  const behind: Behind = { index: { whatCan: async () => answer } };

  test('as a table, long lists of actions are cut', async () => {
    expect(await cli(['what-can', 'ben'], behind)).toEqual({
      code: exitCode.ok,
      err: '',
      out: `What can Ben Okafor (arn:aws:identitystore:::user/ben) do?

AS            SERVICE  RESOURCE                ACCESS       LEVELS       ACTIONS
ben → deploy  s3       arn:aws:s3:::reports/*  allowed      Read, Write  GetObject, GetObjectAcl, GetObjectTagging, ListBucket and 1 more
ben → deploy  s3       arn:aws:s3:::reports/*  conditional  Write        DeleteObject

As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
`,
    });
  });

  test('as CSV, every action', async () => {
    expect(await cli(['what-can', 'ben', '-o', 'csv'], behind)).toEqual({
      code: exitCode.ok,
      err: 'As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)\n',
      out: `as,service,resource,access,levels,actions
ben → deploy,s3,arn:aws:s3:::reports/*,allowed,"Read, Write",s3:GetObject s3:GetObjectAcl s3:GetObjectTagging s3:ListBucket s3:PutObject
ben → deploy,s3,arn:aws:s3:::reports/*,conditional,Write,s3:DeleteObject
`,
    });
  });

  test('as JSON, the whole answer', async () => {
    const { out } = await cli(['what-can', 'ben', '-o', 'json'], behind);

    expect(JSON.parse(out)).toEqual(answer);
  });
});

describe('explain', () => {
  const args = ['explain', 'deploy', 's3:GetObject', object];
  const other = { policy, kind: 'identity', index: 1 } as const;
  const allow = { policy, kind: 'identity', index: 0, sid: 'Read' } as const;
  const answer: ExplainAnswer = {
    principal: deploy,
    action: 's3:GetObject',
    resource: object,
    decision: { outcome: 'implicitlyDenied', at: ['scp'], mayBeDeniedBy: [] },
    explanation: {
      decision: { outcome: 'implicitlyDenied', at: ['scp'], mayBeDeniedBy: [] },
      layers: [
        {
          layer: 'identity',
          verdict: 'allows',
          statements: [
            { statement: allow, effect: 'Allow', match: 'yes', because: 'action and resource fit' },
            { statement: other, effect: 'Deny', match: 'no', failed: 'action', because: 'it is about sqs' },
          ],
        },
        { layer: 'scp', target: account, verdict: 'doesNotAllow', statements: [] },
      ],
      warnings: ['a warning'],
    },
    ways: [],
    asOf: run,
    gaps: [],
  };
  const behind: Behind = { index: { explain: async () => answer } };

  test('as a table, layer by layer, without statements about other actions', async () => {
    expect(await cli(args, behind)).toEqual({
      code: exitCode.ok,
      err: '',
      out: `Can deploy s3:GetObject on arn:aws:s3:::reports/a.csv?
implicitly denied no allow in: scp

LAYER               VERDICT         STATEMENT          EFFECT  MATCH  BECAUSE
identity            allows          reports #0 (Read)  Allow   yes    action and resource fit
scp (111122223333)  does not allow                                    no statement is about it

a warning
As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
`,
    });
  });

  test('what a layer did of itself is told, and what would let the request pass', async () => {
    const because = 'SCPs do not affect service-linked roles';
    const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: object } as const;
    const explanation: ExplainAnswer['explanation'] = {
      decision: answer.decision,
      layers: [
        {
          layer: 'identity',
          verdict: 'allows',
          statements: [{ statement: allow, effect: 'Allow', match: 'yes', because: 'it fits' }],
          because: 'the root user needs no policy',
        },
        { layer: 'scp', target: account, verdict: 'notApplicable', statements: [], because },
      ],
      warnings: [],
      suggestions: [
        { layer: 'identity', statement: read },
        { layer: 'scp', target: account, statement: read },
      ],
    };

    const { out } = await cli(args, { index: { explain: async () => ({ ...answer, explanation }) } });

    const statement = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"${object}"}`;
    expect(out.split('\n').slice(3)).toEqual([
      'LAYER               VERDICT         STATEMENT          EFFECT  MATCH  BECAUSE',
      'identity            allows          reports #0 (Read)  Allow   yes    it fits',
      'identity            allows                                            the root user needs no policy',
      `scp (111122223333)  does not apply                                    ${because}`,
      '',
      'It would be allowed with all of this added:',
      `  identity: ${statement}`,
      `  scp (111122223333): ${statement}`,
      'As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)',
      '',
    ]);
  });

  test('with --all, also statements about other actions', async () => {
    const { out } = await cli([...args, '--all', '-o', 'csv'], behind);

    expect(out).toBe(`layer,verdict,statement,effect,match,because
identity,allows,reports #0 (Read),Allow,yes,action and resource fit
identity,allows,reports #1,Deny,no,it is about sqs
scp (111122223333),does not allow,,,,no statement is about it
`);
  });

  test("a person's ways are told apart, and nothing is said of requests they cannot make themselves", async () => {
    const path: AccessRow['path'] = [{ from: ben.id, edge: 'ASSIGNED', to: deploy.id, sentence: 'assigned' }];
    const proof = { ...answer.explanation, layers: answer.explanation.layers.slice(1) };
    const ways = [
      { as: deploy, path, explanation: proof },
      { as: deploy, path: [], explanation: proof },
    ];

    const { out } = await cli(args, { index: { explain: async () => ({ ...answer, principal: ben, ways }) } });

    expect(out).toBe(`Can Ben Okafor s3:GetObject on arn:aws:s3:::reports/a.csv?
implicitly denied no allow in: scp
  through ben → deploy: implicitly denied no allow in: scp
  through deploy: implicitly denied no allow in: scp

WAY           LAYER               VERDICT         STATEMENT  EFFECT  MATCH  BECAUSE
ben → deploy  scp (111122223333)  does not allow                            no statement is about it
deploy        scp (111122223333)  does not allow                            no statement is about it

a warning
As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
`);
  });
});

describe('status', () => {
  const record = (of: string, resource: string, state: ScopeRecord['state']): ScopeRecord => ({
    scope: { connection: 'default', place: { ...place, account: of }, resource },
    state,
    readInRun: run.id,
    readAt: run.startedAt,
    gaps: [],
  });
  const scopes = [
    record(account, 'S3Bucket', 'partial'),
    record(account, 'SqsQueue', 'complete'),
    record('444455556666', 'SqsQueue', 'complete'),
  ];
  const behind: Behind = { current: { run, loading: false }, scopes, gaps: [gap] };

  test('as a table: counts by account, what is not complete, and the gaps', async () => {
    expect(await cli(['status'], behind)).toEqual({
      code: exitCode.ok,
      err: '',
      out: `Run 20261124T080000Z-0001, started 2026-11-24T08:00:00.000Z
2 of 3 scopes complete: 1 partial
  111122223333  1 of 2 scopes complete: 1 partial
  444455556666  1 of 1 scopes complete
  s3            0 of 1 scopes complete: 1 partial
  sqs           2 of 2 scopes complete

CONNECTION  ACCOUNT       REGION     RESOURCE  STATE    READ IN                READ AT
default     111122223333  eu-west-1  S3Bucket  partial  20261124T080000Z-0001  2026-11-24T08:00:00.000Z

1 gap
  s3:GetBucketPolicy arn:aws:s3:::reports: denied (not allowed)
`,
    });
  });

  test('with --all, every scope', async () => {
    const { out } = await cli(['status', '--all', '-o', 'csv'], behind);

    expect(out).toBe(`connection,account,region,resource,state,read in,read at
default,111122223333,eu-west-1,S3Bucket,partial,20261124T080000Z-0001,2026-11-24T08:00:00.000Z
default,111122223333,eu-west-1,SqsQueue,complete,20261124T080000Z-0001,2026-11-24T08:00:00.000Z
default,444455556666,eu-west-1,SqsQueue,complete,20261124T080000Z-0001,2026-11-24T08:00:00.000Z
`);
  });

  test('as JSON, everything', async () => {
    const { out } = await cli(['status', '-o', 'json'], behind);

    expect(JSON.parse(out)).toEqual({ run, loading: false, scopes, gaps: [gap], uncollected: {} });
  });

  test('the worst comes first: what is held, what is old, and what is referred to and was not read', async () => {
    const message = 'the newest listing lacks 60 of 100 resources';
    const heldGap = { ...gap, action: 'none', reason: 'held' as const, message };
    const older = { readInRun: 'run-0', readAt: '2026-11-20T08:00:00.000Z' };
    const nodes = ['does not exist', 'other account', 'other account'].map((reason, index) => ({
      id: String(index),
      labels: ['Uncollected'] as const,
      properties: { reason },
      scopes: [],
    }));

    const { out } = await cli(['status'], {
      current: { run, loading: false },
      scopes: [
        record(account, 'IamRole', 'denied'),
        record(account, 'KmsKey', 'complete'),
        { ...record(account, 'SqsQueue', 'held'), ...older, gaps: [heldGap] },
      ],
      nodes,
    });

    expect(out).toBe(`Run 20261124T080000Z-0001, started 2026-11-24T08:00:00.000Z
1 of 3 scopes complete: 1 held, 1 denied
  iam           0 of 1 scopes complete: 1 denied
  kms           1 of 1 scopes complete
  sqs           0 of 1 scopes complete: 1 held
Held until a second run or \`accessgraph accept\` confirms it:
  default/aws/111122223333/eu-west-1/SqsQueue: the newest listing lacks 60 of 100 resources
From earlier runs: 1 of 3 scopes, the oldest read at 2026-11-20T08:00:00.000Z
Referred to and not read: 1 does not exist, 2 other account

CONNECTION  ACCOUNT       REGION     RESOURCE  STATE   READ IN                READ AT
default     111122223333  eu-west-1  SqsQueue  held    run-0                  2026-11-20T08:00:00.000Z
default     111122223333  eu-west-1  IamRole   denied  20261124T080000Z-0001  2026-11-24T08:00:00.000Z

0 gaps
`);
  });

  test('an empty graph is said in a sentence, and as JSON is no run', async () => {
    expect(await cli(['status'])).toEqual({ code: exitCode.ok, err: '', out: 'Nothing has been collected yet.\n' });
    expect(await cli(['status', '-o', 'json'])).toEqual({
      code: exitCode.ok,
      err: '',
      out: '{\n  "run": null,\n  "scopes": [],\n  "gaps": []\n}\n',
    });
  });
});

describe('accept', () => {
  test('what is not held is refused in one sentence', async () => {
    const environment = { ACCESSGRAPH_SNAPSHOTS: '/nowhere/at/all' };

    expect(await cli(['accept'], { environment })).toEqual({
      code: exitCode.usage,
      out: '',
      err: 'accessgraph: no scope is held, so there is nothing to accept\n',
    });
    expect(await cli(['accept', 'SqsQueue'], { environment })).toEqual({
      code: exitCode.usage,
      out: '',
      err: 'accessgraph: there is no scope `SqsQueue`: write it as `accessgraph status` shows it\n',
    });
  });
});

describe('config', () => {
  const environment = { NEO4J_PASSWORD: 'swordfish', ACCESSGRAPH_LOG_LEVEL: 'info' };

  test('every setting with its source, and no secret', async () => {
    expect(await cli(['config', '-o', 'csv'], { environment })).toEqual({
      code: exitCode.ok,
      err: '',
      out: `setting,value,origin,from
neo4jUri,,not set,
neo4jUser,,not set,
neo4jPassword,***,environment,NEO4J_PASSWORD
neo4jDatabase,,not set,
neo4jDirectory,.accessgraph/neo4j,default,
snapshotDirectory,.accessgraph/snapshots,default,
connection,default,default,
profile,,not set,
regions,,not set,
roleArn,,not set,
roleName,,not set,
externalId,,not set,
accounts,,not set,
organizationalUnits,,not set,
excludeAccounts,,not set,
endpointUrl,,not set,
apiHost,127.0.0.1,default,
apiPort,4000,default,
metricsHost,127.0.0.1,default,
metricsPort,,not set,
cron,,not set,
redisUrl,,not set,
workerConcurrency,8,default,
logLevel,info,environment,ACCESSGRAPH_LOG_LEVEL
`,
    });
  });

  test.each([
    ['--config', '/nowhere/settings.json', 'config'],
    ['config', '--config=/nowhere/settings.json'],
  ])('the settings file may be named before and after the command', async (...args) => {
    expect(await cli(args)).toEqual({
      code: exitCode.credentials,
      out: '',
      err: 'accessgraph: cannot read the settings file `/nowhere/settings.json`\n',
    });
  });
});

describe('how a command ends', () => {
  test.each([
    [['whocan'], "unknown command 'whocan' (did you mean who-can?)"],
    [['who-can', 's3:GetObject'], "missing required argument 'resource'"],
    [['status', '--al'], "unknown option '--al' (did you mean --all?)"],
    [
      ['who-can', 'GetObject', object],
      '`GetObject` is not an action: write it as `service:Action`, such as `s3:GetObject`',
    ],
    [
      ['status', '-o', 'xml'],
      "option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are table, json, ndjson, csv.",
    ],
    [
      ['who-can', 's3:GetObject', object, '--context', 'x'],
      "option '--context <key=value>' argument 'x' is invalid. write it as key=value.",
    ],
    [
      ['collect', '--role-arn', 'admin'],
      'the setting `roleArn` (from --role-arn) is not valid: it must be the ARN of a role',
    ],
  ])('%j is a wrong command line', async (args, sentence) => {
    expect(await cli(args)).toEqual({ code: exitCode.usage, out: '', err: `accessgraph: ${sentence}\n` });
  });

  test.each([
    ['unknown principal `bem`; the nearest known: `ben`', exitCode.usage],
    ['2 of 3 accounts could not be read', exitCode.partial],
    ['no AWS credentials were found', exitCode.credentials],
    ['no Neo4j answers at `bolt://127.0.0.1:1`', exitCode.database],
  ])('%s: the sentence and its code %i', async (message, code) => {
    expect(await cli(['what-can', 'bem'], { failure: new UserError(message, code) })).toEqual({
      code,
      out: '',
      err: `accessgraph: ${message}\n`,
    });
  });

  test('a run that was interrupted says that nothing of it was published', async () => {
    expect(await cli(['collect'], { failure: new Interrupted() })).toEqual({
      code: exitCode.interrupted,
      out: '',
      err: 'accessgraph: interrupted: nothing of this run was published\n',
    });
  });

  test('a question ends at once when it is interrupted', async () => {
    const controller = new AbortController();
    const index: Behind['index'] = {
      whoCan: async () => {
        controller.abort(new Error('SIGINT'));
        throw new Error('socket hang up');
      },
    };

    expect(await cli(['who-can', 's3:GetObject', object], { index, signal: controller.signal })).toEqual({
      code: exitCode.interrupted,
      out: '',
      err: 'accessgraph: interrupted\n',
    });
  });

  test('an unexpected error is a sentence, and its origin is shown only where asked for', async () => {
    const failure = new TypeError('x is not a function');
    const sentence = 'accessgraph: unexpected error: x is not a function (--debug shows more)\n';

    expect(await cli(['status'], { failure })).toEqual({ code: exitCode.unexpected, out: '', err: sentence });
    expect(await cli(['status', '--debug'], { failure })).toEqual({
      code: exitCode.unexpected,
      out: '',
      err: `${sentence}${failure.stack}\n`,
    });
  });

  test('a question to an empty graph is refused', async () => {
    expect(await cli(['who-can', 's3:GetObject', object])).toEqual({
      code: exitCode.usage,
      out: '',
      err: 'accessgraph: nothing has been collected yet\n',
    });
  });

  test.each([
    [['--help'], /^Usage: accessgraph \[options\] \[command\]\n[^]*\nExamples:\n[^]*who-can/],
    [['who-can', '--help'], /^Usage: accessgraph who-can \[options\] <action> <resource>\n[^]*--config <file>/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('%j answers on stdout', async (args, text) => {
    expect(await cli(args)).toEqual({ code: exitCode.ok, out: expect.stringMatching(text), err: '' });
  });
});

test('a worker without a Redis is a mistake of usage, told before AWS is asked for anything', async () => {
  expect(await cli(['worker'])).toEqual({
    code: 2,
    out: '',
    err: 'accessgraph: a worker takes units from Redis: say where it is with `--redis-url` or ACCESSGRAPH_REDIS_URL\n',
  });
});
