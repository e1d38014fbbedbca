import { type Policy, type Question, decide, explain, parsePolicyValue } from '@ag/policy';

const account = '111122223333';
const rounds = 2000;

/** Three managed policies of 20 statements, a boundary, three SCP levels and a resource policy, parsed once. */
function toQuestion(rest: 'absent' | 'unknown'): Question {
  const full = { Effect: 'Allow', Action: '*', Resource: '*' };
  const managed = [0, 1, 2].map((seed) => policy('identity', statements(seed)));
  const level = (target: string) => ({
    target,
    policies: [policy('scp', [full, { ...full, Effect: 'Deny', Action: 'organizations:*' }])],
  });
  return {
    request: {
      principal: { kind: 'user', arn: `arn:aws:iam::${account}:user/ana`, account },
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::data-7/reports/2026/a.csv', account },
    },
    policies: {
      identity: managed,
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
    },
    knowledge: { context: { 'aws:SourceIp': '10.1.2.3', 'aws:SecureTransport': 'true' }, rest },
  };
}

function statements(seed: number): readonly unknown[] {
  return Array.from({ length: 20 }, (_, index) => ({
    Sid: `S${String(index)}`,
    Effect: 'Allow',
    Action: ['s3:Get*', 's3:List*', `sqs:Send${String(seed)}*`],
    Resource: [`arn:aws:s3:::data-${String(index)}/*`, `arn:aws:s3:::logs-${String(seed)}-${String(index)}/*`],
    Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } },
  }));
}

function policy(kind: Policy['kind'], list: readonly unknown[]): Policy {
  const parsed = parsePolicyValue({ Version: '2012-10-17', Statement: list }, kind);
  if (!parsed.ok) throw new Error(`not a policy: ${JSON.stringify(parsed.findings)}`);
  return { id: kind, kind, document: parsed.document };
}

function measure(name: string, work: () => unknown): void {
  for (let round = 0; round < rounds / 4; round++) work();
  const started = performance.now();
  for (let round = 0; round < rounds; round++) work();
  const each = (performance.now() - started) / rounds;
  console.log(`${name}: ${Math.round(1000 / each).toLocaleString('en')} a second, ${(each * 1000).toFixed(1)} µs each`);
}

const concrete = toQuestion('absent');
const open = toQuestion('unknown');
console.log(`concrete: ${decide(concrete).outcome}; open: ${decide(open).outcome}`);
measure('decide, concrete', () => decide(concrete));
measure('decide, open context', () => decide(open));
measure('explain, concrete', () => explain(concrete));
