import { expect, test } from 'vitest';
import {
  all,
  ana,
  type Asked,
  deny,
  home,
  level,
  other,
  outcome,
  policy,
  read,
  root,
  session,
  stranger,
  unread,
} from '../rules/ask.ts';

type Block = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const mapped = '::ffff:10.0.0.1';
const roleArn = `arn:aws:iam::${home}:role/a/b`;
const paths = ['o-1/r-1/ou-1/ou-2/', 'o-2/r-2/'];

/** What it shows, the condition block, the context, whether the block holds. */
const conditions: readonly (readonly [shows: string, block: Block, context: Asked['context'], holds: boolean])[] = [
  ['27: stars that fit', { StringLike: { 'aws:k': `${'a*'.repeat(50)}b` } }, { 'aws:k': `${'a'.repeat(5000)}b` }, true],
  ['27: stars that do not', { StringLike: { 'aws:k': `${'a*'.repeat(50)}b` } }, { 'aws:k': 'a'.repeat(5000) }, false],
  ['27: stars and marks', { StringLike: { 'aws:k': `${'?a*'.repeat(50)}b` } }, { 'aws:k': 'a'.repeat(5000) }, false],
  ['35: an operator that is none', { StringIs: { 'aws:k': 'a' } }, { 'aws:k': 'a' }, false],
  ['35: IfExists on Null', { NullIfExists: { 'aws:k': 'true' } }, {}, false],
  ['35: ForAllValues of a key that is missing', { 'ForAllValues:StringEquals': { 'aws:k': 'a' } }, {}, true],
  ['35: ForAllValues of no value', { 'ForAllValues:StringEquals': { 'aws:k': 'a' } }, { 'aws:k': [] }, true],
  [
    '35: ForAllValues that Null guards',
    { 'ForAllValues:StringEquals': { 'aws:k': 'a' }, Null: { 'aws:k': 'false' } },
    {},
    false,
  ],
  ['35: ForAnyValue of a key that is missing', { 'ForAnyValue:StringEquals': { 'aws:k': 'a' } }, {}, false],
  ['35: ForAnyValue of no value', { 'ForAnyValue:StringEquals': { 'aws:k': 'a' } }, { 'aws:k': [] }, false],
  ['35: ForAnyValue with an empty list', { 'ForAnyValue:StringEquals': { 'aws:k': [] } }, { 'aws:k': ['a'] }, false],
  ['35: ForAllValues with an empty list', { 'ForAllValues:StringEquals': { 'aws:k': [] } }, { 'aws:k': ['a'] }, false],
  ['35: an empty list, negated', { StringNotEquals: { 'aws:k': [] } }, { 'aws:k': 'a' }, true],
  ['35: nested sets', { 'ForAnyValue:ForAllValues:StringEquals': { 'aws:k': 'a' } }, { 'aws:k': ['a'] }, false],
  ['36: Null true', { Null: { 'aws:k': true } }, {}, true],
  ['36: Null true of a key that is there', { Null: { 'aws:k': 'True' } }, { 'aws:k': 'a' }, false],
  ['36: Null false', { Null: { 'aws:k': 'FALSE' } }, { 'aws:k': 'a' }, true],
  ['36: Null with both', { Null: { 'aws:k': ['true', 'false'] } }, {}, true],
  ['36: Null with another text', { Null: { 'aws:k': 'no' } }, { 'aws:k': 'a' }, false],
  ['36: Null of an empty text', { Null: { 'aws:k': 'true' } }, { 'aws:k': '' }, true],
  ['37: Bool in another case', { Bool: { 'aws:k': 'True' } }, { 'aws:k': 'true' }, true],
  ['37: Bool without quotes', { Bool: { 'aws:k': true } }, { 'aws:k': 'TRUE' }, true],
  ['37: Bool of another text', { Bool: { 'aws:k': 'yes' } }, { 'aws:k': 'yes' }, false],
  ['37: Bool false of a key that is missing', { Bool: { 'aws:k': 'false' } }, {}, false],
  ['38: an exponent', { NumericEquals: { 'aws:k': '1e3' } }, { 'aws:k': '1000' }, true],
  ['38: a large number', { NumericGreaterThan: { 'aws:k': 1 } }, { 'aws:k': '12345678901234567890' }, true],
  ['38: what is no number', { NumericNotEquals: { 'aws:k': 1 } }, { 'aws:k': 'x' }, true],
  ['38: epoch and ISO', { DateEquals: { 'aws:k': '1577836800' } }, { 'aws:k': '2020-01-01T00:00:00Z' }, true],
  ['38: a date that is none', { DateLessThan: { 'aws:k': 'soon' } }, { 'aws:k': '2020-01-01T00:00:00Z' }, false],
  [
    '38: a day in the year 9999',
    { DateLessThan: { 'aws:k': '9999-12-31T23:59:59Z' } },
    { 'aws:k': '2020-01-01T00:00:00Z' },
    true,
  ],
  ['39: every IPv4 address', { IpAddress: { 'aws:k': '0.0.0.0/0' } }, { 'aws:k': '255.255.255.255' }, true],
  ['39: no IPv6 address', { IpAddress: { 'aws:k': '0.0.0.0/0' } }, { 'aws:k': '::1' }, false],
  ['39: a prefix that is none', { IpAddress: { 'aws:k': '10.0.0.0/33' } }, { 'aws:k': '10.0.0.0' }, false],
  ['39: a prefix that is none, negated', { NotIpAddress: { 'aws:k': '10.0.0.0/33' } }, { 'aws:k': '10.0.0.0' }, false],
  ['39: host bits that are set', { IpAddress: { 'aws:k': '10.1.2.3/8' } }, { 'aws:k': '10.9.9.9' }, true],
  ['39: IPv4 spelt as IPv6, in the policy', { IpAddress: { 'aws:k': mapped } }, { 'aws:k': '10.0.0.1' }, false],
  ['39: IPv4 spelt as IPv6, in the request', { IpAddress: { 'aws:k': '10.0.0.0/8' } }, { 'aws:k': mapped }, false],
  ['39: both spelt as IPv6', { IpAddress: { 'aws:k': '::ffff:a00:0/104' } }, { 'aws:k': mapped }, true],
  ['39: a list of both', { IpAddress: { 'aws:k': ['10.0.0.0/8', '2001:db8::/32'] } }, { 'aws:k': '2001:DB8::7' }, true],
  ['40: StringLike crosses colons', { StringLike: { 'aws:k': 'arn:aws:*role/a*' } }, { 'aws:k': roleArn }, true],
  ['40: ArnLike does not', { ArnLike: { 'aws:k': 'arn:aws:*role/a*' } }, { 'aws:k': roleArn }, false],
  [
    '40: ArnLike is free in the last part',
    { ArnLike: { 'aws:k': 'arn:aws:sns:*:*:a*c' } },
    { 'aws:k': 'arn:aws:sns:x:1:a:b:c' },
    true,
  ],
  [
    '40: StringEquals knows no star',
    { StringEquals: { 'aws:k': 'arn:aws:iam::*:role/a/b' } },
    { 'aws:k': roleArn },
    false,
  ],
  ['40: ArnEquals does', { ArnEquals: { 'aws:k': 'arn:aws:iam::*:role/a/b' } }, { 'aws:k': roleArn }, true],
  ['41: a variable', { StringEquals: { 'aws:k': '${aws:username}' } }, { 'aws:k': 'ana', 'aws:username': 'ana' }, true],
  ['41: plain characters', { StringEquals: { 'aws:k': '${*}${?}${$}' } }, { 'aws:k': '*?$' }, true],
  ['41: a default', { StringEquals: { 'aws:k': "${aws:PrincipalTag/t, 'd'}" } }, { 'aws:k': 'd' }, true],
  [
    '41: a default that is not needed',
    { StringEquals: { 'aws:k': "${aws:PrincipalTag/t, 'd'}" } },
    { 'aws:k': 'd', 'aws:PrincipalTag/t': 'e' },
    false,
  ],
  ['41: a variable nobody knows', { StringLike: { 'aws:k': '${aws:nosuch}*' } }, { 'aws:k': 'a' }, false],
  ['41: a variable nobody knows, negated', { StringNotLike: { 'aws:k': '${aws:nosuch}*' } }, { 'aws:k': 'a' }, true],
  [
    '41: a variable in another',
    { StringEquals: { 'aws:k': '${${aws:b}}' } },
    { 'aws:k': 'a', 'aws:b': 'aws:c', 'aws:c': 'a' },
    false,
  ],
  ['41: a value that is a star', { StringLike: { 'aws:k': '${aws:b}' } }, { 'aws:k': 'anything', 'aws:b': '*' }, false],
  [
    '41: a value that is a star, and the key too',
    { StringLike: { 'aws:k': '${aws:b}' } },
    { 'aws:k': '*', 'aws:b': '*' },
    true,
  ],
  ['42: a key in another case', { StringEquals: { 'AWS:RequestTag/Team': 'x' } }, { 'aws:requesttag/team': 'x' }, true],
  [
    '42: a value in another case',
    { StringEquals: { 'aws:RequestTag/Team': 'X' } },
    { 'aws:RequestTag/Team': 'x' },
    false,
  ],
  ['42: a tag with strokes', { StringEquals: { 'aws:RequestTag/a/b': 'x' } }, { 'aws:RequestTag/a/b': 'x' }, true],
  ['42: a key in two cases', { StringEquals: { 'aws:k': 'x', 'AWS:K': 'y' } }, { 'aws:k': 'x' }, false],
  [
    '43: a path below an OU',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*/ou-1/*' } },
    { 'aws:PrincipalOrgPaths': paths },
    true,
  ],
  [
    '43: an OU itself, and nothing below',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/' } },
    { 'aws:PrincipalOrgPaths': paths },
    false,
  ],
  [
    '43: another organization',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-3/*' } },
    { 'aws:PrincipalOrgPaths': paths },
    false,
  ],
  [
    '43: every path',
    { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } },
    { 'aws:PrincipalOrgPaths': paths },
    false,
  ],
  [
    '43: paths without a set',
    { StringLike: { 'aws:PrincipalOrgPaths': 'o-1/*' } },
    { 'aws:PrincipalOrgPaths': paths },
    false,
  ],
];

test.each(conditions)('%s', (_shows, block, context = {}, holds) => {
  const allowing = policy('identity', { ...all, Condition: block });

  expect(outcome({ identity: [allowing], context })).toBe(holds ? 'allowed' : 'implicitlyDenied');
});

const stars = `${'a*'.repeat(50)}b`;
const bucket = `arn:aws:s3:::${'a'.repeat(60)}`;
const own = (statement: object) => policy('resource', { ...all, Principal: '*', ...statement });
const scp = (...statements: readonly unknown[]) => level('scp', ...statements);
const rcp = [level('rcp', { ...all, Principal: '*' }, { ...deny, Action: 's3:*', Principal: '*' })];
const detached = { target: 'ou-1', policies: [] };
const literal = (version: object) =>
  read('identity', { ...version, Statement: { ...all, Resource: 'arn:aws:s3:::b/${aws:username}' } });

/** What it shows, the question, the answer. */
const decisions: readonly (readonly [shows: string, asked: Asked, answer: string])[] = [
  [
    '11: without a version a variable is text',
    { identity: [literal({})], arn: 'arn:aws:s3:::b/ana', context: { 'aws:username': 'ana' } },
    'implicitlyDenied',
  ],
  [
    '11: and the text is itself',
    { identity: [literal({ Version: '2008-10-17' })], arn: 'arn:aws:s3:::b/${aws:username}' },
    'allowed',
  ],
  [
    '11: with the new version it is a variable',
    { identity: [literal({ Version: '2012-10-17' })], arn: 'arn:aws:s3:::b/ana', context: { 'aws:username': 'ana' } },
    'allowed',
  ],
  [
    '9: a deny beside keys that JavaScript knows',
    {
      identity: [
        policy(
          'identity',
          all,
          JSON.parse('{"__proto__":{"Effect":"Allow"},"Effect":"Deny","Action":"*","Resource":"*"}'),
        ),
      ],
    },
    'explicitlyDenied',
  ],
  [
    '9: a condition on a key that JavaScript knows',
    {
      identity: [
        policy(
          'identity',
          JSON.parse('{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"__proto__":"a"}}}'),
        ),
      ],
    },
    'implicitlyDenied',
  ],
  ['13: no statement allows nothing', { identity: [read('identity', { Statement: [] })] }, 'implicitlyDenied'],
  [
    '20: an identity policy that allows somebody else allows nothing',
    { identity: [policy('identity', { ...all, Principal: { AWS: other } })] },
    'implicitlyDenied',
  ],
  [
    '20: an identity policy that names its own user allows nothing',
    { identity: [policy('identity', { ...all, Principal: { AWS: `arn:aws:iam::${home}:user/ana` } })] },
    'implicitlyDenied',
  ],
  ['20: a resource policy about nobody', { identity: [], resource: policy('resource', all) }, 'implicitlyDenied'],
  [
    '23: a wildcard in a principal is none',
    { identity: [], resource: own({ Principal: { AWS: `arn:aws:iam::${home}:user/*` } }) },
    'implicitlyDenied',
  ],
  [
    '23: the id of a deleted user is no user',
    { identity: [], resource: own({ Principal: { AWS: 'AIDAEXAMPLE' } }) },
    'implicitlyDenied',
  ],
  [
    '27: runs of stars in a resource that fits',
    { identity: [policy('identity', { ...all, Resource: `arn:aws:s3:::${stars}` })], arn: `${bucket}b` },
    'allowed',
  ],
  [
    '27: runs of stars in a resource that does not',
    { identity: [policy('identity', { ...all, Resource: `arn:aws:s3:::${stars}` })], arn: bucket },
    'implicitlyDenied',
  ],
  [
    '27: runs of stars in an action',
    { identity: [policy('identity', { ...all, Action: `s3:${stars}` })], action: `s3:${'a'.repeat(60)}` },
    'implicitlyDenied',
  ],
  [
    '27: runs of stars on a key nobody knows',
    { identity: [policy('identity', { ...all, Condition: { StringLike: { 'aws:k': stars } } })], rest: 'unknown' },
    'conditional',
  ],
  [
    '27: runs of stars on a key nobody knows, which a deny crosses',
    {
      identity: [
        policy(
          'identity',
          { ...all, Condition: { StringLike: { 'aws:k': stars } } },
          { ...deny, Condition: { StringLike: { 'aws:k': 'a*b' } } },
        ),
      ],
      rest: 'unknown',
    },
    'implicitlyDenied',
  ],
  [
    '28: a pattern with fewer parts stands for all that begins so',
    { identity: [policy('identity', { ...all, Resource: 'arn:aws:s3' })] },
    'allowed',
  ],
  [
    '28: a pattern with fewer parts of another service',
    { identity: [policy('identity', { ...all, Resource: 'arn:aws:sqs' })] },
    'implicitlyDenied',
  ],
  ['28: an ARN of wildcards', { identity: [policy('identity', { ...all, Resource: 'arn:*:*:*:*:*' })] }, 'allowed'],
  [
    '28: a part that is empty',
    { identity: [policy('identity', { ...all, Resource: 'arn::s3:::b/k' })] },
    'implicitlyDenied',
  ],
  [
    '44: a policy that is attached twice allows once',
    { identity: [policy('identity', all), policy('identity', all)] },
    'allowed',
  ],
  [
    '44: a policy that is attached twice denies',
    { identity: [policy('identity', all), policy('identity', deny), policy('identity', deny)] },
    'explicitlyDenied',
  ],
  [
    '44: an SCP that is attached twice at one level',
    { scp: [{ target: 'r-1', policies: [policy('scp', all), policy('scp', all)] }] },
    'allowed',
  ],
  ['45: a boundary that nobody could read', unread('boundary'), 'unknown'],
  ['45: whom nobody allows, it allows no more', { identity: [], ...unread('boundary') }, 'implicitlyDenied'],
  [
    '45: whom another policy denies, it allows no more',
    { identity: [policy('identity', all, deny)], ...unread('boundary') },
    'explicitlyDenied',
  ],
  [
    '45: of a session whose role the resource names',
    {
      as: session,
      identity: [],
      resource: own({ Principal: { AWS: `arn:aws:iam::${home}:role/app` } }),
      ...unread('boundary'),
    },
    'unknown',
  ],
  [
    '45: a boundary that is empty allows nothing',
    { boundary: [read('boundary', { Statement: [] })] },
    'implicitlyDenied',
  ],
  ['45: no boundary limits nothing', {}, 'allowed'],
  ['46: in no organization there are no SCPs', { scp: [] }, 'allowed'],
  ['46: FullAWSAccess at every level', { scp: [scp(all), scp(all)] }, 'allowed'],
  ['46: FullAWSAccess detached at the OU', { scp: [scp(all), detached, scp(all)] }, 'implicitlyDenied'],
  [
    '46: FullAWSAccess detached at the OU, for root',
    { as: root, identity: [], scp: [scp(all), detached] },
    'implicitlyDenied',
  ],
  [
    '46: the management account is exempt',
    { scp: [scp(all), detached, scp(all, deny)], facts: { principal: { inManagementAccount: true } } },
    'allowed',
  ],
  [
    '46: a service-linked role is exempt',
    { as: session, scp: [scp(deny)], facts: { principal: { serviceLinkedRole: true } } },
    'allowed',
  ],
  ['46: a deny above wins', { scp: [scp(all, deny), scp(all)] }, 'explicitlyDenied'],
  ['46: an SCP that nobody could read', unread('scp'), 'unknown'],
  [
    '46: an allow with a condition',
    {
      scp: [scp({ ...all, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      context: { 'aws:SecureTransport': 'false' },
    },
    'implicitlyDenied',
  ],
  ['47: an RCP denies', { rcp }, 'explicitlyDenied'],
  ['47: it denies root', { as: root, identity: [], rcp }, 'explicitlyDenied'],
  ['47: it denies strangers', { as: stranger, resource: own({}), rcp }, 'explicitlyDenied'],
  ['47: it leaves the management account', { rcp, facts: { resource: { inManagementAccount: true } } }, 'allowed'],
  [
    '47: it leaves service-linked roles',
    { as: session, rcp, facts: { principal: { serviceLinkedRole: true } } },
    'allowed',
  ],
  [
    '47: it leaves services that have no RCPs',
    {
      rcp: [level('rcp', { ...all, Principal: '*' }, { ...deny, Action: 'sns:*', Principal: '*' })],
      action: 'sns:Publish',
      arn: `arn:aws:sns:eu-west-1:${home}:t`,
    },
    'allowed',
  ],
  ['47: an RCP that nobody could read', unread('rcp'), 'unknown'],
  [
    '47: RCPFullAWSAccess detached at one level',
    { rcp: [level('rcp', { ...all, Principal: '*' }), detached] },
    'implicitlyDenied',
  ],
];

test.each(decisions)('%s', (_shows, asked, answer) => {
  expect(outcome(asked)).toBe(answer);
});

test('42: two tags that differ by case only are not guessed', () => {
  const identity = [policy('identity', { ...all, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } })];

  expect(outcome({ as: ana, identity, facts: { principal: { tags: { Team: 'x', team: 'y' } } } })).toBe('conditional');
});

/** Values that are none of their operator's: the block, the context, both of which are known in full. */
const strangeValues: readonly (readonly [shows: string, block: Block, context: Asked['context']])[] = [
  // VA2
  ['41: a number has no variable', { NumericEquals: { 'aws:k': '${aws:b}' } }, { 'aws:k': '1', 'aws:b': '1' }],
  ['41: an address has no variable', { IpAddress: { 'aws:k': '${aws:b}' } }, { 'aws:k': '::1', 'aws:b': '::1' }],
  ['38: February has no day 30', { DateEquals: { 'aws:k': '2020-02-30' } }, { 'aws:k': '2020-03-01' }],
];

test.each(strangeValues)('%s, so that nothing matches', (_shows, block, context = {}) => {
  const allowing = policy('identity', { ...all, Condition: block });

  expect(outcome({ identity: [allowing], context })).toBe('implicitlyDenied');
});
