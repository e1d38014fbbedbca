import type { Residual, Test } from '@ag/model';
import { absent, all, always, any, constant, never, not, test } from '../residual/build.ts';
import type { Condition, PolicyDocument } from '../types.ts';
import { compare } from './compare.ts';
import type { KeyState, Known } from './known.ts';
import { solveVariable } from './solve-variable.ts';
import { testOnSessionName } from './session-name.ts';
import { passes } from './test.ts';
import { expand, hasVariable, takesVariables } from './variables.ts';

/** What a condition block still asks, once what is known is put in: all conditions must hold (CL1). */
export function conditionsToResidual(
  conditions: readonly Condition[],
  version: PolicyDocument['version'],
  known: Known,
): Residual {
  if (conditions.length === 0) return always;
  return all(conditions.map((condition) => conditionToResidual(condition, version, known)));
}

/** What one condition still asks. */
export function conditionToResidual(condition: Condition, version: PolicyDocument['version'], known: Known): Residual {
  const { operator, key } = condition;
  // CL6
  if (operator === 'Unknown') return never;
  if (operator === 'Null') return nullToResidual(condition, known);
  const state = known.of(key);
  if (state.is === 'absent') return constant(holdsWithout(condition));
  if (state.is === 'known' && !hasVariables(condition)) return constant(holdsFor(condition, state.value));
  if (state.is === 'oneOf' && !hasVariables(condition)) {
    const held = state.values.map((value) => holdsFor(condition, value));
    if (held.every((one) => one === held[0])) return constant(held[0] === true);
  }
  return openToResidual(condition, version, known, state);
}

/** CO1, CO2, SE1–SE3: what a condition is where its key is missing. */
function holdsWithout({ set, negated, ifExists }: Condition): boolean {
  if (set === 'ForAllValues') return true;
  return set === 'ForAnyValue' ? ifExists : negated || ifExists;
}

/** CL2, SE1–SE3: what a condition is for a value; under a set a negation is about each of the request's values. */
function holdsFor(condition: Condition, value: string | readonly string[]): boolean {
  const { set, negated } = condition;
  if (!negated) return passes(condition, set, value);
  return !passes(condition, set && (set === 'ForAllValues' ? 'ForAnyValue' : 'ForAllValues'), value);
}

/** The same where the key or a variable is open. */
function openToResidual(
  condition: Condition,
  version: PolicyDocument['version'],
  known: Known,
  state: There,
): Residual {
  const { key, set, negated, ifExists } = condition;
  const base = toTest(condition, version, known);
  if (set === undefined) {
    // CO1: a missing key fails a positive operator and passes a negated one. CO2: IfExists passes it.
    if (negated) return not(check(base, state));
    return ifExists ? any([missing(key, known), check(base, state)]) : check(base, state);
  }
  switch (set) {
    case 'ForAllValues':
      // SE1, SE3: true for a missing key; negated, no value may match, which is not(some value matches).
      if (negated) return not(check({ ...base, set: 'ForAnyValue' }, state));
      return any([missing(key, known), check({ ...base, set }, state)]);
    case 'ForAnyValue': {
      // SE2, SE3: false for a missing key, negated too; IfExists still passes it.
      const some = negated
        ? all([there(key, known), not(check({ ...base, set: 'ForAllValues' }, state))])
        : check({ ...base, set }, state);
      return ifExists ? any([missing(key, known), some]) : some;
    }
  }
}

function toTest(condition: Condition, version: PolicyDocument['version'], known: Known): Test {
  const { operator, key } = condition;
  const values = takesVariables(operator)
    ? condition.values.flatMap((value) => {
        const expanded = expand(value, version, known);
        return expanded.is === 'none' ? [] : [expanded.pattern];
      })
    : condition.values;
  return { key, operator, values };
}

type There = Exclude<KeyState, { readonly is: 'absent' }>;

/** A test on what is known of its key: decided, or left open. True only where the key is there and the test holds. */
function check(of: Test, state: There): Residual {
  switch (state.is) {
    case 'known': {
      const open = of.values.filter(hasVariable);
      if (open.length === 0) return constant(passes(of, of.set, state.value));
      // Other values may match already, without the open one.
      const closed = of.values.filter((value) => !open.includes(value));
      const isList = typeof state.value !== 'string';
      if (!(isList && of.set === 'ForAllValues') && passes({ ...of, values: closed }, of.set, state.value))
        return always;
      return checkVariables(of, open, state.value);
    }
    case 'prefixed':
      return testOnSessionName(of, state.prefix) ?? test(of);
    case 'oneOf':
    case 'present':
    case 'unknown':
      return of.values.length === 0 && of.set !== 'ForAllValues' ? never : test(of);
  }
}

/** What the key is, is known; which value the variable has, is not. */
function checkVariables(of: Test, open: readonly string[], given: string | readonly string[]): Residual {
  const whole = test({ ...of, given });
  // CL4: without a set a list fits nothing; with one, each of its values would have to be looked at.
  if (typeof given !== 'string') return of.set ? whole : never;
  if (of.set && given === '') return whole;
  const operator = of.operator === 'StringEqualsIgnoreCase' ? of.operator : 'StringEquals';
  const solved = open.map((value) =>
    solveVariable(value, given, (pattern) => compare(of.operator, pattern, given), operator),
  );
  return solved.every((one) => one !== undefined) ? any(solved) : whole;
}

function hasVariables({ operator, values }: Condition): boolean {
  return takesVariables(operator) && values.some((value) => value.includes('${'));
}

function missing(key: string, known: Known): Residual {
  const state = known.of(key);
  switch (state.is) {
    case 'absent':
      return always;
    case 'known':
    case 'oneOf':
    case 'prefixed':
    case 'present':
      return never;
    case 'unknown':
      return absent(key);
  }
}

function there(key: string, known: Known): Residual {
  return not(missing(key, known));
}

// CO3: an empty text counts as no value. Of a key whose value is open, only presence is asked.
function nullToResidual({ key, values }: Condition, known: Known): Residual {
  const state = known.of(key);
  const isNull =
    state.is === 'known'
      ? constant(typeof state.value === 'string' ? state.value === '' : state.value.every((value) => value === ''))
      : missing(key, known);
  const wanted = values.map((value) =>
    value.toLowerCase() === 'true' ? isNull : value.toLowerCase() === 'false' ? not(isNull) : never,
  );
  return any(wanted.length > 0 ? wanted : [never]);
}

/** A condition that no policy holds and a service asks for: a plain comparison of a key. */
export function conditionOn(operator: string, key: string, values: readonly string[]): Condition {
  return { operator, spelling: operator, key, values, negated: false, ifExists: false };
}
