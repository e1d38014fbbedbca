import type { Test } from '@ag/model';
import type { Answer } from './satisfiable.ts';

/** One step of a pattern: a character, any one, or any run (of characters that are no colon, inside an ARN's first parts). */
type Step =
  { readonly is: 'one'; readonly character: string | undefined } | { readonly is: 'run'; readonly colon: boolean };

interface Machine {
  readonly steps: readonly Step[];
  readonly fold: boolean;
}

const mostStates = 20_000;
// Stands for every character that no pattern names.
const other = '\uE002';

/**
 * Whether some text fits at least one value of each test in `fits` and none of any test in `misses`: a breadth-first walk
 * over the product of the patterns' automata. Exact; gives up beyond a number of states.
 */
export function findText(fits: readonly Test[], misses: readonly Test[]): Answer {
  const wanted = fits.map(toMachines);
  const unwanted = misses.flatMap(toMachines);
  const machines = [...wanted.flat(), ...unwanted];
  const alphabet = new Set([other, ':']);
  for (const { steps, fold } of machines) {
    for (const step of steps) {
      if (step.is !== 'one' || step.character === undefined) continue;
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
    if (seen.size > mostStates) return 'unsure';
    for (const character of alphabet) {
      const next = machines.map((machine, index) => advance(machine, states?.[index] ?? [], character));
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return 'no';
}

function toMachines({ operator, values }: Test): readonly Machine[] {
  const fold = operator === 'StringEqualsIgnoreCase';
  const wild = operator === 'StringLike' || operator === 'ArnEquals' || operator === 'ArnLike';
  const arn = operator === 'ArnEquals' || operator === 'ArnLike';
  return values.map((value) => ({ fold, steps: toSteps(value, wild, arn) }));
}

function toSteps(value: string, wild: boolean, arn: boolean): readonly Step[] {
  const steps: Step[] = [];
  let colons = 0;
  for (let at = 0; at < value.length; at++) {
    const escape = /^\$\{([*?$])\}/.exec(value.slice(at, at + 4));
    const character = escape?.[1] ?? value[at] ?? '';
    if (escape) at += 3;
    else if (wild && character === '*') {
      steps.push({ is: 'run', colon: !arn || colons >= 5 });
      continue;
    } else if (wild && character === '?') {
      steps.push({ is: 'one', character: undefined });
      continue;
    }
    if (character === ':') colons++;
    steps.push({ is: 'one', character });
  }
  return steps;
}

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
    if (step.is === 'run') {
      if (step.colon || character !== ':') next.push(state);
    } else if (step.character === undefined || same(step.character, character, machine.fold)) {
      next.push(state + 1);
    }
  }
  return close(machine, next);
}

function same(wanted: string, given: string, fold: boolean): boolean {
  return wanted === given || (fold && wanted.toLowerCase() === given.toLowerCase());
}
