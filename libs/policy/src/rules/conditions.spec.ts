import { expect, test } from 'vitest';
import type { Context } from '../index.ts';
import { all, deny, outcome, policy, read } from './ask.ts';

type Block = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Rule, condition block, context, whether the block holds. */
const cases: readonly (readonly [rule: string, block: Block, context: Context, holds: boolean])[] = [
  ['CL1', { StringEquals: { 'k:a': ['1', '2'], 'k:b': '3' } }, { 'k:a': '2', 'k:b': '3' }, true],
  ['CL1', { StringEquals: { 'k:a': ['1', '2'], 'k:b': '3' } }, { 'k:a': '2', 'k:b': '4' }, false],
  ['CL1', { StringEquals: { 'k:a': '1' }, Bool: { 'k:b': 'true' } }, { 'k:a': '1', 'k:b': 'false' }, false],
  ['CL2', { StringNotEquals: { 'k:a': ['1', '2'] } }, { 'k:a': '2' }, false],
  ['CL2', { StringNotEquals: { 'k:a': ['1', '2'] } }, { 'k:a': '3' }, true],
  ['CL3', { StringEquals: { 'K:A': '1' } }, { 'k:a': '1' }, true],
  ['CL4', { StringEquals: { 'k:a': '1' } }, { 'k:a': ['1'] }, false],
  ['CL6', { StringSortOfEquals: { 'k:a': '1' } }, { 'k:a': '1' }, false],
  ['SE1', { 'ForAllValues:StringEquals': { 'k:a': ['1', '2'] } }, { 'k:a': ['1', '2'] }, true],
  ['SE1', { 'ForAllValues:StringEquals': { 'k:a': ['1', '2'] } }, { 'k:a': ['1', '3'] }, false],
  ['SE1', { 'ForAllValues:StringEquals': { 'k:a': '1' } }, {}, true],
  ['SE1', { 'ForAllValues:StringEquals': { 'k:a': '1' } }, { 'k:a': '' }, true],
  ['SE2', { 'ForAnyValue:StringEquals': { 'k:a': '1' } }, { 'k:a': ['0', '1'] }, true],
  ['SE2', { 'ForAnyValue:StringEquals': { 'k:a': '1' } }, {}, false],
  ['SE2', { 'ForAnyValue:StringEquals': { 'k:a': '' } }, { 'k:a': '' }, false],
  ['SE3', { 'ForAllValues:StringNotEquals': { 'k:a': '1' } }, { 'k:a': ['2', '3'] }, true],
  ['SE3', { 'ForAllValues:StringNotEquals': { 'k:a': '1' } }, { 'k:a': ['1', '3'] }, false],
  ['SE3', { 'ForAllValues:StringNotEquals': { 'k:a': '1' } }, {}, true],
  ['SE3', { 'ForAnyValue:StringNotEquals': { 'k:a': '1' } }, { 'k:a': ['1', '3'] }, true],
  ['SE3', { 'ForAnyValue:StringNotEquals': { 'k:a': '1' } }, { 'k:a': ['1'] }, false],
  ['SE3', { 'ForAnyValue:StringNotEquals': { 'k:a': '1' } }, {}, false],
  ['SE5', { 'ForAllValues:Bool': { 'k:a': 'true' } }, { 'k:a': ['true', 'false'] }, false],
  ['CO1', { StringEquals: { 'k:a': '1' } }, {}, false],
  ['CO1', { StringNotEquals: { 'k:a': '1' } }, {}, true],
  ['CO1', { NumericLessThan: { 'k:a': '1' } }, {}, false],
  ['CO1', { NumericNotEquals: { 'k:a': '1' } }, {}, true],
  ['CO1', { NotIpAddress: { 'k:a': '10.0.0.0/8' } }, {}, true],
  ['CO1', { ArnNotLike: { 'k:a': 'arn:aws:iam::*:role/*' } }, {}, true],
  ['CO2', { BoolIfExists: { 'k:a': 'true' } }, {}, true],
  ['CO2', { BoolIfExists: { 'k:a': 'true' } }, { 'k:a': 'false' }, false],
  ['CO2', { 'ForAnyValue:StringEqualsIfExists': { 'k:a': '1' } }, {}, true],
  ['CO2', { NullIfExists: { 'k:a': 'true' } }, {}, false],
  ['CO3', { Null: { 'k:a': 'true' } }, {}, true],
  ['CO3', { Null: { 'k:a': true } }, { 'k:a': '' }, true],
  ['CO3', { Null: { 'k:a': 'false' } }, { 'k:a': '' }, false],
  ['CO3', { Null: { 'k:a': 'false' } }, { 'k:a': '1' }, true],
  ['CO4', { StringEquals: { 'k:a': 'A*' } }, { 'k:a': 'Ab' }, false],
  ['CO4', { StringEqualsIgnoreCase: { 'k:a': 'AB' } }, { 'k:a': 'ab' }, true],
  ['CO4', { StringLike: { 'k:a': 'a*d?' } }, { 'k:a': 'a:b/c:de' }, true],
  ['CO4', { StringLike: { 'k:a': 'A*' } }, { 'k:a': 'ab' }, false],
  ['CO5', { NumericGreaterThanEquals: { 'k:a': 10 } }, { 'k:a': '10.0' }, true],
  ['CO5', { NumericLessThan: { 'k:a': '9' } }, { 'k:a': '10' }, false],
  ['CO5', { NumericEquals: { 'k:a': '1' } }, { 'k:a': 'one' }, false],
  ['CO6', { DateEquals: { 'k:a': '2020-01-01T00:00:00Z' } }, { 'k:a': '1577836800' }, true],
  ['CO6', { DateLessThan: { 'k:a': '2020-01-01T01:00:00+01:00' } }, { 'k:a': '2019-12-31T23:59:59Z' }, true],
  ['CO6', { DateLessThan: { 'k:a': '2020-02-30T00:00:00Z' } }, { 'k:a': 'yesterday' }, false],
  ['CO7', { Bool: { 'k:a': false } }, { 'k:a': 'False' }, true],
  ['CO7', { Bool: { 'k:a': 'yes' } }, { 'k:a': 'yes' }, false],
  ['CO8', { ArnEquals: { 'k:a': 'arn:aws:iam::*:role/*' } }, { 'k:a': 'arn:aws:iam::111122223333:role/a/b' }, true],
  ['CO8', { ArnLike: { 'k:a': 'arn:aws:*:role/a' } }, { 'k:a': 'arn:aws:iam::111122223333:role/a' }, false],
  ['CO8', { ArnNotLike: { 'k:a': 'arn:aws:iam::*:role/*' } }, { 'k:a': 'no arn' }, true],
  ['CO9', { IpAddress: { 'k:a': '0.0.0.0/0' } }, { 'k:a': '203.0.113.7' }, true],
  ['CO9', { IpAddress: { 'k:a': '10.1.2.3/8' } }, { 'k:a': '10.200.0.1' }, true],
  ['CO9', { IpAddress: { 'k:a': '10.0.0.1' } }, { 'k:a': '10.0.0.2' }, false],
  ['CO9', { IpAddress: { 'k:a': '10.0.0.0/33' } }, { 'k:a': '10.0.0.0' }, false],
  ['CO9', { IpAddress: { 'k:a': '2001:DB8::/32' } }, { 'k:a': '2001:0db8:0:0::1' }, true],
  ['CO9', { IpAddress: { 'k:a': '::/0' } }, { 'k:a': '10.0.0.1' }, false],
  ['CO10', { BinaryEquals: { 'k:a': 'QUI=' } }, { 'k:a': 'QUI=' }, true],
  ['CO10', { BinaryNotEquals: { 'k:a': 'QUI=' } }, { 'k:a': 'QUM=' }, false],
  ['VA3', { StringEquals: { 'k:a': '${K:B}' } }, { 'k:a': '1', 'k:b': '1' }, true],
  ['VA3', { StringEquals: { 'k:a': '${k:b}' } }, { 'k:a': '1', 'k:b': ['1'] }, false],
  ['VA4', { StringEquals: { 'k:a': '${k:b}' } }, { 'k:a': '1' }, false],
  ['VA4', { StringNotEquals: { 'k:a': '${k:b}' } }, { 'k:a': '1' }, true],
  ['VA5', { StringEquals: { 'k:a': "${k:b, 'x'}" } }, { 'k:a': 'x' }, true],
  ['VA6', { StringLike: { 'k:a': 'a${*}' } }, { 'k:a': 'ab' }, false],
  ['VA6', { StringLike: { 'k:a': 'a${*}${?}${$}' } }, { 'k:a': 'a*?$' }, true],
  ['VA7', { StringLike: { 'k:a': '${k:b}' } }, { 'k:a': 'ab', 'k:b': 'a*' }, false],
];

