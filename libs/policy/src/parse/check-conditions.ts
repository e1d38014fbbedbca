import type { Condition } from '../types.ts';
import { type Warn, checkVariables } from './check-variables.ts';
import { problemOf } from './condition-values.ts';
import { toPointer } from './duplicate-keys.ts';
import { operatorFamilies } from './operators.ts';

/** Values that no request can fit, keys that are none, and variables where there are none. */
export function checkConditions(conditions: readonly Condition[], version: string, warn: Warn): void {
  const seen = new Map<string, string>();
  for (const { operator, spelling, key, values } of conditions) {
    const field = `Condition/${toPointer(spelling)}/${toPointer(key)}`;
    const family = operatorFamilies.get(operator);
    if (key === '') warn(field, 'an empty key is no key');
    else if (!key.includes(':')) warn(field, `\`${key}\` names no service, as every key does`);
    // CL3: another case is the same key, and all that stands under one operator must hold (CL1).
    const name = `${spelling} ${key.toLowerCase()}`;
    const twin = seen.get(name);
    if (twin !== undefined) warn(field, `is \`${twin}\` in another case, and both must hold`);
    seen.set(name, key);
    if (values.length === 0) warn(field, 'an empty list matches nothing');
    for (const value of values) {
      const problem = family && problemOf(family, value);
      if (problem !== undefined) warn(field, `\`${value}\` ${problem}`);
      checkVariables(value, version, (message) => {
        warn(field, message);
      });
    }
    if (family === 'null' && new Set(values.map((value) => value.toLowerCase())).size > 1 && values.every(isBoolean))
      warn(field, 'holds always, with `true` beside `false`');
  }
}

function isBoolean(value: string): boolean {
  return problemOf('null', value) === undefined;
}
