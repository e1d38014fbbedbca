import type { Residual } from '@ag/model';
import { type Axioms, axiomsFor } from './axioms.ts';
import { all, always, keyOf } from './build.ts';
import { type Budget, newBudget } from './budget.ts';
import { derive } from './derive.ts';
import { type KeyLiterals, canHold } from './key-theory.ts';

/** `yes` there is a context, `no` there is none, `unsure` where the search gave up. */
export type Answer = 'yes' | 'no' | 'unsure';

/**
 * Whether any context makes a residual true: a search over its disjunctions, with a check of each key's literals
 * (presence, patterns, address blocks, intervals, sets) as soon as they are taken. `assumed` holds in every context, such as
 * that a key is there.
 */
export function satisfiable(
  residual: Residual,
  assumed: Residual = always,
  { axioms = 'all', budget = newBudget() }: { readonly axioms?: Axioms; readonly budget?: Budget } = {},
): Answer {
  if (residual.is === 'true') return 'yes';
  if (residual.is === 'false') return 'no';
  const whole = all([residual, assumed]);
  return search([normalize(all([whole, axiomsFor(whole, axioms)]), true)], new Map(), budget);
}

/** A literal or a junction, negations pushed down to the tests. */
type Normal =
  | {
      readonly is: 'literal';
      readonly key: string;
      readonly add: (literals: KeyLiterals) => KeyLiterals;
      readonly id: string;
    }
  | { readonly is: 'all' | 'any'; readonly of: readonly Normal[] };

function normalize(residual: Residual, positive: boolean): Normal {
  switch (residual.is) {
    case 'true':
      return { is: positive ? 'all' : 'any', of: [] };
    case 'false':
      return { is: positive ? 'any' : 'all', of: [] };
    case 'present':
    case 'absent': {
      const presence = (residual.is === 'present') === positive ? 'present' : 'absent';
      return literal(residual.key, `${presence}`, (held) => ({ ...held, presence: [...held.presence, presence] }));
    }
    case 'test':
      return literal(residual.test.key, `${String(positive)}${keyOf(residual)}`, (held) =>
        positive
          ? { ...held, fits: [...held.fits, residual.test] }
          : { ...held, misses: [...held.misses, residual.test] },
      );
    case 'not':
      return normalize(residual.of, !positive);
    case 'all':
    case 'any':
      return {
        is: (residual.is === 'all') === positive ? 'all' : 'any',
        of: residual.of.map((part) => normalize(part, positive)),
      };
  }
}

function literal(key: string, id: string, add: (literals: KeyLiterals) => KeyLiterals): Normal {
  return { is: 'literal', key: key.toLowerCase(), add, id };
}

const none: KeyLiterals = { presence: [], fits: [], misses: [] };

function search(goals: readonly Normal[], held: ReadonlyMap<string, KeyLiterals>, budget: Budget): Answer {
  const literals = new Map(held);
  const choices: Normal[] = [];
  const touched = new Set<string>();
  const queue = [...goals];
  for (let goal = queue.pop(); goal !== undefined; goal = queue.pop()) {
    switch (goal.is) {
      case 'literal':
        literals.set(goal.key, goal.add(literals.get(goal.key) ?? none));
        touched.add(goal.key);
        break;
      case 'all':
        queue.push(...goal.of);
        break;
      case 'any':
        if (goal.of.length === 0) return 'no';
        if (goal.of.length === 1) queue.push(...goal.of);
        else choices.push(goal);
    }
  }
  let unsure = false;
  const derived = derive(literals);
  if (!derived) return 'no';
  for (const [key, known] of derived) {
    if (!touched.has(key) && known === literals.get(key)) continue;
    const answer = canHold(known, budget);
    if (answer === 'no') return 'no';
    if (answer === 'unsure') unsure = true;
  }
  choices.sort((a, b) => size(a) - size(b));
  const [choice, ...rest] = choices;
  if (!choice || choice.is === 'literal') return unsure ? 'unsure' : 'yes';
  for (const branch of choice.of) {
    if (--budget.branches < 0 || budget.work < 0) return 'unsure';
    const answer = search([branch, ...rest], literals, budget);
    if (answer === 'yes') return unsure ? 'unsure' : 'yes';
    if (answer === 'unsure') unsure = true;
  }
  return unsure ? 'unsure' : 'no';
}

function size(normal: Normal): number {
  return normal.is === 'literal' ? 1 : normal.of.length;
}
