import { decodeBase64, findNumber, findTime } from '../condition/compare.ts';
import { splitArn } from '../match/arn-pattern.ts';
import { matchesPattern } from '../match/pattern.ts';
import { findRange } from '../match/ip.ts';
import type { Family } from './operators.ts';

/** Why a value of a condition does not mean what its operator asks for. */
export function problemOf(family: Family, value: string): string | undefined {
  switch (family) {
    case 'string':
    case 'stringIgnoreCase':
    case 'glob':
      return undefined;
    case 'arn':
      return isArn(value) || value.includes('${') || value === '*' ? undefined : 'is not an ARN';
    case 'numeric':
      return numberProblem(value);
    case 'date':
      return findTime(value) === undefined ? 'is not a date' : undefined;
    case 'bool':
      return isBoolean(value) || value.includes('${') ? undefined : 'is neither `true` nor `false`';
    case 'null':
      return isBoolean(value) ? undefined : 'is neither `true` nor `false`';
    case 'ip':
      return addressProblem(value);
    case 'binary':
      return decodeBase64(value) === undefined ? 'is not base64' : undefined;
  }
}

function isBoolean(value: string): boolean {
  return /^(true|false)$/i.test(value);
}

function isArn(value: string): boolean {
  const [start] = splitArn(value) ?? [];
  return start !== undefined && matchesPattern(start, 'arn');
}

// CO5: numbers are whole or decimal.
function numberProblem(value: string): string | undefined {
  const number = findNumber(value);
  if (number === undefined) return 'is not a number';
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return 'is too large to be compared exactly';
  return /e/i.test(value) ? 'has an exponent, and numbers are whole or decimal' : undefined;
}

// CO9: a block of one version holds no address of the other.
function addressProblem(value: string): string | undefined {
  const range = value.includes('%') ? undefined : findRange(value);
  if (!range) return 'is neither an address nor a block of addresses';
  const mapped = range.version === 6 && range.first >> 32n === 0xffffn && range.last >> 32n === 0xffffn;
  return mapped ? 'is IPv4 spelt as IPv6, which holds no IPv4 address' : undefined;
}