test.each(cases)('%s: %j on %j', (_rule, block, context, holds) => {
  const allowing = policy('identity', { ...all, Condition: block });

  expect(outcome({ identity: [allowing], context })).toBe(holds ? 'allowed' : 'implicitlyDenied');
});

// An operator that AWS does not have stays undecided under Deny, and is tested apart.
test.each(cases.filter(([, block]) => !/SortOf|NullIf|BinaryNot/.test(JSON.stringify(block))))(
  '%s, under Deny (CO12): %j on %j',
  (_rule, block, context, holds) => {
    const denying = policy('identity', all, { ...deny, Condition: block });

    expect(outcome({ identity: [denying], context })).toBe(holds ? 'explicitlyDenied' : 'allowed');
  },
);

/** Rule, Resource or NotResource, context, whether it names arn:aws:s3:::b/ana/k. */
const resources: readonly (readonly [
  rule: string,
  version: string | undefined,
  element: object,
  context: Context,
  names: boolean,
])[] = [
  ['VA1', '2012-10-17', { Resource: 'arn:aws:s3:::b/${aws:username}/*' }, { 'aws:username': 'ana' }, true],
  ['VA1', '2008-10-17', { Resource: 'arn:aws:s3:::b/${aws:username}/*' }, { 'aws:username': 'ana' }, false],
  ['VA1', undefined, { Resource: 'arn:aws:s3:::b/${aws:username}/*' }, { 'aws:username': 'ana' }, false],
  ['VA2', '2012-10-17', { Resource: 'arn:aws:${k:service}:::b/*' }, { 'k:service': 's3' }, false],
  ['VA4', '2012-10-17', { Resource: 'arn:aws:s3:::b/${aws:username}/*' }, {}, false],
  ['VA7', '2012-10-17', { Resource: 'arn:aws:s3:::b/${aws:username}/k' }, { 'aws:username': '*' }, false],
  ['VA8', '2012-10-17', { NotResource: 'arn:aws:s3:::b/${aws:username}/*' }, {}, true],
  ['MA3', '2012-10-17', { Resource: 'arn:aws:s3:::b*k' }, {}, true],
  ['MA3', '2012-10-17', { Resource: 'arn:aws:s3:::b/an?/k' }, {}, true],
  ['MA4', '2012-10-17', { Resource: 'arn:aws:*:b/ana/k' }, {}, true],
  ['MA5', '2012-10-17', { NotResource: ['arn:aws:s3:::c/*', 'arn:aws:s3:::b/ana/*'] }, {}, false],
  ['MA6', '2012-10-17', { Resource: 'arn:aws:s3:::B/ana/k' }, {}, false],
  ['MA10', '2012-10-17', { Resource: 'arn.aws.s3...b/ana/k' }, {}, false],
];

