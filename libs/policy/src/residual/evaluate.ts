import type { Residual, Test } from '@ag/model';
import { toKnown } from '../condition/known.ts';
import { passes } from '../condition/test.ts';
import { expand, takesVariables } from '../condition/variables.ts';
import { matchesArnPattern } from '../match/arn-pattern.ts';
import type { Context } from '../types.ts';

/** Whether a residual holds in a context. Every key that the context does not name is absent. */
export function evaluateResidual(residual: Residual, context: Context): boolean {
  const known = toKnown({ context, rest: 'absent' });
  return holds(residual);

  function holds(of: Residual): boolean {
    switch (of.is) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'present':
        return known.of(of.key).is === 'known';
      case 'absent':
        return known.of(of.key).is === 'absent';
      case 'test':
        return passesTest(of.test);
      case 'not':
        return !holds(of.of);
      case 'all':
        return of.of.every(holds);
      case 'any':
        return of.of.some(holds);
    }
  }

  function passesTest(of: Test): boolean {
    const hasVariables = of.operator === 'ResourceLike' || takesVariables(of.operator);
    const values = of.values.flatMap((value) => {
      if (!hasVariables) return [value];
      const expanded = expand(value, '2012-10-17', known);
      return expanded.is === 'text' ? [expanded.pattern] : [];
    });
    if (of.operator === 'ResourceLike') {
      return typeof of.given === 'string' && values.some((value) => matchesArnPattern(value, String(of.given)));
    }
    if (of.given !== undefined) return passes({ ...of, values }, of.set, of.given);
    const state = known.of(of.key);
    return state.is === 'known' && passes({ ...of, values }, of.set, state.value);
  }
}
