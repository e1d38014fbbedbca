import type { Test } from '@ag/model';
import { splitArn } from '../match/arn-pattern.ts';
import type { Budget } from './budget.ts';
import type { Answer } from './satisfiable.ts';

/** One step of a pattern: a character, any one, or any run (of characters that are no colon, inside an ARN's first parts). */
type Step =
  | { readonly is: 'one'; readonly character: string }
  | { readonly is: 'any'; readonly colon: boolean }
  | { readonly is: 'run'; readonly colon: boolean };

interface Machine {
  readonly steps: readonly Step[];
  readonly fold: boolean;
}

// Stands for every character that no pattern names.
const other = '\uE002';

/**
 * Whether some text fits at least one value of each test in `fits` and none of any test in `misses`: a breadth-first walk
 * over the product of the patterns' automata. Exact, until the budget is used up.
 */
export function findText(fits: readonly Test[], misses: readonly Test[], budget: Budget): Answer {
  const wanted = [...fits.map(toMachines), ...(fits.some(isOfArns) ? [[anArn]] : [])];
  const unwanted = misses.flatMap(toMachines);
  const machines = [...wanted.flat(), ...unwanted];
  const alphabet = new Set([other, ':']);
  for (const { steps, fold } of machines) {
    for (const step of steps) {
      if (step.is !== 'one') continue;
      alphabet.add(step.character);
      if (fold) for (const twin of [step.character.toLowerCase(), step.character.toUpperCase()]) alphabet.add(twin);
    }
  }
  const accepts = (states: readonly (readonly number[])[]) => {
    let at = 0;
    const done = machines.map(({ steps }, index) => (states[index] ?? []).includes(steps.length));
    for (const group of wanted) {
      if (!group.some((_, index) => done[at + index])) return false;
      at += group.length;
    }
    return !done.slice(at).includes(true);
  };

  const start = machines.map((machine) => close(machine, [0]));
  const seen = new Set([JSON.stringify(start)]);
  const queue = [start];
  for (let states = queue.shift(); states !== undefined; states = queue.shift()) {
    if (accepts(states)) return 'yes';
    for (const character of alphabet) {
      budget.work -= machines.length;
      if (budget.work < 0) return 'unsure';
      const next = machines.map((machine, index) => advance(machine, states?.[index] ?? [], character));
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return 'no';
}

function isOfArns({ operator }: Test): boolean {
  return operator === 'ArnEquals' || operator === 'ArnLike';
}

const anArn: Machine = { fold: false, steps: [...toSteps('arn:', false), { is: 'run', colon: true }] };

function toMachines({ operator, values }: Test): readonly Machine[] {
  switch (operator) {
    case 'ArnEquals':
    case 'ArnLike':
      // CO8: a pattern that is no ARN fits none.
      return values.flatMap((value) =>
        value === '*' || splitArn(value) ? [{ fold: false, steps: toArnSteps(value) }] : [],
      );
    case 'StringLike':
      return values.map((value) => ({ fold: false, steps: toSteps(value, true) }));
    default:
      return values.map((value) => ({ fold: operator === 'StringEqualsIgnoreCase', steps: toSteps(value, false) }));
  }
}

function toSteps(value: string, isWild: boolean): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < value.length; at++) {
    const escape = /^\$\{([*?$])\}/.exec(value.slice(at, at + 4));
    const character = escape?.[1] ?? value[at] ?? '';
    if (escape) at += 3;
    if (!escape && isWild && character === '*') steps.push({ is: 'run', colon: true });
    else if (!escape && isWild && character === '?') steps.push({ is: 'any', colon: true });
    else steps.push({ is: 'one', character });
  }
  return steps;
}

const beginning = toSteps('arn:', false);

// CO8: six parts, of which the last alone may hold a colon. What is compared with them begins with `arn:`.
function toArnSteps(value: string): readonly Step[] {
  if (value === '*')
    return [...beginning, ...[1, 2, 3, 4].flatMap(() => [...withoutColon, ...colon]), { is: 'run', colon: true }];
  let colons = 0;
  return toSteps(value, true).map((step): Step => {
    if (step.is === 'one') {
      if (step.character === ':') colons++;
      return step;
    }
    return { ...step, colon: colons >= 5 };
  });
}

const colon: readonly Step[] = [{ is: 'one', character: ':' }];
const withoutColon: readonly Step[] = [{ is: 'run', colon: false }];

/** Adds the states that a run of nothing leads to. */
function close({ steps }: Machine, states: readonly number[]): readonly number[] {
  const reached = new Set(states);
  for (const state of reached) if (steps[state]?.is === 'run') reached.add(state + 1);
  return [...reached].sort((a, b) => a - b);
}

function advance(machine: Machine, states: readonly number[], character: string): readonly number[] {
  const next: number[] = [];
  for (const state of states) {
    const step = machine.steps[state];
    if (!step) continue;
    switch (step.is) {
      case 'run':
        if (step.colon || character !== ':') next.push(state);
        break;
      case 'any':
        if (step.colon || character !== ':') next.push(state + 1);
        break;
      case 'one':
        if (same(step.character, character, machine.fold)) next.push(state + 1);
    }
  }
  return close(machine, next);
}

function same(wanted: string, given: string, fold: boolean): boolean {
  return wanted === given || (fold && wanted.toLowerCase() === given.toLowerCase());
}
