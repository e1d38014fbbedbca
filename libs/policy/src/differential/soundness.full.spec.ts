import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { evaluateResidual } from '../residual/evaluate.ts';
import type { Question } from '../types.ts';
import { toContext } from './conditions.ts';
import { conditional, toPool, toQuestion } from './generate.ts';
import { isPossible, possible, someOf } from './possible.ts';
import { toRandom } from './random.ts';

const cases = 200_000;
const contextsOfCase = 4;
const questionsOfPool = 1000;

test('the residual says yes exactly where the concrete decision is allowed', () => {
  const mix = { allowed: 0, conditional: 0, implicitlyDenied: 0, explicitlyDenied: 0, unknown: 0 };
  const wrong: unknown[] = [];
  let random = toRandom(0);
  let pool = toPool(random, 150, conditional);
  let asked = 0;
  for (let index = 0; asked < cases && wrong.length < 3; index++) {
    if (index % questionsOfPool === 0) {
      random = toRandom(index);
      pool = toPool(random, 150, conditional);
    }
    const concrete = toQuestion(random, pool, conditional);
    const known = someOf(possible(toContext(random)), random);
    if (!isPossible(concrete, known)) continue;
    asked++;
    const open: Question = { ...concrete, knowledge: { context: known, rest: 'unknown' } };
    const decision = decide(open);
    mix[decision.outcome]++;
    for (let left = contextsOfCase; left > 0; left--) {
      const context = { ...possible(toContext(random)), ...known };
      if (!isPossible(open, context)) continue;
      const said =
        decision.outcome === 'conditional' ? evaluateResidual(decision.when, context) : decision.outcome === 'allowed';
      const answer = decide({ ...open, knowledge: { context, rest: 'absent' } });
      if (said !== (answer.outcome === 'allowed')) wrong.push({ open, context, decision, answer });
    }
  }

  const names = Object.entries(mix).map(([name, count]) => `${name} ${((count / cases) * 100).toFixed(1)} %`);
  process.stdout.write(`${cases} cases, ${contextsOfCase} contexts each: ${names.join(', ')}\n`);
  expect(wrong).toEqual([]);
  expect(mix.conditional).toBeGreaterThanOrEqual(0.15 * cases);
});
