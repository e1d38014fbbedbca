import {
  type Ask,
  type Knowledge,
  type Policy,
  type Question,
  compileDecision,
  decide,
  explain,
  parsePolicyValue,
} from '@ag/policy';
import { type Measured, measure, report } from './measure.ts';

const account = '111122223333';
const principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/ana`, account } as const;

/** How long one decision takes: three managed policies of 20 statements, a boundary, three SCP levels and a resource policy, parsed once. */
function benchDecide(): void {
  const closed = requests('absent');
  const open = requests('unknown');
  const outcomes = new Set(closed.map((question) => decide(question).outcome));
  console.log(`${closed.length} requests in turn, whose outcomes are ${[...outcomes].join(', ')}`);
  const setting = { principal, policies };
  const compiled = compileDecision(setting);
  const asks = closed.map(({ request, knowledge }): readonly [Ask, Knowledge] => [request, knowledge]);
  const rows: readonly Measured[] = [
    measure('the outcome alone, compiled', (index) => compiled(...pick(asks, index))),
    measure('the decision', (index) => decide(pick(closed, index))),
    measure('the decision, context open', (index) => decide(pick(open, index))),
    measure('the full explanation', (index) => explain(pick(closed, index))),
    measure('compiling the policies', () => compileDecision(setting)),
  ];
  report(rows);
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there is nothing to measure');
  return item;
}

const full = { Effect: 'Allow', Action: '*', Resource: '*' };
const level = (target: string) => ({
  target,
  policies: [policy('scp', [full, { ...full, Effect: 'Deny', Action: 'organizations:*' }])],
});
const policies: Question['policies'] = {
  identity: [0, 1, 2].map((seed) => policy('identity', statements(seed))),
  boundary: [policy('boundary', [{ ...full, Action: ['s3:*', 'sqs:*', 'ec2:*'] }])],
  scp: [level('r-1'), level('ou-1'), level(account)],
  resource: policy('resource', [
    {
      ...full,
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]),
};

function statements(seed: number): readonly unknown[] {
  return Array.from({ length: 20 }, (_, index) => ({
    Sid: `S${String(index)}`,
    Effect: 'Allow',
    Action: ['s3:Get*', 's3:List*', `sqs:Send${String(seed)}*`],
    Resource: [`arn:aws:s3:::data-${String(index)}/*`, `arn:aws:s3:::logs-${String(seed)}-${String(index)}/*`],
    Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } },
  }));
}

/** Requests about many objects by two actions, from inside and outside, so that no answer can be remembered. */
function requests(rest: Knowledge['rest']): readonly Question[] {
  return Array.from({ length: 512 }, (_, index) => ({
    request: {
      principal,
      action: index % 8 === 7 ? 's3:PutObject' : 's3:GetObject',
      resource: { arn: `arn:aws:s3:::data-${String(index % 20)}/reports/${String(index)}.csv`, account },
    },
    policies,
    knowledge: {
      context: { 'aws:SourceIp': index % 16 === 3 ? '192.0.2.1' : '10.1.2.3', 'aws:SecureTransport': 'true' },
      rest,
    },
  }));
}

function policy(kind: Policy['kind'], list: readonly unknown[]): Policy {
  const parsed = parsePolicyValue({ Version: '2012-10-17', Statement: list }, kind);
  if (!parsed.ok) throw new Error(`not a policy: ${JSON.stringify(parsed.findings)}`);
  return { id: kind, kind, document: parsed.document };
}

benchDecide();
