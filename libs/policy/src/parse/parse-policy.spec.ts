import type { PolicyKind } from '@ag/model';
import { expect, test } from 'vitest';
import { parsePolicy, parsePolicyValue } from './parse-policy.ts';

const ok = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const anyone = { ...ok, Principal: '*' };
const where = (Condition: unknown) => ({ ...ok, Condition });

/** What it shows, the text of the document, its findings. */
const unreadable: readonly (readonly [shows: string, text: string, findings: readonly string[]])[] = [
  ['1: an empty text', '', ['error : empty']],
  ['2: null', 'null', ['error : not a JSON object']],
  ['3: an empty object', '{}', ['error /Statement: missing']],
  ['4: a list', '[]', ['error : not a JSON object']],
  ['5: a number', '7', ['error : not a JSON object']],
  ['7: a trailing comma', '{"Statement":[],}', ['error : not valid JSON']],
  ['7: a byte order mark', '\uFEFF{}', ['error : not valid JSON: it begins with a byte order mark']],
  ['7: UTF-16', '{\0}\0', ['error : not valid JSON: it holds NUL characters, as UTF-16 does']],
  [
    '12: a version that is none',
    '{"Version":"2012-10-17 ","Statement":[]}',
    ['error /Version: unknown version `2012-10-17 `', 'warning /Statement: empty'],
  ],
  [
    '12: a version that is no text',
    '{"Version":{},"Statement":[]}',
    ['error /Version: unknown version a value of type object', 'warning /Statement: empty'],
  ],
  ['13: a statement that is none', '{"Statement":["x"]}', ['error /Statement/0: not a JSON object']],
];

test.each(unreadable)('%s cannot be read', (_shows, text, findings) => {
  const parsed = parsePolicy(text, 'identity');

  expect([parsed.ok, ...lines(parsed.findings)]).toEqual([false, ...findings]);
});

