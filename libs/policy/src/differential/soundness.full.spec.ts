import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { evaluateResidual } from '../residual/evaluate.ts';
import type { Context, PolicySet, Question } from '../types.ts';
import { toContext } from './conditions.ts';
import { conditional, toPool, toQuestion } from './generate.ts';
import { type Random, toRandom } from './random.ts';

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

// Values that are none of their key's type, or none at all, which open keys do not have.
const strange = new Set(['', 'maybe', 'ten', 'soon', 'here', 'app', '!']);

// Two spellings of one key are not asked here (CL3).
function possible(context: Context): Context {
  return Object.fromEntries(
    Object.entries(context)
      .filter(([, value]) => value.length > 0 && ![value].flat().some((one) => strange.has(one)))
      .map(([key, value]) => [key.toLowerCase(), value]),
  );
}

function someOf(context: Context, random: Random): Context {
  return Object.fromEntries(Object.entries(context).filter(() => random.chance(0.3)));
}

/** Whether a request of this caller can have such a context. */
function isPossible({ request, facts, policies }: Question, context: Context): boolean {
  const keys = Object.keys(context);
  // Users alone have a name, and tags that the inventory knows are all there are.
  if (request.principal.kind !== 'user' && keys.includes('aws:username')) return false;
  if (facts?.principal?.tags && keys.some((key) => key.startsWith('aws:principaltag/'))) return false;
  // Whether a key is multivalued is told by its operators, of which nobody mixes the kinds (CL4).
  return keys.every((key) => typeof context[key] === 'string' || isMultivalued(key, policies));
}

function isMultivalued(
  key: string,
  { identity, boundary = [], session = [], endpoint = [], ...rest }: PolicySet,
): boolean {
  const levels = [...(rest.scp ?? []), ...(rest.rcp ?? [])].flatMap(({ policies }) => policies);
  const single = [rest.resource, rest.accessPoint].flatMap((policy) => (policy ? [policy] : []));
  return [...identity, ...boundary, ...session, ...endpoint, ...levels, ...single].every(({ document }) =>
    document.statements.every(({ conditions }) =>
      conditions.every((one) => one.key.toLowerCase() !== key || one.set !== undefined || one.operator === 'Null'),
    ),
  );
}
