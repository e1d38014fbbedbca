import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGraph } from '@ag/graph';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { openProduct, type Product } from './product.ts';

const rowsSchema = z.object({
  rows: z.array(
    z.object({
      principal: z.object({ id: z.string(), name: z.string(), label: z.string() }),
      decision: z.object({ outcome: z.string(), text: z.string().optional() }),
      path: z.array(z.object({ sentence: z.string() })),
    }),
  ),
  gaps: z.array(z.object({ action: z.string(), arn: z.string().optional(), reason: z.string() })),
});
const explainSchema = z.object({
  decision: z.object({
    outcome: z.string(),
    text: z.string().optional(),
    by: z.array(z.object({ policy: z.string(), sid: z.string().optional() })).optional(),
    because: z.array(z.object({ reason: z.string() })).optional(),
  }),
});
const optional = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const proofSchema = z.object({
  decision: z.object({ outcome: z.string() }),
  explanation: z.object({
    layers: z.array(
      z.object({
        layer: z.string(),
        target: optional,
        verdict: z.string(),
        because: optional,
        statements: z.array(
          z.object({
            statement: z.object({ policy: z.string(), index: z.number(), sid: optional }),
            effect: z.string(),
            match: z.string(),
            failed: optional,
            because: z.string(),
          }),
        ),
      }),
    ),
    suggestions: z.array(z.object({ layer: z.string(), target: optional })).default([]),
  }),
});
const whatSchema = z.object({
  rows: z.array(z.object({ resource: z.string(), actions: z.array(z.object({ action: z.string() })) })),
});

const servers = {
  neo4jUri: inject('neo4jUri'),
  neo4jUser: inject('neo4jUser'),
  neo4jPassword: inject('neo4jPassword'),
  awsEndpoint: inject('awsEndpoint'),
};
let product: Product;

beforeAll(async () => {
  product = await openProduct(servers);
  const { code, output } = await product.accessgraph('collect');
  // 4: one call is refused, and the run says so.
  expect({ code, output }).toMatchObject({ code: 4 });
}, 180_000);

afterAll(() => product.stop());

async function whoCan(action: string, resource: string, ...more: readonly string[]) {
  const { rows, gaps } = rowsSchema.parse(await product.answer('who-can', action, resource, ...more));
  return { rows: rows.map(({ principal, decision }) => `${principal.name}: ${decision.outcome}`), gaps, all: rows };
}

function account(name: string): string {
  return product.seeded.accounts[name] ?? '';
}

test('people reach the production secrets through group, assignment and two roles', async () => {
  const { all } = await whoCan('s3:GetObject', 'arn:aws:s3:::northwind-prod-secrets/database.json');
  const ben = all.find(({ principal }) => principal.name === 'ben.okafor');

  // The administrators of the management account get there too, by the role that AWS makes in every member account.
  expect(
    all.map(({ principal, decision }) => `${principal.name.replace(/_[0-9a-f]{16}$/, '')}: ${decision.outcome}`).sort(),
  ).toEqual([
    'AWSReservedSSO_Administrator: allowed',
    'AWSReservedSSO_Developer: allowed',
    'OrganizationAccountAccessRole: allowed',
    'ben.okafor: allowed',
    'chloe.martin: allowed',
    'deploy: allowed',
    'ines.costa: allowed',
    'release: allowed',
    'root-of-all: allowed',
    'root: allowed',
  ]);
  expect(ben?.path.map(({ sentence }) => sentence.replace(/_[0-9a-f]{16}/g, ''))).toEqual([
    'ben.okafor is a member of group Developers',
    `Developers is assigned Developer in account ${account('development')}`,
    'AWSReservedSSO_Developer can assume role deploy',
    'deploy can assume role release',
  ]);
});

test('a public bucket is open to anyone, and not behind a block', async () => {
  const open = await whoCan('s3:GetObject', 'arn:aws:s3:::northwind-website/index.html', '--through', 'direct');
  const blocked = await whoCan('s3:GetObject', 'arn:aws:s3:::northwind-press/news.html', '--through', 'direct');

  expect(open.rows).toContain('anyone: allowed');
  expect(blocked.rows.filter((row) => row.startsWith('anyone'))).toEqual([]);
});

test('a bucket for the organization is not open to outsiders', async () => {
  const { rows } = await whoCan('s3:GetObject', 'arn:aws:s3:::northwind-handbook/welcome.md', '--through', 'direct');

  expect(rows).toContain('github-release: allowed');
  expect(rows.filter((row) => row.startsWith('anyone'))).toEqual([]);
});

test('a key that does not delegate to its account obeys its own policy alone', async () => {
  const { rows } = await whoCan('kms:Decrypt', product.seeded.keys['payroll/payroll'] ?? '', '--through', 'direct');

  expect(rows).toEqual(['payroll-admin: allowed']);
});

