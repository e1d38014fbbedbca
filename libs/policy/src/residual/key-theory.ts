import type { Test } from '@ag/model';
import { compare } from '../condition/compare.ts';
import { unescapePattern } from '../match/pattern.ts';
import { operatorFamilies } from '../parse/operators.ts';
import { hasVariable, takesVariables } from '../condition/variables.ts';
import type { Budget } from './budget.ts';
import { candidates } from './candidates.ts';
import type { Answer } from './satisfiable.ts';
import { findText } from './text-search.ts';

/** What is assumed of one key. */
export interface KeyLiterals {
  readonly presence: readonly ('present' | 'absent')[];
  /** Tests that must pass, and so the key is present. */
  readonly fits: readonly Test[];
  /** Tests that must not pass: the key is absent, or no value passes. */
  readonly misses: readonly Test[];
}

const text = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike']);

/** Whether one key can have a value, a list or be absent so that all its literals hold. */
export function canHold({ presence, fits, misses }: KeyLiterals, budget: Budget): Answer {
  const mustBeThere = presence.includes('present') || fits.length > 0;
  if (!mustBeThere) return 'yes';
  if (presence.includes('absent')) return 'no';

  // Values with open variables, and resources with them: only the contradiction with themselves is seen.
  const open = ({ operator, given, values }: Test) =>
    !operatorFamilies.has(operator) || given !== undefined || (takesVariables(operator) && values.some(hasVariable));
  const openFits = fits.filter(open);
  const openMisses = misses.filter(open);
  if (openFits.some((fit) => openMisses.some((miss) => JSON.stringify(miss) === JSON.stringify(fit)))) return 'no';
  const closedFits = fits.filter((test) => !open(test));
  const closedMisses = misses.filter((test) => !open(test));

  const closed = closedAnswer(closedFits, closedMisses, budget);
  // Whether the open ones fit too is not looked at.
  return closed === 'yes' && openFits.length + openMisses.length > 0 ? 'unsure' : closed;
}

function closedAnswer(fits: readonly Test[], misses: readonly Test[], budget: Budget): Answer {
  // Under a set operator a single value is a list of one, so the set's prefix does not matter here.
  const single = findValue(fits, misses, budget);
  if (single !== 'no') return single;
  return [...fits, ...misses].some(({ set }) => set) ? manyValues(fits, misses, budget) : single;
}

/**
 * A list: every value must fit each ForAllValues and miss each ForAnyValue that must fail; and there must be one value for
 * each ForAnyValue that must pass and each ForAllValues that must fail. Tests without a set never pass on a list (CL4).
 */
function manyValues(fits: readonly Test[], misses: readonly Test[], budget: Budget): Answer {
  if (fits.some(({ set }) => !set)) return 'no';
  const every = fits.filter(({ set }) => set === 'ForAllValues');
  const noneOf = misses.filter(({ set }) => set === 'ForAnyValue');
  const needs: { readonly fits: readonly Test[]; readonly misses: readonly Test[] }[] = [
    { fits: every, misses: noneOf },
    ...fits.filter(({ set }) => set === 'ForAnyValue').map((one) => ({ fits: [...every, one], misses: noneOf })),
    ...misses.filter(({ set }) => set === 'ForAllValues').map((one) => ({ fits: every, misses: [...noneOf, one] })),
  ];
  const answers = needs.map((need) => findValue(need.fits, need.misses, budget));
  if (answers.includes('no')) return 'no';
  return answers.includes('unsure') ? 'unsure' : 'yes';
}

function findValue(fits: readonly Test[], misses: readonly Test[], budget: Budget): Answer {
  const tests = [...fits, ...misses];
  const values = tests.reduce((sum, test) => sum + test.values.length, 0);
  const works = (value: string) => {
    budget.work -= values;
    return fits.every((test) => passesOne(test, value)) && misses.every((test) => !passesOne(test, value));
  };
  /** `undefined` where none of them works. */
  const tryAll = (candidatesOf: Iterable<string>): Answer | undefined => {
    for (const value of candidatesOf) {
      if (budget.work < 0) return 'unsure';
      if (works(value)) return 'yes';
    }
    return undefined;
  };
  // Where a value is one of a few, no other needs to be looked for.
  const few = fits.find(({ operator }) => operator === 'StringEquals');
  if (few) return tryAll(few.values.map(unescapePattern)) ?? 'no';
  if (tests.every(({ operator }) => text.has(operator)))
    return tryAll(examples(fits)) ?? findText(fits, misses, budget);
  const tried = tryAll(candidates(tests));
  if (tried) return tried;
  // The candidates tell apart all values of one kind; of a key under tests of several kinds they may miss some.
  return new Set(tests.map(({ operator }) => kindOf(operator))).size === 1 ? 'no' : 'unsure';
}

const mostExamples = 40;

/** Texts that fit single patterns: where one of them works, nothing more need be looked for. */
function examples(fits: readonly Test[]): readonly string[] {
  const [first] = fits.toSorted((a, b) => a.values.length - b.values.length);
  return (first?.values ?? [])
    .slice(0, mostExamples)
    .map((value) => unescapePattern(value.replace(/(?<!\{)[*?]/g, 'x')));
}

function kindOf(operator: string): string {
  if (text.has(operator)) return 'text';
  return /^(Numeric|Date)/.exec(operator)?.[1] ?? operator;
}

function passesOne({ operator, values }: Test, value: string): boolean {
  return values.some((wanted) => compare(operator, wanted, value));
}
