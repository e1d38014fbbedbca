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
  ['7: a trailing comma', '{"Statement":[],}', ['error : not valid JSON: it has a comma before a closing bracket']],
  ['7: a comment', '{"Statement":[]} // all', ['error : not valid JSON: it has a comment']],
  ['7: a comment of another kind', '{/* all */"Statement":[]}', ['error : not valid JSON: it has a comment']],
  ['7: other quotation marks', "{'Statement':[]}", ['error : not valid JSON']],
  ['7: a byte order mark', '\uFEFF{}', ['error : not valid JSON: it begins with a byte order mark']],
  ['7: UTF-16', '{\0}\0', ['error : not valid JSON: it holds NUL characters, as UTF-16 does']],
  ['2: an empty statement', '{"Statement":null}', ['error /Statement/0: not a JSON object']],
  ['7: UTF-16 with its mark', '\uFEFF{\0}\0', ['error : not valid JSON: it begins with a byte order mark']],
  ...['2012-10-18', '2012-10-17\n', '2012', '', 'latest'].map(
    (version) =>
      [
        `12: version ${JSON.stringify(version)}`,
        JSON.stringify({ Version: version, Statement: ok }),
        [`error /Version: unknown version \`${version}\``],
      ] as const,
  ),
  [
    '12: a version of null',
    '{"Version":null,"Statement":[]}',
    ['error /Version: unknown version `null`', 'warning /Statement: empty'],
  ],
  [
    '12: a version that is a number',
    '{"Version":20121017,"Statement":[]}',
    ['error /Version: unknown version `20121017`', 'warning /Statement: empty'],
  ],
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
    '9: operators and keys that JavaScript knows',
    {
      ...ok,
      Condition: JSON.parse('{"__proto__":{"aws:k":"a"},"StringEquals":{"__proto__":"a","constructor":"b"}}'),
    },
    'identity',
    [
      'warning /Statement/0/Condition/__proto__: unknown operator `__proto__`',
      'warning /Statement/0/Condition/StringEquals/__proto__: `__proto__` names no service, as every key does',
      'warning /Statement/0/Condition/StringEquals/constructor: `constructor` names no service, as every key does',
    ],
  ],
  [
    '9: a principal type that JavaScript knows',
    { ...ok, Principal: JSON.parse('{"AWS":"111122223333","__proto__":"*"}') },
    'resource',
    ['error /Statement/0/Principal: not a principal element'],
  ],
  [
    '15: a Sid beyond ASCII, where services take other characters',
    { ...anyone, Sid: 'é x' },
    'resource',
    ['warning /Statement/0/Sid: `é x` has characters beyond ASCII'],
  ],
  ['15: a Sid that SNS writes', { ...anyone, Sid: '__default_statement_ID' }, 'resource', []],
  ['15: a Sid that is no text', { ...ok, Sid: 7 }, 'identity', ['warning /Statement/0/Sid: `7` is not text']],
  [
    '15: a Sid of other characters in an SCP',
    { ...ok, Sid: 'a-b' },
    'scp',
    ['warning /Statement/0/Sid: `a-b` is more than letters and digits'],
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
  [
    '16: no effect but null',
    { ...ok, Effect: null },
    'scp',
    ['error /Statement/0/Effect: `null` is neither `Allow` nor `Deny`'],
  ],
  [
    '16: a list of effects',
    { ...ok, Effect: ['Allow'] },
    'scp',
    ['error /Statement/0/Effect: a list is neither `Allow` nor `Deny`'],
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
    '19: a resource that is no text',
    { ...ok, Resource: null },
    'identity',
    ['error /Statement/0/Resource: neither text nor a list of texts'],
  ],
  ['19: no resource where the resource is known', { Effect: 'Allow', Action: 'ecr:*', Principal: '*' }, 'resource', []],
  [
    '19: a resource in a trust policy',
    { Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: '*', Principal: '*' },
    'trust',
    ['warning /Statement/0/NotResource: a trust policy is about its role alone'],
  ],
  ...(['identity', 'session', 'scp'] as const).map(
    (kind) =>
      [
        `20: a principal in a policy of kind ${kind}`,
        { ...ok, NotPrincipal: '*' },
        kind,
        [`warning /Statement/0/NotPrincipal: means nothing in a policy of kind ${kind}`],
      ] as const,
  ),
  ...(['endpoint', 'accessPoint', 'rcp'] as const).map(
    (kind) =>
      [
        `20: no principal in a policy of kind ${kind}`,
        { ...ok, Effect: 'Deny' },
        kind,
        ['warning /Statement/0/Principal: missing, so that the statement is about nobody'],
      ] as const,
  ),
  [
    '20: no principal in a trust policy',
    { Effect: 'Allow', Action: 'sts:AssumeRole' },
    'trust',
    ['warning /Statement/0/Principal: missing, so that the statement is about nobody'],
  ],
  [
    '20: a principal element without names',
    { ...ok, Principal: {} },
    'resource',
    ['warning /Statement/0/Principal: names nobody'],
  ],
  [
    '20: a principal element with an empty list',
    { ...ok, Principal: { AWS: [] } },
    'trust',
    [
      'warning /Statement/0/Resource: a trust policy is about its role alone',
      'warning /Statement/0/Principal: names nobody',
    ],
  ],
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
  ['22: NotPrincipal that denies', { ...ok, Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }, 'resource', []],
  [
    '22: NotPrincipal in a trust policy',
    { Effect: 'Deny', Action: 'sts:AssumeRole', NotPrincipal: { AWS: '111122223333' } },
    'trust',
    ['warning /Statement/0/NotPrincipal: is not supported in trust policies'],
  ],
  [
    '23: principals of every kind',
    {
      ...ok,
      Principal: {
        AWS: [
          '111122223333',
          'arn:aws:iam::111122223333:root',
          'arn:aws-cn:iam::111122223333:user/a/b',
          'arn:aws:iam::111122223333:role/a',
          'arn:aws:sts::111122223333:assumed-role/a/s@x',
          'arn:aws:sts::111122223333:federated-user/a',
          'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
        ],
      },
    },
    'resource',
    [],
  ],
  [
    '23: principals that are none',
    {
      ...ok,
      Principal: {
        AWS: [
          'ana',
          '11112222333',
          'AROAEXAMPLE:s1',
          'AGPAEXAMPLE',
          'arn:aws:iam::111122223333',
          'arn:aws:iam::111122223333:group/a',
          'arn:aws:sts::111122223333:assumed-role/a',
          'arn:aws:s3:::b',
          'arn:aws:iam::*:root',
          'arn:aws:iam::111122223333:user/${aws:username}',
        ],
      },
    },
    'resource',
    [
      '`ana` is neither an account nor an ARN of IAM or STS',
      '`11112222333` is neither an account nor an ARN of IAM or STS',
      '`AROAEXAMPLE:s1` is neither an account nor an ARN of IAM or STS',
      '`AGPAEXAMPLE` is neither an account nor an ARN of IAM or STS',
      '`arn:aws:iam::111122223333` names no account, user, role or session',
      '`arn:aws:iam::111122223333:group/a` is a group, which is no principal',
      '`arn:aws:sts::111122223333:assumed-role/a` names no account, user, role or session',
      '`arn:aws:s3:::b` is neither an account nor an ARN of IAM or STS',
      '`arn:aws:iam::*:root` has a wildcard, which is none in a principal',
      '`arn:aws:iam::111122223333:user/${aws:username}` has a variable, which is none in a principal',
    ].map((message) => `warning /Statement/0/Principal: ${message}`),
  ],
  [
    '23: a deleted role',
    { ...ok, Principal: { AWS: 'AROAEXAMPLE' } },
    'resource',
    ['warning /Statement/0/Principal: `AROAEXAMPLE` is the id of a user or role that is deleted'],
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
    '24: services, providers and canonical users that are none',
    {
      ...ok,
      Principal: {
        Service: ['*', 'lambda', 'S3.amazonaws.com'],
        Federated: [
          '',
          'https://accounts.google.com',
          'arn:aws:iam::111122223333:role/a',
          'arn:aws:iam::111122223333:saml-provider/a',
          'arn:aws:iam::111122223333:oidc-provider/h/p',
        ],
        CanonicalUser: ['ana'],
      },
    },
    'resource',
    [
      '`*` is no service principal',
      '`lambda` is no service principal',
      '`S3.amazonaws.com` is no service principal',
      'an empty name is no identity provider',
      '`https://accounts.google.com` is no identity provider',
      '`arn:aws:iam::111122223333:role/a` is no identity provider',
      '`ana` is no canonical user id',
    ].map((message) => `warning /Statement/0/Principal: ${message}`),
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
    '25: no action in the other list, and no resource',
    { Effect: 'Allow', NotAction: [], NotResource: [] },
    'identity',
    [
      'warning /Statement/0/NotAction: an empty list matches nothing',
      'warning /Statement/0/NotResource: an empty list matches nothing',
    ],
  ],
  [
    '26: actions as they may be spelt, of services nobody knows',
    { ...ok, Action: ['*', 'S3:getobject', 's3:*', 's3:Get?bject*', 'nosuch:Thing', 'execute-api:Invoke'] },
    'identity',
    [],
  ],
  [
    '26: actions as none is spelt',
    { ...ok, Action: ['', '**', '*:*', 's?:Get', ':Get', 's3:', 's3::Get', 's3: Get', 's3:${aws:username}', 's3:é'] },
    'identity',
    [
      '`` names no service',
      '`**` names no service',
      '`*:*` has a wildcard in its service, where `*` alone stands for all of them',
      '`s?:Get` has a wildcard in its service, where `*` alone stands for all of them',
      '`:Get` names no service',
      '`s3:` names no action',
      '`s3::Get` has more than one colon, as no action has',
      '`s3: Get` has a character that no action has',
      '`s3:${aws:username}` has more than one colon, as no action has',
      '`s3:é` has a character that no action has',
    ].map((message) => `warning /Statement/0/Action: ${message}`),
  ],
  [
    '26: an action that is no text',
    { ...ok, NotAction: [{}], Action: undefined },
    'identity',
    ['error /Statement/0/NotAction: neither text nor a list of texts'],
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
  [
    '28: ARNs that lack a part',
    {
      ...ok,
      Resource: [
        '',
        'arn',
        'arn:aws:s3::b',
        ':::::',
        'arn::s3:::b',
        'arn:aws::::b',
        'arn:aws:s3:::',
        'arn:aws:sns:::a:b',
      ],
    },
    'identity',
    [
      '`` is not an ARN',
      '`arn` is not an ARN',
      '`arn:aws:s3::b` is not an ARN',
      '`:::::` is not an ARN',
      '`arn::s3:::b` names no partition',
      '`arn:aws::::b` names no service',
      '`arn:aws:s3:::` names no resource',
    ].map((message) => `warning /Statement/0/Resource: ${message}`),
  ],
  ['29: an ARN of 2,048 characters', { ...ok, Resource: `arn:aws:s3:::${'a'.repeat(2035)}` }, 'identity', []],
  [
    '29: an ARN of 2,049 characters',
    { ...ok, Resource: `arn:aws:s3:::${'a'.repeat(2036)}` },
    'identity',
    ['warning /Statement/0/Resource: an ARN has 2048 characters at most'],
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
    where({ StringIs: { 'aws:a/b': 'x' } }),
    'identity',
    ['warning /Statement/0/Condition/StringIs: unknown operator `StringIs`'],
  ],
  [
    '35: IfExists on Null',
    where({ NullIfExists: { 'aws:k': 'true' } }),
    'identity',
    ['warning /Statement/0/Condition/NullIfExists: unknown operator `NullIfExists`'],
  ],
  [
    '35: no value',
    where({ 'ForAnyValue:StringEquals': { 'aws:a/b~c': [] } }),
    'identity',
    ['warning /Statement/0/Condition/ForAnyValue:StringEquals/aws:a~1b~0c: an empty list matches nothing'],
  ],
  [
    '35: IfExists on Null, of a set',
    where({ 'ForAllValues:Null': { 'aws:k': 'true' } }),
    'identity',
    ['warning /Statement/0/Condition/ForAllValues:Null: unknown operator `ForAllValues:Null`'],
  ],
  [
    '35: IfExists before a set, and twice',
    where({ 'StringEqualsIfExists:ForAnyValue': { 'aws:k': 'a' }, StringEqualsIfExistsIfExists: { 'aws:k': 'a' } }),
    'identity',
    [
      'warning /Statement/0/Condition/StringEqualsIfExists:ForAnyValue: unknown operator `StringEqualsIfExists:ForAnyValue`',
      'warning /Statement/0/Condition/StringEqualsIfExistsIfExists: unknown operator `StringEqualsIfExistsIfExists`',
    ],
  ],
  ['35: an operator in another case', where({ 'forallvalues:stringequalsifexists': { 'aws:k': 'a' } }), 'identity', []],
  [
    '35: an operator without keys, or with what is none',
    where({ StringEquals: {}, StringLike: [], Bool: null }),
    'identity',
    [
      'error /Statement/0/Condition/StringLike: not a JSON object',
      'error /Statement/0/Condition/Bool: not a JSON object',
    ],
  ],
  [
    '35: a value that is no text',
    where({ 'ForAnyValue:StringEquals': { 'aws:a': [['x']], 'aws:b': null } }),
    'identity',
    [
      'error /Statement/0/Condition/ForAnyValue:StringEquals/aws:a: neither text nor a list of texts',
      'error /Statement/0/Condition/ForAnyValue:StringEquals/aws:b: neither text nor a list of texts',
    ],
  ],
  [
    '35: nested sets',
    where({ 'ForAnyValue:ForAllValues:StringEquals': { 'aws:k': 'a' } }),
    'identity',
    [
      'warning /Statement/0/Condition/ForAnyValue:ForAllValues:StringEquals: unknown operator `ForAnyValue:ForAllValues:StringEquals`',
    ],
  ],
  [
    '36: Null with another value',
    where({ Null: { 'aws:k': ['true', false, 'no'] } }),
    'identity',
    ['warning /Statement/0/Condition/Null/aws:k: `no` is neither `true` nor `false`'],
  ],
  [
    '36: Null that asks for both',
    where({ Null: { 'aws:k': [true, 'False'] } }),
    'identity',
    ['warning /Statement/0/Condition/Null/aws:k: holds always, with `true` beside `false`'],
  ],
  [
    '37: what is no Boolean',
    where({ Bool: { 'aws:k': [1, 'yes', ' true'] } }),
    'identity',
    [
      'warning /Statement/0/Condition/Bool/aws:k: `1` is neither `true` nor `false`',
      'warning /Statement/0/Condition/Bool/aws:k: `yes` is neither `true` nor `false`',
      'warning /Statement/0/Condition/Bool/aws:k: ` true` is neither `true` nor `false`',
    ],
  ],
  ['37: Booleans as they come', where({ Bool: { 'aws:k': ['True', true] } }), 'identity', []],
  [
    '38: numbers',
    where({ NumericEquals: { 'aws:k': ['1e3', 12345678901234567890, 'x'] } }),
    'identity',
    [
      'warning /Statement/0/Condition/NumericEquals/aws:k: `1e3` has an exponent, and numbers are whole or decimal',
      'warning /Statement/0/Condition/NumericEquals/aws:k: `12345678901234567000` is too large to be compared exactly',
      'warning /Statement/0/Condition/NumericEquals/aws:k: `x` is not a number',
    ],
  ],
  [
    '38: numbers as they come, and no others',
    where({ NumericLessThan: { 'aws:k': [7, '-0.5', '.5', '7.', '1e400', '0x1', '', '1'.repeat(15)] } }),
    'identity',
    [
      'warning /Statement/0/Condition/NumericLessThan/aws:k: `1e400` is too large to be compared exactly',
      'warning /Statement/0/Condition/NumericLessThan/aws:k: `0x1` is not a number',
      'warning /Statement/0/Condition/NumericLessThan/aws:k: `` is not a number',
    ],
  ],
  [
    '38: dates',
    where({ DateLessThan: { 'aws:k': ['1577836800', '2020-01-01T00:00:00Z', 'soon'] } }),
    'identity',
    ['warning /Statement/0/Condition/DateLessThan/aws:k: `soon` is not a date'],
  ],
  [
    '38: dates that no calendar has',
    where({
      DateEquals: { 'aws:k': ['2020-02-29', '2021-02-29', '2020-04-31T00:00:00Z', '2020-13-01', '2020-01-01 '] },
    }),
    'identity',
    [
      'warning /Statement/0/Condition/DateEquals/aws:k: `2021-02-29` is not a date',
      'warning /Statement/0/Condition/DateEquals/aws:k: `2020-04-31T00:00:00Z` is not a date',
      'warning /Statement/0/Condition/DateEquals/aws:k: `2020-13-01` is not a date',
      'warning /Statement/0/Condition/DateEquals/aws:k: `2020-01-01 ` is not a date',
    ],
  ],
  [
    '39: addresses',
    where({ IpAddress: { 'aws:k': ['0.0.0.0/0', '10.1.2.3/8', '::1', '10.0.0.0/33'] } }),
    'identity',
    ['warning /Statement/0/Condition/IpAddress/aws:k: `10.0.0.0/33` is neither an address nor a block of addresses'],
  ],
  [
    '39: addresses of IPv6',
    where({
      NotIpAddress: { 'aws:k': ['2001:db8::/32', '::/129', '::ffff:10.0.0.1', '::ffff:0:0/96', 'fe80::1%eth0'] },
    }),
    'identity',
    [
      'warning /Statement/0/Condition/NotIpAddress/aws:k: `::/129` is neither an address nor a block of addresses',
      'warning /Statement/0/Condition/NotIpAddress/aws:k: `::ffff:10.0.0.1` is IPv4 spelt as IPv6, which holds no IPv4 address',
      'warning /Statement/0/Condition/NotIpAddress/aws:k: `::ffff:0:0/96` is IPv4 spelt as IPv6, which holds no IPv4 address',
      'warning /Statement/0/Condition/NotIpAddress/aws:k: `fe80::1%eth0` is neither an address nor a block of addresses',
    ],
  ],
  [
    '40: an ARN operator without an ARN',
    where({ ArnLike: { 'aws:k': 'role/*' } }),
    'identity',
    ['warning /Statement/0/Condition/ArnLike/aws:k: `role/*` is not an ARN'],
  ],
  [
    '40: an ARN operator and six parts',
    where({ ArnLike: { 'aws:k': ['*:*:*:*:*:*', 'arn:aws:iam::*:role/a:b', 'urn:aws:iam::1:role/a'] } }),
    'identity',
    ['warning /Statement/0/Condition/ArnLike/aws:k: `urn:aws:iam::1:role/a` is not an ARN'],
  ],
  [
    '41: variables',
    where({ StringEquals: { 'aws:k': ['${aws:username}', "${k, 'd'}", '${*}${?}${$}', '${${a}}'] } }),
    'identity',
    ['warning /Statement/0/Condition/StringEquals/aws:k: a variable has no end, or another inside'],
  ],
  [
    '41: variables that name nothing, or default to what is no text',
    where({
      StringLike: { 'aws:k': ['${}', "${ , 'd'}", '${aws:username, d}', "${aws:username,'d'}", '${aws:username'] },
    }),
    'identity',
    [
      'warning /Statement/0/Condition/StringLike/aws:k: a variable has no name',
      'warning /Statement/0/Condition/StringLike/aws:k: a variable has no name',
      'warning /Statement/0/Condition/StringLike/aws:k: the default of a variable stands in single quotes',
      'warning /Statement/0/Condition/StringLike/aws:k: a variable has no end, or another inside',
    ],
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
    '42: a key that stands twice, in two cases, and a tag with a stroke',
    where({
      StringEquals: { 'aws:RequestTag/a/Team': 'x', 'aws:requesttag/a/team': 'y' },
      StringLike: { 'aws:requesttag/a/team': 'z' },
    }),
    'identity',
    [
      'warning /Statement/0/Condition/StringEquals/aws:requesttag~1a~1team: is `aws:RequestTag/a/Team` in another case, and both must hold',
    ],
  ],
  [
    '46: an SCP in the whole language',
    {
      Effect: 'Allow',
      NotAction: 'iam:*',
      NotResource: 'arn:aws:s3:::b',
      Condition: { Bool: { 'aws:SecureTransport': true } },
    },
    'scp',
    [],
  ],
  ['47: the RCP of AWS', { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' }, 'rcp', []],
  [
    '47: an RCP that allows less',
    { Effect: 'Allow', Action: 's3:*', Resource: '*', Principal: '*' },
    'rcp',
    ['warning /Statement/0/Effect: is `Deny` in every RCP but the one of AWS'],
  ],
  [
    '47: an RCP with NotPrincipal',
    { Effect: 'Deny', Action: 's3:*', Resource: '*', NotPrincipal: { AWS: '111122223333' } },
    'rcp',
    ['warning /Statement/0/NotPrincipal: is not supported in RCPs'],
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
    Statement: [where({ StringEquals: { 'aws:k': ['${aws:username}'] } })],
  });
  const answers = Array.from(text, (_, length) => lines(parsePolicy(text.slice(0, length), 'identity').findings));

  expect(answers).toEqual(
    answers.map((_, length) => [length === 0 ? 'error : empty' : 'error : not valid JSON: it ends too early']),
  );
  expect(parsePolicy(text, 'identity').ok).toBe(true);
});

test('8: what stands twice is told, with its place', () => {
  const text =
    '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:a":"true"},"Bool":{"aws:a/b":"true","aws:a/b":"false"}},"Effect":"Deny"}],"Version":"2012-10-17"}';

  expect(lines(parsePolicy(text, 'identity').findings)).toEqual([
    'warning /Statement/0/Condition/Bool: stands twice, and only the last one counts',
    'warning /Statement/0/Condition/Bool/aws:a~1b: stands twice, and only the last one counts',
    'warning /Statement/0/Effect: stands twice, and only the last one counts',
  ]);
});

test('8: what stands twice in the deep is told once, at a place that can be written', () => {
  const twice = Array.from({ length: 10_000 }, () => '"a":1,"a":1').join();
  const text = `{"Statement":[],"Id":${'['.repeat(10_000)}{${twice}}${']'.repeat(10_000)}}`;

  expect(lines(parsePolicy(text, 'resource').findings)).toEqual([
    'warning /Id/0/0/0/0/0/0/0: stands twice, and only the last one counts',
    'warning /Statement: empty',
  ]);
});

test('9: a document pollutes no prototype, and nothing vanishes from it', () => {
  const text =
    '{"__proto__":{"Version":"2012-10-17"},"constructor":{"prototype":{"Effect":"Allow"}},"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"__proto__":["a"]}}}}';
  const parsed = parsePolicy(text, 'identity');

  expect(lines(parsed.findings)).toEqual([
    'warning /Statement/0/Condition/StringEquals/__proto__: `__proto__` names no service, as every key does',
    'warning /__proto__: unknown element `__proto__`',
    'warning /constructor: unknown element `constructor`',
  ]);
  expect(parsed.ok && [parsed.document.version, parsed.document.statements[0]?.conditions]).toEqual([
    '2008-10-17',
    [
      {
        operator: 'StringEquals',
        negated: false,
        ifExists: false,
        key: '__proto__',
        values: ['a'],
        spelling: 'StringEquals',
      },
    ],
  ]);
  expect([Reflect.has({}, 'Version'), Reflect.has({}, 'Effect')]).toEqual([false, false]);
});

test.each([
  ['a condition', '"Condition":', 'error /Statement/0/Condition: not a JSON object'],
  [
    'a value',
    '"Condition":{"Bool":{"aws:k":',
    'error /Statement/0/Condition/Bool/aws:k: neither text nor a list of texts',
  ],
  ['a principal', '"Principal":', 'error /Statement/0/Principal: not a principal element'],
])('10: depth in the place of %s does no harm', (_shows, start, finding) => {
  const closing = '}'.repeat(start.split('{').length - 1);
  const statement = `{"Effect":"Deny","Action":"*","Resource":"*",${start}${'['.repeat(10_000)}${']'.repeat(10_000)}${closing}}`;

  expect(lines(parsePolicy(`{"Statement":${statement}}`, 'resource').findings)).toEqual([finding]);
});

test('13: a statement alone is a list of one, and no statement is none', () => {
  const of = (Statement: unknown) => parsePolicyValue({ Version: '2008-10-17', Statement }, 'identity');

  expect(of(ok)).toEqual(of([ok]));
  expect(of([])).toEqual({
    ok: true,
    document: { version: '2008-10-17', statements: [] },
    findings: [{ at: '/Statement', message: 'empty', severity: 'warning' }],
  });
});

test('10: depth does no harm', () => {
  const deep = `{"Version":"2012-10-17","Statement":[],"Id":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

  expect(lines(parsePolicy(deep, 'resource').findings)).toEqual(['warning /Statement: empty']);
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

test('30: escapes are read as the characters that they are', () => {
  const of = (escaped: string) =>
    lines(parsePolicy(`{"Id":"${escaped}","Statement":[]}`, 'resource').findings).filter((line) => /U\+/.test(line));
  const strange = ['warning : character 7 is outside U+0020 to U+00FF, as none of a policy may be'];

  expect(['\\u00a0', '\\u00FF', '\\t\\n\\r', '\\\\u0100', '\\/\\"'].map(of)).toEqual([[], [], [], [], []]);
  expect(['\\u0100', '\\u0000', '\\u001F', '\\b', '\\ud83e\\udea3', '\u202E'].map(of)).toEqual([
    strange,
    strange,
    strange,
    strange,
    strange,
    strange,
  ]);
});

test('31: a document that is still encoded says so, and is not decoded', () => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: ok });
  const once = encodeURIComponent(text);
  const of = (encoded: string) => lines(parsePolicy(encoded, 'identity').findings);

  const encodings = [
    once,
    encodeURIComponent(once),
    encodeURIComponent(encodeURIComponent(once)),
    encodeURIComponent(JSON.stringify({ Statement: ok }, null, 1)).replaceAll('%20', '+'),
    `${once}%7`,
    once.replace('%22', '%2G'),
    encodeURIComponent('{}').toLowerCase(),
  ].map(of);

  expect(encodings).toEqual([
    ['error : not valid JSON: it looks percent-encoded'],
    ['error : not valid JSON: it looks percent-encoded more than once'],
    ['error : not valid JSON: it looks percent-encoded more than once'],
    ['error : not valid JSON: it looks percent-encoded'],
    ['error : not valid JSON: it looks percent-encoded, and a `%` in it begins no code'],
    ['error : not valid JSON: it looks percent-encoded, and a `%` in it begins no code'],
    ['error : not valid JSON: it looks percent-encoded'],
  ]);
});

test('31: codes and plus signs within a document are plain text', () => {
  const text = JSON.stringify({ Statement: { ...ok, Resource: 'arn:aws:s3:::b/a%20b+c%zz' } });
  const parsed = parsePolicy(text, 'identity');

  expect([parsed.findings, parsed.ok && parsed.document.statements[0]?.resources]).toEqual([
    [],
    ['arn:aws:s3:::b/a%20b+c%zz'],
  ]);
});

test.each([
  ['identity', 10_240, ' without blanks'],
  ['boundary', 6144, ' without blanks'],
  ['trust', 8192, ' without blanks'],
  ['session', 2048, ''],
  ['scp', 5120, ''],
  ['rcp', 5120, ''],
  ['endpoint', 20_480, ''],
] as const)('32: a policy of kind %s has %i characters at most', (kind, most, counted) => {
  const of = (length: number, blanks: number) => {
    const frame = JSON.stringify({ Id: '', Statement: [] });
    const text = frame.replace('""', `"${'a'.repeat(length - frame.length)}"`) + ' '.repeat(blanks);
    return lines(parsePolicy(text, kind).findings).filter((line) => line.endsWith('the most'));
  };
  const told = [`warning : it has ${String(most + 1)} characters${counted}, and ${String(most)} are the most`];

  expect([of(most - 1, 0), of(most, 0), of(most + 1, 0)]).toEqual([[], [], told]);
  expect(of(most, 1)).toEqual(counted === '' ? told : []);
});

test('32: the policies of resources have the limits of their services', () => {
  const text = JSON.stringify({ Id: 'a'.repeat(100_000), Statement: anyone });

  expect([parsePolicy(text, 'resource').findings, parsePolicy(text, 'accessPoint').findings]).toEqual([[], []]);
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

test('33: ten thousand statements are read', () => {
  const text = JSON.stringify({ Statement: Array.from({ length: 10_000 }, () => anyone) });
  const parsed = parsePolicy(text, 'resource');

  expect([parsed.findings, parsed.ok && parsed.document.statements.length]).toEqual([[], 10_000]);
});

test('34: a thousand keys of a thousand values are read', () => {
  const values = Array.from({ length: 1000 }, (_, value) => String(value));
  const keys = Object.fromEntries(values.map((key) => [`aws:k${key}`, values]));
  const text = JSON.stringify({ Statement: { ...anyone, Condition: { StringEquals: keys } } });
  const parsed = parsePolicy(text, 'resource');
  const [statement] = parsed.ok ? parsed.document.statements : [];

  expect(parsed.findings).toEqual([]);
  expect(statement?.conditions.map((condition) => condition.values.length)).toEqual(values.map(() => 1000));
});

test('33: as many findings as there are statements are told', () => {
  const Statement = Array.from({ length: 200_000 }, () => ({ ...ok, Sid: 'A' }));

  expect(parsePolicyValue({ Statement }, 'identity').findings.length).toBe(199_999);
});

test.each([
  ['a number', { NumericEquals: { 'aws:k': `${'1'.repeat(300_000)}x` } }],
  ['a date', { DateEquals: { 'aws:k': `${'1'.repeat(300_000)}x` } }],
  ['base64', { BinaryEquals: { 'aws:k': `${'A'.repeat(300_000)}!` } }],
  ['an address', { IpAddress: { 'aws:k': `${'1:'.repeat(150_000)}x` } }],
  ['an operator', { [`${'IfExists'.repeat(40_000)}x`]: { 'aws:k': 'a' } }],
  ['a variable', { StringLike: { 'aws:k': `\${${' '.repeat(300_000)}x,y}` } }],
])('27: %s of many characters is judged in one pass', (_shows, Condition) => {
  expect(parsePolicyValue({ Version: '2012-10-17', Statement: where(Condition) }, 'identity').findings.length).toBe(1);
});

test('27: runs of stars are a pattern like any other', () => {
  const stars = `${'a*'.repeat(50)}b`;
  const statement = { Effect: 'Deny', Action: `s3:${stars}`, Resource: `arn:aws:s3:::${stars}` };

  expect(parsePolicyValue({ Statement: statement }, 'identity').findings).toEqual([]);
});

function lines(findings: ReturnType<typeof parsePolicy>['findings']): readonly string[] {
  return findings.map(({ severity, at, message }) => `${severity} ${at}: ${message}`);
}