test('a rule by tag gives a worker its own team only', async () => {
  const queue = (name: string) => `arn:aws:sqs:eu-central-1:${account('development')}:${name}`;
  const own = await whoCan('sqs:DeleteMessage', queue('telemetry'), '--through', 'direct');
  const other = await whoCan('sqs:DeleteMessage', queue('invoices'), '--through', 'direct');

  expect(own.rows).toContain('telemetry-worker: allowed');
  expect(other.rows.filter((row) => row.startsWith('telemetry-worker'))).toEqual([]);
});

test('a boundary takes what an administrator policy gives', async () => {
  const queue = `arn:aws:sqs:eu-central-1:${account('development')}:telemetry`;
  const batch = `arn:aws:iam::${account('development')}:user/batch`;
  const answer = explainSchema.parse(await product.answer('explain', batch, 'sqs:DeleteQueue', queue));

  expect(answer.decision.outcome).toBe('explicitlyDenied');
});

test('an SCP two levels up denies, and is named', async () => {
  const answer = explainSchema.parse(
    await product.answer('explain', 'elena.rossi', 's3:DeleteBucket', 'arn:aws:s3:::northwind-payroll'),
  );

  expect(answer.decision.outcome).toBe('explicitlyDenied');
  expect(answer.decision.by?.map(({ sid }) => sid)).toContain('KeepKeysAndBuckets');
});

test('what rests on a policy that could not be read is unknown, never denied', async () => {
  const { rows, gaps } = await whoCan(
    's3:GetObject',
    'arn:aws:s3:::northwind-audit-logs/today.json',
    '--through',
    'direct',
  );

  expect(new Set(rows.map((row) => row.split(': ')[1]))).toEqual(new Set(['unknown']));
  expect(gaps).toEqual([{ action: 's3:GetBucketPolicy', arn: 'arn:aws:s3:::northwind-audit-logs', reason: 'denied' }]);
});

test('a role that asks for MFA is conditional, and says on what', async () => {
  const role = `arn:aws:iam::${account('security')}:role/break-glass`;
  const user = `arn:aws:iam::${account('management')}:user/root-of-all`;
  const answer = explainSchema.parse(await product.answer('explain', user, 'sts:AssumeRole', role));

  expect(answer.decision).toMatchObject({
    outcome: 'conditional',
    text: expect.stringContaining('aws:MultiFactorAuthPresent'),
  });
});

test('the release pipeline can do what its policy says, and what is open to everybody', async () => {
  const pipeline = `arn:aws:iam::${account('shared')}:role/github-release`;
  const { rows } = whatSchema.parse(await product.answer('what-can', pipeline));
  const found = rows.map(({ resource, actions }) => `${resource}: ${actions.map(({ action }) => action).join(' ')}`);

  expect(found.sort()).toEqual([
    '*: sts:GetCallerIdentity',
    'arn:aws:codeartifact:eu-west-1:683759458702:domain/northwind: codeartifact:GetAuthorizationToken',
    'arn:aws:codeartifact:eu-west-1:683759458702:repository/northwind/internal: codeartifact:ReadFromRepository',
    'arn:aws:ecr-public::683759458702:repository/robot-sdk: ecr-public:PutImage',
    'arn:aws:s3:::northwind-artifacts/*: s3:GetObject s3:PutObject',
    'arn:aws:s3:::northwind-handbook/*: s3:GetObject',
    'arn:aws:s3:::northwind-press/*: s3:GetObject',
    'arn:aws:s3:::northwind-website/*: s3:GetObject',
    `arn:aws:sqs:eu-west-1:${account('production')}:orders: sqs:SendMessage`,
  ]);
});

test('status lists the one thing that could not be read', async () => {
  const status = z
    .object({ gaps: z.array(z.object({ action: z.string() })), scopes: z.array(z.object({ state: z.string() })) })
    .parse(await product.answer('status'));

  expect(status.gaps.map(({ action }) => action)).toEqual(['s3:GetBucketPolicy']);
  expect(new Set(status.scopes.map(({ state }) => state))).toEqual(new Set(['complete']));
});

test('wrong words in a question get the nearest right ones', async () => {
  const action = await product.accessgraph('who-can', 's3:GetObjekt', 'arn:aws:s3:::northwind-payroll/x');
  const person = await product.accessgraph('what-can', 'elena.rosi');

  expect({ code: action.code, output: action.output }).toEqual({
    code: 2,
    output: expect.stringContaining('s3:GetObject'),
  });
  expect({ code: person.code, output: person.output }).toEqual({
    code: 2,
    output: expect.stringContaining('elena.rossi'),
  });
});

