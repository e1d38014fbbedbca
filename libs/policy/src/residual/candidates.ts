import type { Test } from '@ag/model';
import { findNumber, findTime } from '../condition/compare.ts';
import { findRange, formatAddress } from '../match/ip.ts';
import { unescapePattern } from '../match/pattern.ts';

/**
 * Values that tell all tests of one key apart: each constant, and a value on either side of it. Between two constants that
 * follow each other nothing changes, so these are enough for numbers, dates and address blocks.
 */
export function candidates(tests: readonly Test[]): readonly string[] {
  const found = new Set<string>();
  const numbers: number[] = [];
  const times: number[] = [];
  let booleans = false;
  let addresses = false;
  for (const { operator, values } of tests) {
    for (const value of values) {
      // A request comes from one address, never from a block.
      if (operator !== 'IpAddress') found.add(unescapePattern(value).replaceAll('*', 'x').replaceAll('?', 'x'));
      if (operator.startsWith('Numeric')) numbers.push(findNumber(value) ?? 0);
      if (operator.startsWith('Date')) times.push(findTime(value) ?? 0);
      if (operator === 'IpAddress') for (const address of around(value)) found.add(address);
    }
    booleans ||= operator === 'Bool';
    addresses ||= operator === 'IpAddress';
  }
  for (const value of between(numbers)) found.add(String(value));
  for (const value of between(times.map(Math.round)))
    if (Math.abs(value) <= 8.64e15) found.add(new Date(value).toISOString());
  if (booleans) for (const value of ['true', 'false']) found.add(value);
  if (addresses)
    for (const value of ['0.0.0.0', '255.255.255.255', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'])
      found.add(value);
  // A key under Bool is a Boolean; any other key may also have a value that no test knows.
  if (!booleans && !addresses && numbers.length === 0 && times.length === 0) found.add('no value of any policy');
  return [...found];
}

function between(values: readonly number[]): readonly number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  return sorted.flatMap((value, index) => {
    const next = sorted[index + 1];
    return [value - 1, value, next === undefined ? value + 1 : (value + next) / 2];
  });
}

function around(block: string): readonly string[] {
  const range = findRange(block);
  if (!range) return [];
  const top = range.version === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
  return [range.first - 1n, range.first, range.last, range.last + 1n]
    .filter((value) => value >= 0n && value <= top)
    .map((value) => formatAddress(range.version, value));
}