/** What it shows, the statement, the kind, its findings; a document that has errors cannot be read. */
const statements: readonly (readonly [
  shows: string,
  statement: object,
  kind: PolicyKind,
  findings: readonly string[],
])[] = [
  ['a plain one', ok, 'identity', []],
  [
    '9: keys that JavaScript knows',
    JSON.parse('{"__proto__":{"Effect":"Deny"},"constructor":1,"Effect":"Allow","Action":"s3:*","Resource":"*"}'),
    'identity',
    [
      'warning /Statement/0/__proto__: unknown element `__proto__`',
      'warning /Statement/0/constructor: unknown element `constructor`',
    ],
  ],
  [
    '15: a Sid of other characters',
    { ...ok, Sid: 'é x' },
    'identity',
    ['warning /Statement/0/Sid: `é x` is more than letters and digits'],
  ],
  [
    '16: an effect in lower case',
    { ...ok, Effect: 'allow' },
    'identity',
    ['error /Statement/0/Effect: `allow` is neither `Allow` nor `Deny`'],
  ],
  ['16: no effect', { Action: '*', Resource: '*' }, 'identity', ['error /Statement/0/Effect: missing']],
  [
    '17: both actions',
    { ...ok, NotAction: 's3:*' },
    'identity',
    ['error /Statement/0/NotAction: stands beside Action'],
  ],
  ['18: no action', { Effect: 'Allow', Resource: '*' }, 'identity', ['error /Statement/0/Action: missing']],
  [
    '19: both resources',
    { ...ok, NotResource: '*' },
    'identity',
    ['error /Statement/0/NotResource: stands beside Resource'],
  ],
  ['19: no resource', { Effect: 'Allow', Action: 's3:*' }, 'scp', ['error /Statement/0/Resource: missing']],
  [
    '20: a principal where none belongs',
    anyone,
    'boundary',
    ['warning /Statement/0/Principal: means nothing in a policy of kind boundary'],
  ],
  [
    '20: no principal where one belongs',
    ok,
    'resource',
    ['warning /Statement/0/Principal: missing, so that the statement is about nobody'],
  ],
  [
    '22: NotPrincipal that allows',
    { ...ok, NotPrincipal: '*' },
    'resource',
    ['warning /Statement/0/NotPrincipal: is not supported with Allow'],
  ],
  [
    '23: a wildcard in a principal',
    { ...ok, Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } },
    'resource',
    ['warning /Statement/0/Principal: `arn:aws:iam::111122223333:user/*` has a wildcard, which is none in a principal'],
  ],
  [
    '23: a deleted principal',
    { ...ok, Principal: { AWS: ['AIDAEXAMPLE', '111122223333'] } },
    'resource',
    ['warning /Statement/0/Principal: `AIDAEXAMPLE` is the id of a user or role that is deleted'],
  ],
  [
    '24: services, providers and canonical users',
    {
      ...ok,
      Principal: {
        Service: 'logs.eu-west-1.amazonaws.com',
        Federated: 'cognito-identity.amazonaws.com',
        CanonicalUser: 'abc',
      },
    },
    'resource',
    [],
  ],
  [
    '24: a principal type that is none',
    { ...ok, Principal: { User: 'x' } },
    'resource',
    ['error /Statement/0/Principal: not a principal element'],
  ],
  [
    '25: no action in the list',
    { ...ok, Action: [] },
    'identity',
    ['warning /Statement/0/Action: an empty list matches nothing'],
  ],
  [
    '26: an action without a service',
    { ...ok, Action: 'GetObject' },
    'identity',
    ['warning /Statement/0/Action: `GetObject` names no service'],
  ],
  [
    '26: an action with two colons',
    { ...ok, Action: 's3:*:x' },
    'identity',
    ['warning /Statement/0/Action: `s3:*:x` has more than one colon, as no action has'],
  ],
  [
    '28: a resource that is no ARN',
    { ...ok, Resource: 'arn:aws:s3' },
    'identity',
    ['warning /Statement/0/Resource: `arn:aws:s3` is not an ARN'],
  ],
  ['28: an ARN of wildcards', { ...ok, Resource: 'arn:*:*:*:*:*' }, 'identity', []],
  [
    '29: a long ARN',
    { ...ok, Resource: `arn:aws:s3:::${'a'.repeat(2048)}` },
    'identity',
    ['warning /Statement/0/Resource: an ARN has 2048 characters at most'],
  ],
  [
    '35: an operator that is none',
    where({ StringIs: { 'a/b': 'x' } }),
    'identity',
    ['warning /Statement/0/Condition/StringIs: unknown operator `StringIs`'],
  ],
  [
    '35: IfExists on Null',
    where({ NullIfExists: { k: 'true' } }),
    'identity',
    ['warning /Statement/0/Condition/NullIfExists: unknown operator `NullIfExists`'],
  ],
  [
    '35: no value',
    where({ 'ForAnyValue:StringEquals': { 'a/b~c': [] } }),
    'identity',
    ['warning /Statement/0/Condition/ForAnyValue:StringEquals/a~1b~0c: an empty list matches nothing'],
  ],
  [
    '35: nested sets',
    where({ 'ForAnyValue:ForAllValues:StringEquals': { k: 'a' } }),
    'identity',
    [
      'warning /Statement/0/Condition/ForAnyValue:ForAllValues:StringEquals: unknown operator `ForAnyValue:ForAllValues:StringEquals`',
    ],
  ],
  [
    '36: Null with another value',
    where({ Null: { k: ['true', false, 'no'] } }),
    'identity',
    ['warning /Statement/0/Condition/Null/k: `no` is neither `true` nor `false`'],
  ],
  ['37: Booleans as they come', where({ Bool: { k: ['True', true] } }), 'identity', []],
  [
    '38: numbers',
    where({ NumericEquals: { k: ['1e3', 12345678901234567890, 'x'] } }),
    'identity',
    ['warning /Statement/0/Condition/NumericEquals/k: `x` is not a number'],
  ],
  [
    '38: dates',
    where({ DateLessThan: { k: ['1577836800', '2020-01-01T00:00:00Z', 'soon'] } }),
    'identity',
    ['warning /Statement/0/Condition/DateLessThan/k: `soon` is not a date'],
  ],
  [
    '39: addresses',
    where({ IpAddress: { k: ['0.0.0.0/0', '10.1.2.3/8', '::1', '10.0.0.0/33'] } }),
    'identity',
    ['warning /Statement/0/Condition/IpAddress/k: `10.0.0.0/33` is neither an address nor a block of addresses'],
  ],
  [
    '40: an ARN operator without an ARN',
    where({ ArnLike: { k: 'role/*' } }),
    'identity',
    ['warning /Statement/0/Condition/ArnLike/k: `role/*` is not an ARN'],
  ],
  [
    '41: variables',
    where({ StringEquals: { k: ['${aws:username}', "${k, 'd'}", '${*}${?}${$}', '${${a}}'] } }),
    'identity',
    ['warning /Statement/0/Condition/StringEquals/k: a variable has no end, or another inside'],
  ],
  [
    '41: a variable too early',
    { ...ok, Resource: 'arn:aws:${a}:::b' },
    'identity',
    ['warning /Statement/0/Resource: `arn:aws:${a}:::b` has a variable before the fifth colon, where there are none'],
  ],
  [
    '47: an RCP with what RCPs have not',
    { Effect: 'Deny', NotAction: 's3:*', Resource: '*', Principal: { AWS: '111122223333' } },
    'rcp',
    ['warning /Statement/0/NotAction: is not supported in RCPs', 'warning /Statement/0/Principal: is `*` in RCPs'],
  ],
  [
    '47: an RCP about every action',
    { Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' },
    'rcp',
    ['warning /Statement/0/Action: `*` is not supported in RCPs'],
  ],
];

