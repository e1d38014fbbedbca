import { findNumber, findTime } from '../condition/compare.ts';
import { splitArn } from '../match/arn-pattern.ts';
import { findRange } from '../match/ip.ts';
import type { Condition } from '../types.ts';
import { type Warn, checkVariables } from './check-variables.ts';
import { toPointer } from './duplicate-keys.ts';
import { type Family, operatorFamilies } from './operators.ts';

/** Values that no request can fit, and variables where there are none. */
export function checkConditions(conditions: readonly Condition[], version: string, warn: Warn): void {
  for (const { operator, spelling, key, values } of conditions) {
    const field = `Condition/${toPointer(spelling)}/${toPointer(key)}`;
    const family = operatorFamilies.get(operator);
    if (values.length === 0) warn(field, 'an empty list matches nothing');
    if (key === '') warn(field, 'an empty key is no key');
    for (const value of values) {
      const problem = family && problemOf(family, value);
      if (problem !== undefined) warn(field, `\`${value}\` ${problem}`);
      checkVariables(value, version, (message) => {
        warn(field, message);
      });
    }
  }
}

function problemOf(family: Family, value: string): string | undefined {
  switch (family) {
    case 'string':
    case 'stringIgnoreCase':
    case 'glob':
      return undefined;
    case 'arn':
      return splitArn(value) || value.includes('${') || value === '*' ? undefined : 'is not an ARN';
    case 'numeric':
      return findNumber(value) === undefined ? 'is not a number' : undefined;
    case 'date':
      return findTime(value) === undefined ? 'is not a date' : undefined;
    case 'bool':
      return /^(true|false)$/i.test(value) || value.includes('${') ? undefined : 'is neither `true` nor `false`';
    case 'null':
      return /^(true|false)$/i.test(value) ? undefined : 'is neither `true` nor `false`';
    case 'ip':
      return findRange(value) ? undefined : 'is neither an address nor a block of addresses';
    case 'binary':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? undefined : 'is not base64';
  }
}
