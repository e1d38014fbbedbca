import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { toPool, toQuestion } from '../differential/generate.ts';
import { toRandom } from '../differential/random.ts';
import { home, policy, question } from '../rules/ask.ts';
import { compileDecision } from './compile-decision.ts';

const settings = 400;
const asksOfSetting = 10;

test('the compiled form decides as the reference does', () => {
  const random = toRandom(6);
  const different: unknown[] = [];
  let pool = toPool(random);
  for (let index = 0; index < settings && different.length === 0; index++) {
    if (index % 100 === 99) pool = toPool(random);
    const { request, policies, facts } = toQuestion(random, pool);
    const setting = { principal: request.principal, policies, ...(facts && { facts }) };
    const outcomeOf = compileDecision(setting);
    for (let left = asksOfSetting; left > 0; left--) {
      const { request: other, knowledge: closed } = toQuestion(random, pool);
      const { action, resource, wildcardOnlyAction: wildcardOnly } = other;
      const ask = { action, resource, ...(wildcardOnly !== undefined && { wildcardOnlyAction: wildcardOnly }) };
      const knowledge = random.chance(0.1) ? { context: {}, rest: 'unknown' as const } : closed;
      const question = {
        request: { ...ask, principal: request.principal },
        policies,
        knowledge,
        ...(facts && { facts }),
      };
      const outcome = outcomeOf(ask, knowledge);
      const reference = decide(question).outcome;
      if (outcome !== reference) different.push({ knowledge, ask, principal: request.principal, outcome, reference });
    }
  }

  expect(different).toEqual([]);
});

test('policies about many resources are asked about each of them, and about none', () => {
  const buckets = Array.from({ length: 30 }, (_, index) => `bucket-${String(index)}`);
  const about = (name: string, index: number) => ({
    Effect: index % 7 === 3 ? 'Deny' : 'Allow',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}/*`, `arn:aws:s3:::${name}`],
  });
  const { request, policies, knowledge } = question({ identity: [policy('identity', ...buckets.map(about))] });
  const outcomeOf = compileDecision({ principal: request.principal, policies });
  const asks = [...buckets, 'bucket', 'bucket-1x'].flatMap((name) =>
    ['', '/k', '/k/l'].map((rest) => ({
      action: 's3:GetObject',
      resource: { arn: `arn:aws:s3:::${name}${rest}`, account: home },
    })),
  );

  expect(asks.map((ask) => outcomeOf(ask, knowledge))).toEqual(
    asks.map((ask) => decide({ request: { ...ask, principal: request.principal }, policies, knowledge }).outcome),
  );
});
