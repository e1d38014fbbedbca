import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { toPool, toQuestion } from '../differential/generate.ts';
import { toRandom } from '../differential/random.ts';
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
