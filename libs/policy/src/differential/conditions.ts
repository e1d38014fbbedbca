import type { Context } from '../types.ts';
import type { Random } from './random.ts';

interface Family {
  readonly operators: readonly string[];
  readonly keys: readonly string[];
  /** What policies compare with. */
  readonly wanted: readonly string[];
  /** What requests have. */
  readonly given: readonly string[];
}

const arn = (name: string) => `arn:aws:iam::111122223333:${name}`;

/** Each family of operators with keys, and values that fit and that do not, strange ones too. */
const families: readonly Family[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    keys: ['aws:k', 'aws:l', 'aws:PrincipalTag/team', 'aws:RequestTag/a'],
    wanted: [
      'red',
      'RED',
      'blue',
      '',
      '*',
      '${aws:PrincipalTag/team}',
      "${aws:PrincipalTag/none, 'red'}",
      '${*}',
      '${aws:username}',
    ],
    given: ['red', 'Red', 'blue', '', '*', 'ana'],
  },
  {
    operators: ['StringLike', 'StringNotLike'],
    keys: ['aws:k', 'aws:l', 'aws:RequestTag/a'],
    wanted: ['r*', '*', '?ed', 'b*e', '${*}', '${?}ed', '${aws:k}', '*${aws:PrincipalTag/team}', 'r*d*', 'a?a'],
    given: ['red', 'Red', 'blue', '', '*', '?ed', 'ana'],
  },
  {
    operators: [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
    ],
    keys: ['aws:n'],
    wanted: ['10', '10.0', '-1', '3.5', 'ten', '${aws:n}'],
    given: ['10', '10.0', '9', '-1', '3.50', '11', 'ten', ''],
  },
  {
    operators: [
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
    ],
    keys: ['aws:d'],
    wanted: ['2024-01-01T00:00:00Z', '1704067200', '2024-01-01', '2024-06-01T12:00:00+02:00', 'soon'],
    given: [
      '2024-01-01T00:00:00Z',
      '1704067200',
      '2023-12-31T23:59:59Z',
      '2024-06-01T10:00:00Z',
      '2025-01-01',
      'soon',
      '',
    ],
  },
  {
    operators: ['Bool'],
    keys: ['aws:b'],
    wanted: ['true', 'false', 'True', '${aws:b}'],
    given: ['true', 'false', 'TRUE', 'maybe', ''],
  },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['aws:ip'],
    wanted: [
      '10.0.0.0/8',
      '10.1.2.3',
      '0.0.0.0/0',
      '192.168.7.9/16',
      '2001:db8::/32',
      '2001:DB8:0::1',
      '::/0',
      '10.0.0.0/33',
      'here',
    ],
    given: ['10.1.2.3', '11.0.0.1', '192.168.1.1', '2001:db8::1', '2001:0DB8:0:0::2', '::1', 'here', ''],
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:arn'],
    wanted: [
      arn('role/app'),
      arn('role/*'),
      'arn:aws:iam::*:user/an?',
      'arn:*:*:*:*:*',
      'arn:aws:sns:*:*:t:*',
      'arn:aws:sns:*:t:*',
      'app',
      arn('user/${aws:username}'),
    ],
    given: [arn('role/app'), arn('role/ci/deploy'), arn('user/ana'), 'arn:aws:sns:eu-west-1:1:t:sub', 'app', ''],
  },
  { operators: ['BinaryEquals'], keys: ['aws:bin'], wanted: ['QUI=', 'QQ==', '!'], given: ['QUI=', 'QQ==', '!', ''] },
];

const nullKeys = families.flatMap(({ keys }) => keys);

/** A condition block of one or two operators, or of none. */
export function toBlock(random: Random): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const block: Record<string, Record<string, unknown>> = {};
  for (let left = random.below(3); left > 0; left--) {
    if (random.chance(0.1)) {
      block['Null'] = {
        ...block['Null'],
        [toSpelling(random.one(nullKeys), random)]: random.one(['true', 'false', true]),
      };
      continue;
    }
    const family = random.one(families);
    const set = random.chance(0.25) ? random.one(['ForAllValues:', 'ForAnyValue:']) : '';
    const operator = `${set}${random.one(family.operators)}${random.chance(0.2) ? 'IfExists' : ''}`;
    const values = random.some(family.wanted, 1, 3);
    block[operator] = {
      ...block[operator],
      [toSpelling(random.one(family.keys), random)]: values.length === 1 ? values[0] : values,
    };
  }
  return block;
}

/** A request's context: each key there or not, single or a list. */
export function toContext(random: Random): Context {
  const context: Record<string, string | readonly string[]> = {};
  const seen = new Set<string>();
  for (const { keys, given } of families) {
    for (const key of keys) {
      // Of two keys that differ by case nobody can tell which counts (CL3).
      if (seen.has(key) || random.chance(0.45)) continue;
      seen.add(key);
      const isList = key === 'aws:l' || random.chance(0.05);
      context[toSpelling(key, random)] = isList ? random.some(given, 0, 3) : random.one(given);
    }
  }
  if (random.chance(0.5)) context['aws:username'] = 'ana';
  return context;
}

// CL3: names are compared without case.
function toSpelling(key: string, random: Random): string {
  return random.chance(0.1) ? key.toUpperCase() : key;
}