test.each(resources)('%s: version %s, %j on %j', (_rule, version, element, context, names) => {
  const document = {
    ...(version !== undefined && { Version: version }),
    Statement: { Effect: 'Allow', Action: '*', ...element },
  };

  expect(outcome({ identity: [read('identity', document)], arn: 'arn:aws:s3:::b/ana/k', context })).toBe(
    names ? 'allowed' : 'implicitlyDenied',
  );
});

/** Rule, statement, whether it allows s3:GetObject. */
const actions: readonly (readonly [rule: string, element: object, allows: boolean])[] = [
  ['MA1', { Action: 'S3:getobject' }, true],
  ['MA1', { Action: 's3:Get?bject' }, true],
  ['MA1', { Action: '*:*' }, true],
  ['MA1', { Action: 's3*' }, true],
  ['MA1', { Action: 's3:*:x' }, false],
  ['MA1', { Action: 's3' }, false],
  ['MA2', { NotAction: 'iam:*' }, true],
  ['MA2', { NotAction: ['iam:*', 's3:*'] }, false],
  ['MA7', { Action: [] }, false],
];

test.each(actions)('%s: %j', (_rule, element, allows) => {
  const statement = { Effect: 'Allow', Resource: '*', ...element };

  expect(outcome({ identity: [policy('identity', statement)] })).toBe(allows ? 'allowed' : 'implicitlyDenied');
});

test('CL3: two tags that differ by case only are not guessed', () => {
  const tagged = policy('identity', { ...all, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'pay' } } });

  expect([
    outcome({ identity: [tagged], facts: { principal: { tags: { Team: 'pay', team: 'dev' } } } }),
    outcome({ identity: [tagged], facts: { principal: { tags: { Team: 'pay', team: 'pay' } } } }),
    outcome({ identity: [tagged], facts: { principal: { tags: { team: 'dev' }, sessionTags: { Team: 'pay' } } } }),
  ]).toEqual(['conditional', 'allowed', 'allowed']);
});

test('GK3: outside any organization a deny to strangers fires', () => {
  const guard = policy('identity', all, { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } });

  expect([
    outcome({ identity: [guard] }),
    outcome({ identity: [guard], context: { 'aws:PrincipalOrgID': 'o-1' } }),
  ]).toEqual(['explicitlyDenied', 'allowed']);
});