test('GraphQL and the command line show the same proof, whole: of what is conditional, unknown, and denied two levels up', async () => {
  const questions = [
    [
      `arn:aws:iam::${account('management')}:user/root-of-all`,
      'sts:AssumeRole',
      `arn:aws:iam::${account('security')}:role/break-glass`,
    ],
    [
      `arn:aws:iam::${account('management')}:user/root-of-all`,
      's3:GetObject',
      'arn:aws:s3:::northwind-audit-logs/today.json',
    ],
    ['elena.rossi', 's3:DeleteBucket', 'arn:aws:s3:::northwind-payroll'],
  ] as const;
  const api = await product.startApi();
  try {
    const proofs = [];
    for (const [principal, action, resource] of questions) {
      const own = proofSchema.parse(await product.answer('explain', principal, action, resource));
      const { data } = z.object({ data: z.object({ explain: proofSchema }) }).parse(
        await api.ask(`{
          explain(principal: "${principal}", action: "${action}", resource: "${resource}") {
            decision { outcome }
            explanation {
              layers { layer target verdict because statements { statement { policy index sid } effect match failed because } }
              suggestions { layer target }
            }
          }
        }`),
      );
      expect(data.explain).toEqual(own);
      proofs.push({
        outcome: own.decision.outcome,
        denies: own.explanation.layers
          .filter(({ verdict }) => verdict === 'denies')
          .map(({ layer, target }) => `${layer} of an ${target?.split(':').at(-1)?.split('/')[0] ?? ''}`),
      });
    }
    expect(proofs).toEqual([
      { outcome: 'conditional', denies: [] },
      { outcome: 'unknown', denies: [] },
      { outcome: 'explicitlyDenied', denies: ['scp of an ou'] },
    ]);
  } finally {
    await api.stop();
  }
});

test('GraphQL gives the same answers as the command line, and the inventory beside them', async () => {
  const resource = 'arn:aws:s3:::northwind-prod-secrets/database.json';
  const cli = await whoCan('s3:GetObject', resource);
  const api = await product.startApi();
  try {
    const answer = z
      .object({
        data: z.object({
          whoCan: z.object({
            totalCount: z.number(),
            edges: z.array(
              z.object({
                node: z.object({
                  principal: z.object({ name: z.string() }),
                  decision: z.object({ outcome: z.string() }),
                }),
              }),
            ),
          }),
          accounts: z.object({ totalCount: z.number() }),
          collection: z.object({ gaps: z.array(z.object({ action: z.string() })) }),
          node: z.object({ name: z.string(), region: z.string() }),
        }),
      })
      .parse(
        await api.ask(`{
          whoCan(action: "s3:GetObject", resource: "${resource}") {
            totalCount edges { node { principal { name } decision { outcome } } }
          }
          accounts { totalCount }
          collection { gaps { action } }
          node(id: "arn:aws:s3:::northwind-payroll") { name region }
        }`),
      );

    expect(answer.data.whoCan.edges.map(({ node }) => `${node.principal.name}: ${node.decision.outcome}`)).toEqual(
      cli.rows,
    );
    expect(answer.data).toMatchObject({
      whoCan: { totalCount: cli.rows.length },
      accounts: { totalCount: 7 },
      collection: { gaps: [{ action: 's3:GetBucketPolicy' }] },
      node: { name: 'northwind-payroll', region: 'eu-west-1' },
    });
  } finally {
    await api.stop();
  }
});

test('every query of the library runs on the company, and finds what is there', async () => {
  const { neo4jUri: uri, neo4jUser: user, neo4jPassword: password } = servers;
  const folder = fileURLToPath(new URL('../../../docs/cypher/', import.meta.url));
  const parameters = {
    role: `arn:aws:iam::${account('production')}:role/release`,
    account: account('payroll'),
    since: '2030-01-01T00:00:00.000Z',
    before: '2025-01-01T00:00:00.000Z',
  };
  const graph = await openGraph({ uri, user, password });
  try {
    const found = new Map<string, readonly Record<string, unknown>[]>();
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.cypher')).sort()) {
      found.set(file.slice(0, 2), await graph.read(await readFile(path.join(folder, file), 'utf8'), parameters));
    }
    const silent = [...found].filter(([, rows]) => rows.length === 0).map(([number]) => number);

    expect(found.size).toBeGreaterThanOrEqual(10);
    // No person gets the role directly, nothing is new by 2030, and nothing has gone.
    expect(silent).toEqual(['03', '16', '17']);
    expect(found.get('08')?.map((row) => String(row['resource']).replace(/fs-\w+$/, 'fs'))).toEqual([
      'arn:aws:s3:::northwind-press',
      'arn:aws:s3:::northwind-website',
      // Last, since a condition stands in each.
      'arn:aws:backup:eu-west-1:549210181889:backup-vault:central',
      'arn:aws:codeartifact:eu-west-1:683759458702:domain/northwind',
      'arn:aws:codeartifact:eu-west-1:683759458702:repository/northwind/internal',
      'arn:aws:s3:::northwind-handbook',
      'arn:aws:elasticfilesystem:eu-west-1:931942602181:file-system/fs',
    ]);
  } finally {
    await graph.close();
  }
});

test('a second reading that finds nothing new writes nothing', async () => {
  const { output } = await product.accessgraph('collect');

  expect(output).toContain('Nothing has changed since the last run.');
});