test.each(statements)('%s', (_shows, statement, kind, findings) => {
  const parsed = parsePolicyValue({ Version: '2012-10-17', Statement: statement }, kind);

  expect([parsed.ok, ...lines(parsed.findings)]).toEqual([
    !findings.some((one) => one.startsWith('error')),
    ...findings,
  ]);
});

test('6: truncated at every byte, a document is unreadable and no crash', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [where({ StringEquals: { k: ['${aws:username}'] } })],
  });
  const answers = Array.from(text, (_, length) => parsePolicy(text.slice(0, length), 'identity').ok);

  expect(answers).toEqual(answers.map(() => false));
  expect(parsePolicy(text, 'identity').ok).toBe(true);
});

test('8: what stands twice is told, with its place', () => {
  const text =
    '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"true"},"Bool":{"a/b":"true","a/b":"false"}},"Effect":"Deny"}],"Version":"2012-10-17"}';

  expect(lines(parsePolicy(text, 'identity').findings)).toEqual([
    'warning /Statement/0/Condition/Bool: stands twice, and only the last one counts',
    'warning /Statement/0/Condition/Bool/a~1b: stands twice, and only the last one counts',
    'warning /Statement/0/Effect: stands twice, and only the last one counts',
  ]);
});

test('10: depth does no harm', () => {
  const deep = `{"Version":"2012-10-17","Statement":[],"Id":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

  expect(lines(parsePolicy(deep, 'scp').findings)).toEqual(['warning /Statement: empty']);
});

test('a text of megabytes is read', () => {
  const text = JSON.stringify({ Statement: { ...ok, Sid: '\\"x'.repeat(2_000_000) } });

  expect(parsePolicy(text, 'scp').ok).toBe(true);
});

test('11: without a version a variable is text', () => {
  const parsed = parsePolicyValue({ Statement: { ...ok, Resource: 'arn:aws:s3:::${aws:username}' } }, 'identity');

  expect([parsed.ok && parsed.document.version, ...lines(parsed.findings)]).toEqual([
    '2008-10-17',
    'warning /Statement/0/Resource: `${` begins no variable under version 2008-10-17',
  ]);
});

test('14: a Sid that stands twice', () => {
  const parsed = parsePolicyValue(
    {
      Statement: [
        { ...ok, Sid: 'A' },
        { ...ok, Sid: 'A' },
      ],
    },
    'identity',
  );

  expect(lines(parsed.findings)).toEqual(['warning /Statement/1/Sid: `A` stands twice']);
});

test('21: three spellings of everyone are one', () => {
  const principals = ['*', { AWS: '*' }, { AWS: ['*'] }].map((Principal) => {
    const parsed = parsePolicyValue({ Statement: { ...ok, Principal } }, 'resource');
    return parsed.ok && parsed.document.statements[0]?.principals;
  });

  const everyone = { anyone: true, aws: [], service: [], federated: [], canonicalUser: [] };
  expect(principals).toEqual([everyone, everyone, everyone]);
});

test('30: characters beyond Latin-1', () => {
  const of = (resource: string) =>
    lines(
      parsePolicy(JSON.stringify({ Statement: { ...ok, Resource: `arn:aws:s3:::${resource}` } }), 'identity').findings,
    );
  const strange = ['warning : character 80 is outside U+0020 to U+00FF, as none of a policy may be'];

  expect([of('\u00A0'), of('\u00FF'), of('\u0100'), of('🪣'), of('\u202E')]).toEqual([
    [],
    [],
    strange,
    strange,
    strange,
  ]);
});

test('32: a policy that is longer than any', () => {
  const of = (length: number) => {
    const frame = JSON.stringify({ Statement: { ...ok, Sid: '' } }).length;
    return lines(
      parsePolicy(JSON.stringify({ Statement: { ...ok, Sid: 'a'.repeat(length - frame) } }), 'identity').findings,
    );
  };

  expect([of(10_240), of(10_241)]).toEqual([
    [],
    ['warning : it has 10241 characters without blanks, and 10240 are the most'],
  ]);
});

test('33, 34: many statements, keys and values are read', () => {
  const keys = Object.fromEntries(
    Array.from({ length: 300 }, (_, key) => [
      `k${String(key)}`,
      Array.from({ length: 300 }, (_item, value) => String(value)),
    ]),
  );
  const parsed = parsePolicyValue(
    { Statement: Array.from({ length: 5000 }, () => ok).concat([{ ...ok, ...{ Condition: { StringEquals: keys } } }]) },
    'scp',
  );

  expect(
    parsed.ok && [parsed.document.statements.length, parsed.document.statements.at(-1)?.conditions.length],
  ).toEqual([5001, 300]);
});

function lines(findings: ReturnType<typeof parsePolicy>['findings']): readonly string[] {
  return findings.map(({ severity, at, message }) => `${severity} ${at}: ${message}`);
}
