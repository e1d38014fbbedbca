import type { Test } from '@ag/model';
import { compare } from '../condition/compare.ts';
import { matchesArnPattern } from '../match/arn-pattern.ts';
import { escapePattern, unescapePattern } from '../match/pattern.ts';
import { hasVariable, variables } from '../condition/variables.ts';
import { variablesIn } from './build.ts';
import type { KeyLiterals } from './key-theory.ts';

type Literals = ReadonlyMap<string, KeyLiterals>;

const mostValues = 8;
const none: KeyLiterals = { presence: [], fits: [], misses: [] };

/**
 * What follows from tests with open variables that must pass: each variable is there; and where a variable's values are
 * few and known, the test holds for one of them. `undefined` where that contradicts the test itself.
 */
export function derive(literals: Literals): Literals | undefined {
  let derived: Map<string, KeyLiterals> | undefined;
  for (const [key, { fits }] of literals) {
    for (const test of fits) {
      // Most tests have none, and this is asked at every step of a search.
      if (!test.values.some(hasVariable)) continue;
      const names = new Set(test.values.flatMap(variablesIn).map((name) => name.toLowerCase()));
      derived ??= new Map(literals);
      for (const name of names) if (isNeeded(test, name)) add(derived, name, { ...none, presence: ['present'] });
      const values = substituted(test, literals);
      if (!values) continue;
      if (test.given === undefined) add(derived, key, { ...none, fits: [{ ...test, values }] });
      else if (!values.some((value) => fitsGiven(test, value))) return undefined;
    }
  }
  return derived ?? literals;
}

// VA4: without the variable no value fits; a default would stand in for it.
function isNeeded({ values }: Test, name: string): boolean {
  return values.every((value) => {
    const inside = [...value.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]?.trim().toLowerCase() ?? '');
    return inside.includes(name);
  });
}

/** The test's values with the few known values of its one variable put in. */
function substituted({ values }: Test, literals: Literals): readonly string[] | undefined {
  const all = new Set<string>();
  for (const value of values) {
    const [variable, ...others] = value.matchAll(variables);
    if (!variable || others.length > 0) return undefined;
    const known = literals.get((variable[1] ?? '').trim().toLowerCase())?.fits.find(isFinite);
    if (!known) return undefined;
    for (const one of known.values) all.add(value.replace(variable[0], () => escapePattern(unescapePattern(one))));
  }
  return [...all];
}

function isFinite({ operator, set, given, values }: Test): boolean {
  return (
    operator === 'StringEquals' &&
    set === undefined &&
    given === undefined &&
    values.length <= mostValues &&
    !values.some(hasVariable)
  );
}

function fitsGiven({ operator, given }: Test, value: string): boolean {
  return [given ?? []]
    .flat()
    .some((text) => (operator === 'ResourceLike' ? matchesArnPattern(value, text) : compare(operator, value, text)));
}

function add(literals: Map<string, KeyLiterals>, key: string, more: KeyLiterals): void {
  const { presence, fits, misses } = literals.get(key) ?? none;
  literals.set(key, {
    presence: [...presence, ...more.presence],
    fits: [...fits, ...more.fits],
    misses: [...misses, ...more.misses],
  });
}
