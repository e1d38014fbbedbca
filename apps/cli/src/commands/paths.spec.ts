import type { Hop, PathsAnswer, PathsQuestion, PrincipalRef } from '@ag/access';
import { UserError, exitCode } from '@ag/model';
import { expect, test } from 'vitest';
import { cli, run } from '../fake-tool.ts';

const account = '111122223333';
const ana: PrincipalRef = { id: `arn:aws:iam::${account}:user/ana`, label: 'IamUser', name: 'ana', account };
const role = `arn:aws:iam::${account}:role/admin`;
const object = 'arn:aws:s3:::reports/a.csv';
const decision = {
  outcome: 'conditional',
  when: { is: 'present', key: 'aws:SourceIp' },
  text: 'aws:SourceIp is there',
  checked: true,
  grants: [],
} as const;
const hops: readonly Hop[] = [
  { from: ana.id, edge: 'CAN_ASSUME', to: role, decision, sentence: 'ana can assume role admin' },
  {
    from: role,
    edge: 'CAN',
    to: object,
    decision: { outcome: 'allowed', grants: [] },
    sentence: 'admin can do s3:GetObject',
  },
];
const answer: PathsAnswer = {
  from: ana,
  to: object,
  action: 's3:GetObject',
  paths: [{ from: ana, hops, decision }],
  more: 'more',
  asOf: run,
  gaps: [],
};
const foot = `There are more paths: \`-k\` asks for more of them
As of 2026-11-24T08:00:00.000Z (run 20261124T080000Z-0001)
`;

test('a path is a line a step, with what it depends on', async () => {
  const given = await cli(['paths', 'ana', object, 's3:GetObject'], {
    index: { paths: () => Promise.resolve(answer) },
  });

  expect(given).toEqual({
    code: exitCode.ok,
    err: '',
    out: `How does ana reach s3:GetObject on arn:aws:s3:::reports/a.csv?

PATH  ACCESS       STEP  EDGE        SENTENCE                   DEPENDS ON
1     conditional  1     CAN_ASSUME  ana can assume role admin  if aws:SourceIp is there
1     conditional  2     CAN         admin can do s3:GetObject

${foot}`,
  });
});

test('as ndjson a step a line, as CSV with a head, as JSON the whole answer', async () => {
  const index = { paths: () => Promise.resolve(answer) };
  const args = ['paths', 'ana', object, 's3:GetObject', '-o'];

  const ndjson = await cli([...args, 'ndjson'], { index });
  const csv = await cli([...args, 'csv'], { index });
  const json = await cli([...args, 'json'], { index });

  expect(JSON.parse(ndjson.out.split('\n')[0] ?? '')).toEqual({
    path: '1',
    access: 'conditional',
    step: '1',
    edge: 'CAN_ASSUME',
    sentence: 'ana can assume role admin',
    'depends on': 'if aws:SourceIp is there',
  });
  expect(ndjson.err).toBe(foot);
  expect(csv.out).toBe(`path,access,step,edge,sentence,depends on
1,conditional,1,CAN_ASSUME,ana can assume role admin,if aws:SourceIp is there
1,conditional,2,CAN,admin can do s3:GetObject,
`);
  expect(JSON.parse(json.out)).toEqual(answer);
});

test('everything that is asked is handed on', async () => {
  const asked: PathsQuestion[] = [];
  const index = {
    paths: (question: PathsQuestion): Promise<PathsAnswer> => {
      asked.push(question);
      return Promise.resolve({ to: role, paths: [], more: 'maybe', asOf: run, gaps: [] });
    },
  };
  const flags = ['-k', '9', '--depth', '3', '--certainty', 'allowed', '--without-key', 'aws:a,aws:b'];

  const given = await cli(['paths', 'outside', 'admin', ...flags, '--context', 'aws:SourceIp=10.0.0.1'], { index });

  expect(asked).toEqual([
    {
      from: 'outside',
      to: 'admin',
      action: undefined,
      k: 9,
      depth: 3,
      certainty: 'allowed',
      withoutKeys: ['aws:a', 'aws:b'],
      context: { 'aws:SourceIp': '10.0.0.1' },
    },
  ]);
  expect(given.out).toContain(`How does anyone outside reach ${role}?

There is no way.

There may be more paths: the search was given up`);
});

test('what cannot be asked ends with one sentence and the code for it', async () => {
  const failure = new UserError('unknown principal `an`; did you mean `ana`?', exitCode.usage);
  const paths = () => Promise.reject(failure);

  expect(await cli(['paths', 'an', 'admin'], { index: { paths } })).toEqual({
    code: exitCode.usage,
    out: '',
    err: 'accessgraph: unknown principal `an`; did you mean `ana`?\n',
  });
  expect((await cli(['paths', 'ana', object, 'read'])).err).toMatch(/^accessgraph: `read` is not an action/);
  expect((await cli(['paths', 'ana', 'admin', '-k', '0'])).code).toBe(exitCode.usage);
});
