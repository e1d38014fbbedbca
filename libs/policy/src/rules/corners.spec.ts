import { expect, test } from 'vitest';
import { compare } from '../condition/compare.ts';
import { decide, explain } from '../index.ts';
import { findPiece } from '../match/find-piece.ts';
import { itemAt } from '../match/item-at.ts';
import { remember } from '../match/remember.ts';
import { policyHolderOf } from '../services/policy-holder.ts';
import type { Knowledge, Policy } from '../types.ts';
import {
  type Asked,
  all,
  ana,
  deny,
  home,
  level,
  other,
  policy,
  question,
  read,
  root,
  session,
  stranger,
  unread,
  own,
} from './ask.ts';

const where = (Condition: object) => [policy('identity', { ...all, Condition })];
const kms = (operations: readonly string[], encryptionContextEquals: Record<string, string>) => ({
  kms: {
    grants: [
      { granteePrincipal: ana.kind === 'user' ? ana.arn : '', operations, constraints: { encryptionContextEquals } },
    ],
  },
});
const key = { action: 'kms:Decrypt', arn: `arn:aws:kms:eu-west-1:${home}:key/1`, identity: [] };
const publicTo = (Condition: object): Asked => ({
  as: stranger,
  resource: own('*', { Condition }),
  facts: { s3: { publicAccessBlock: { account: {}, bucket: { restrictPublicBuckets: true } } } },
});

/** Rule, what it shows, the question, the outcome. */
const outcomes: readonly (readonly [rule: string, shows: string, asked: Asked, answer: string])[] = [
  [
    'CO8',
    'a star alone fits every ARN',
    { identity: where({ ArnLike: { 'aws:a': '*' } }), context: { 'aws:a': 'arn:aws:s3:::b' } },
    'allowed',
  ],
  [
    'CO8',
    'and nothing that is none',
    { identity: where({ ArnLike: { 'aws:a': '*' } }), context: { 'aws:a': 'b' } },
    'implicitlyDenied',
  ],
  [
    'CO8',
    'nor what only begins like one',
    { identity: where({ ArnLike: { 'aws:a': '*' } }), context: { 'aws:a': 'arn:aws' } },
    'implicitlyDenied',
  ],
  [
    'CO6',
    'a time without a zone is UTC',
    {
      identity: where({ DateEquals: { 'aws:d': '2024-01-01T10:00:00' } }),
      context: { 'aws:d': '2024-01-01T12:00:00+02:00' },
    },
    'allowed',
  ],
  [
    'CO6',
    'an hour that no day has is no time',
    { identity: where({ DateEquals: { 'aws:d': '2024-01-01T25:00Z' } }), context: { 'aws:d': '2024-01-02T01:00Z' } },
    'implicitlyDenied',
  ],
  [
    'CO6',
    'an epoch that is none',
    { identity: where({ DateLessThan: { 'aws:d': '99999999999999' } }), context: { 'aws:d': '0' } },
    'implicitlyDenied',
  ],
  [
    'CO9',
    'a prefix that is no number',
    { identity: where({ IpAddress: { 'aws:ip': '10.0.0.0/x' } }), context: { 'aws:ip': '10.0.0.0' } },
    'implicitlyDenied',
  ],
  [
    'CO9',
    'two prefixes',
    { identity: where({ IpAddress: { 'aws:ip': '10.0.0.0/8/8' } }), context: { 'aws:ip': '10.0.0.0' } },
    'implicitlyDenied',
  ],
  [
    'CO9',
    'an address in a short form is none',
    { identity: where({ IpAddress: { 'aws:ip': '10.1' } }), context: { 'aws:ip': '10.0.0.1' } },
    'implicitlyDenied',
  ],
  ['CO3', 'Null compared with nothing', { identity: where({ Null: { 'aws:a': [] } }) }, 'implicitlyDenied'],
  [
    'CO3',
    'Null compared with what is no Boolean',
    { identity: where({ Null: { 'aws:a': 'maybe' } }) },
    'implicitlyDenied',
  ],
  [
    'CO10',
    'texts of the same bytes',
    { identity: where({ BinaryEquals: { 'aws:a': 'QUI=' } }), context: { 'aws:a': 'QUJ=' } },
    'allowed',
  ],
  [
    'CO10',
    'a text of no whole bytes',
    { identity: where({ BinaryEquals: { 'aws:a': 'Q' } }), context: { 'aws:a': 'Q' } },
    'implicitlyDenied',
  ],
  [
    'CO5',
    'whole numbers beyond 2^53',
    { identity: where({ NumericEquals: { 'aws:n': '9007199254740993' } }), context: { 'aws:n': '9007199254740992' } },
    'implicitlyDenied',
  ],
  [
    'CO5',
    'which are the same',
    { identity: where({ NumericEquals: { 'aws:n': '9007199254740993' } }), context: { 'aws:n': '9007199254740993' } },
    'allowed',
  ],
  [
    'VA5',
    'a default without its quotes is no value',
    { identity: where({ StringEquals: { 'aws:a': '${aws:b, x}' } }), context: { 'aws:a': 'x' } },
    'implicitlyDenied',
  ],
  [
    'CL3',
    'other keys stand beside two of one name',
    {
      identity: where({ StringLike: { 'aws:PrincipalTag/team': 'p*' } }),
      facts: { principal: { tags: { team: 'pay', Team: 'pix', other: 'x' } } },
    },
    'allowed',
  ],
  [
    'CL4',
    'a list needs a set, variables or not',
    { identity: where({ StringEquals: { 'aws:l': '${aws:b}' } }), context: { 'aws:l': ['x', 'y'] }, rest: 'unknown' },
    'implicitlyDenied',
  ],
  [
    'MA8',
    'the ARN tells the account where nothing else does',
    { as: stranger, action: 'sqs:SendMessage', arn: `arn:aws:sqs:eu-west-1:${other}:q` },
    'allowed',
  ],
  [
    'MA8',
    'without any, it is the caller’s',
    { action: 'route53:GetHostedZone', arn: 'arn:aws:route53:::hostedzone/Z' },
    'allowed',
  ],
  [
    'KM3',
    'names of pairs are compared without case',
    {
      ...key,
      facts: kms(['Decrypt'], { Dept: 'x' }),
      context: { 'kms:EncryptionContext:dept': 'x', 'kms:EncryptionContextKeys': ['dept'] },
    },
    'allowed',
  ],
  [
    'KM3',
    'another pair is one too many',
    {
      ...key,
      facts: kms(['Decrypt'], { Dept: 'x' }),
      context: { 'kms:EncryptionContext:Dept': 'x', 'kms:EncryptionContext:b': 'y' },
    },
    'implicitlyDenied',
  ],
  [
    'KM3',
    'in the list of names too',
    {
      ...key,
      facts: kms(['Decrypt'], { Dept: 'x' }),
      context: { 'kms:EncryptionContext:Dept': 'x', 'kms:EncryptionContextKeys': ['Dept', 'b'] },
    },
    'implicitlyDenied',
  ],
  [
    'KM3',
    'a context that is open is asked for',
    { ...key, facts: kms(['Decrypt'], {}), rest: 'unknown' },
    'conditional',
  ],
  [
    'KM3',
    'other operations have no context',
    { ...key, action: 'kms:DescribeKey', facts: kms(['DescribeKey'], { Dept: 'x' }) },
    'allowed',
  ],
  ['KM4', 'without any grant nobody retires one', { ...key, action: 'kms:RetireGrant' }, 'implicitlyDenied'],
  [
    'S32',
    'a key that is compared as a number fixes nothing',
    publicTo({ NumericEquals: { 'aws:SourceAccount': home } }),
    'explicitlyDenied',
  ],
  ['S32', 'nor does an address that is none', publicTo({ IpAddress: { 'aws:SourceIp': 'here' } }), 'explicitlyDenied'],
  [
    'S32',
    'nor a variable',
    publicTo({ StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } }),
    'explicitlyDenied',
  ],
  [
    'ST10',
    'the root user needs no permission for GetSessionToken either',
    { as: root, action: 'sts:GetSessionToken', arn: '*', identity: [policy('identity', deny)] },
    'allowed',
  ],
  [
    'ST10',
    'a session does not get one',
    { as: session, action: 'sts:GetSessionToken', arn: '*', identity: [] },
    'implicitlyDenied',
  ],
  [
    'ST10',
    'nor do temporary credentials',
    { action: 'sts:GetSessionToken', arn: '*', facts: { principal: { credentials: 'session-token' } } },
    'implicitlyDenied',
  ],
  [
    'ST10',
    'a role is passed without MFA',
    {
      action: 'iam:PassRole',
      arn: `arn:aws:iam::${home}:role/r`,
      facts: { principal: { credentials: 'session-token' } },
    },
    'allowed',
  ],
  [
    'ST11',
    'only its service assumes a service-linked role',
    {
      action: 'sts:AssumeRole',
      arn: `arn:aws:iam::${home}:role/aws-service-role/x.amazonaws.com/R`,
      resource: policy('trust', { Effect: 'Allow', Principal: '*', Action: '*' }),
    },
    'implicitlyDenied',
  ],
  [
    'VP2',
    'a gateway knows no user by name',
    {
      endpoint: [policy('endpoint', { ...all, Principal: { AWS: ana.kind === 'user' ? ana.arn : '' } })],
      facts: { vpcEndpoint: { type: 'Gateway' } },
    },
    'implicitlyDenied',
  ],
  [
    'VP2',
    'a service it knows',
    {
      as: { kind: 'service', name: 's.amazonaws.com' },
      identity: [],
      resource: own('*'),
      endpoint: [policy('endpoint', { ...all, Principal: { Service: 's.amazonaws.com' } })],
      facts: { vpcEndpoint: { type: 'Gateway' } },
    },
    'allowed',
  ],
  [
    'VP2',
    'its NotPrincipal exempts nobody',
    {
      endpoint: [
        policy(
          'endpoint',
          { ...all, Principal: '*' },
          {
            Effect: 'Deny',
            NotPrincipal: { AWS: [home, ana.kind === 'user' ? ana.arn : ''] },
            Action: '*',
            Resource: '*',
          },
        ),
      ],
      facts: { vpcEndpoint: { type: 'Gateway' } },
    },
    'explicitlyDenied',
  ],
  [
    'S33',
    'a policy that is read in part may still let in',
    { as: stranger, resource: own({ AWS: home }), ...unread('resource') },
    'unknown',
  ],
];

const everywhere = { ...all, Principal: '*' };
const pathRole = `arn:aws:iam::${home}:role/a/b/app`;
const toS1 = own({ AWS: `arn:aws:sts::${home}:assumed-role/app/s1` });

/** The same of requests that stand in an open world, or that services look at. */
const more: typeof outcomes = [
  [
    'OR8',
    'AWS managed keys are exempt, and nothing else is',
    { rcp: [level('rcp', everywhere, { ...deny, Principal: '*' })], facts: { kms: { keyManager: 'AWS' } } },
    'explicitlyDenied',
  ],
  [
    'RQ3',
    'several stars are one',
    { identity: [policy('identity', { ...all, Resource: '**' })], action: 'ec2:DescribeInstances', arn: '*' },
    'allowed',
  ],
  [
    'RQ3',
    'a star and more is a name',
    { identity: [policy('identity', { ...all, Resource: '*x' })], action: 'ec2:DescribeInstances', arn: '*' },
    'implicitlyDenied',
  ],
  [
    'EV9',
    'a session bears its role’s name without the path',
    { as: { kind: 'role', arn: pathRole, account: home }, identity: [], resource: toS1, rest: 'unknown' },
    'conditional',
  ],
  [
    'PR1',
    'an ARN that only holds the root’s is another',
    { ...key, resource: own({ AWS: `arn:aws:iam::${home}:root2` }) },
    'implicitlyDenied',
  ],
  [
    'PR1',
    'the account’s ARN counts in each partition',
    {
      as: { kind: 'root', arn: `arn:aws-cn:iam::${home}:root`, account: home },
      ...key,
      resource: own({ AWS: `arn:aws-cn:iam::${home}:root` }),
    },
    'allowed',
  ],
];

test.each(more)('%s: %s', (_rule, _shows, asked, answer) => {
  expect(decide(question(asked)).outcome).toBe(answer);
});

test('EV9: a session whose name is open may be the one that is named', () => {
  const asked = question({ as: session, identity: [], resource: toS1 });
  const of = (sessionName: 'known' | 'unknown') =>
    decide({ ...asked, knowledge: { context: {}, rest: 'absent', sessionName } }).outcome;

  expect([of('known'), of('unknown')]).toEqual(['allowed', 'conditional']);
});

test('KM3, KM4, S33: what allows beside policies is a layer of the explanation', () => {
  const layersOf = (asked: Asked) => explain(question(asked)).layers.map(({ layer, verdict }) => `${layer} ${verdict}`);
  const grantee = ana.kind === 'user' ? ana.arn : '';
  const grants = [{ granteePrincipal: grantee, operations: ['Decrypt'], retiringPrincipal: grantee }];
  const acl = [
    { grantee: { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'READ' },
  ] as const;

  expect([
    layersOf({ ...key, facts: { kms: { grants } } }),
    layersOf({ ...key, action: 'kms:RetireGrant', facts: { kms: { grants } } }),
    layersOf({ identity: [], facts: { s3: { objectOwnership: 'ObjectWriter', objectAcl: acl } } }),
  ]).toEqual([
    ['identity doesNotAllow', 'grant allows'],
    ['identity doesNotAllow', 'resource notApplicable'],
    ['identity doesNotAllow', 'acl allows'],
  ]);
});

test.each(outcomes)('%s: %s', (_rule, _shows, asked, answer) => {
  const { request, ...rest } = question(asked);
  const isUnowned = asked.arn !== undefined && asked.owner === undefined && /:route53:|:sqs:/.test(asked.arn);
  const unowned = { ...rest, request: { ...request, resource: { arn: request.resource.arn } } };

  expect(decide(isUnowned ? unowned : question(asked)).outcome).toBe(answer);
});

const open: readonly (readonly [shows: string, block: object, knowledge: Partial<Knowledge>, answer: string])[] = [
  [
    'a variable that one value fits',
    { StringEquals: { 'aws:a': 'b/${aws:k}' } },
    { context: { 'aws:a': 'b/x' } },
    'aws:k is x',
  ],
  [
    'or that none fits',
    { StringEquals: { 'aws:a': 'b/${aws:k}x' } },
    { context: { 'aws:a': 'b/y' } },
    'implicitlyDenied',
  ],
  [
    'whatever its case',
    { StringEqualsIgnoreCase: { 'aws:a': '${aws:k}' } },
    { context: { 'aws:a': 'X' } },
    'aws:k is in any case X',
  ],
  [
    'behind a wildcard it stays open',
    { StringLike: { 'aws:a': '*${aws:k}' } },
    { context: { 'aws:a': 'xy' } },
    'aws:a (xy) is like *${aws:k}',
  ],
  [
    'where many values fit too',
    { StringLike: { 'aws:a': '${aws:k}*' } },
    { context: { 'aws:a': 'abcdefghij' } },
    'aws:a (abcdefghij) is like ${aws:k}*',
  ],
  [
    'of an empty text too',
    { 'ForAnyValue:StringLike': { 'aws:a': '${aws:k}*' } },
    { context: { 'aws:a': '' } },
    'aws:a () is like ${aws:k}*',
  ],
  [
    'of a list it stays open',
    { 'ForAnyValue:StringEquals': { 'aws:a': '${aws:k}' } },
    { context: { 'aws:a': ['x', 'y'] } },
    'aws:a (x, y) is ${aws:k}',
  ],
  [
    'a tag of which none is known to be there',
    { StringEquals: { 'aws:ResourceTag/a': 'x' } },
    { context: {}, absentPrefixes: ['aws:ResourceTag/'] },
    'implicitlyDenied',
  ],
];

test.each(open)('VA4: %s', (_shows, block, knowledge, answer) => {
  const base = question({ identity: where(block), rest: 'unknown' });
  const decision = decide({ ...base, knowledge: { context: {}, rest: 'unknown', ...knowledge } });

  expect(decision.outcome === 'conditional' ? decision.text : decision.outcome).toBe(answer);
});

test.each([
  ['StringLike', 'A${*}B:an?', 'A*B', 'the session name is like an?'],
  ['StringLike', 'A*', 'A*B', 'allowed'],
  ['StringEquals', 'AROA:ana', 'AROB', 'implicitlyDenied'],
  ['StringEqualsIgnoreCase', 'aroa:ANA', 'AROA', 'the session name is in any case ANA'],
  ['NumericEquals', '7', 'AROA', 'aws:userid is 7'],
])('IC3: %s %s of the id %s and an open session name', (operator, value, uniqueId, answer) => {
  const base = question({
    as: { kind: 'role', arn: `arn:aws:iam::${home}:role/app`, account: home },
    identity: where({ [operator]: { 'aws:userid': value } }),
    facts: { principal: { uniqueId } },
    rest: 'unknown',
  });
  const decision = decide(base);

  expect(decision.outcome === 'conditional' ? decision.text : decision.outcome).toBe(answer);
});

test('KM3: of a context that is there, only the pairs are left open', () => {
  const base = question({ ...key, facts: kms(['Decrypt'], { Dept: 'x' }) });
  const there = ['kms:EncryptionContextKeys', 'kms:EncryptionContext:Dept'];
  const decision = decide({ ...base, knowledge: { context: {}, rest: 'unknown', present: there } });

  expect(decision.outcome === 'conditional' ? decision.text : decision.outcome).toBe(
    'kms:EncryptionContext:Dept is x and every value of kms:EncryptionContextKeys is in any case Dept',
  );
});

test('MA2: a statement without any action is about none', () => {
  const parsed = read('identity', { Statement: { ...all } });
  const [statement] = parsed.document.statements;
  const { actions: _, ...rest } = statement ?? { index: 0, effect: 'Allow' as const, conditions: [] };
  const empty: Policy = { ...parsed, document: { ...parsed.document, statements: [rest] } };

  expect(decide(question({ identity: [empty] })).outcome).toBe('implicitlyDenied');
});

test('CL6: under an operator that AWS does not have nothing is equal', () => {
  expect(compare('Nearly', 'a', 'a')).toBe(false);
});

test('RS2: what is no ARN has no other holder', () => {
  expect(policyHolderOf('*')).toBe('*');
});

test('what is remembered is forgotten where it becomes too much', () => {
  const asked: string[] = [];
  const find = remember((text) => asked.push(text), 2);

  for (const text of ['a', 'b', 'a', 'c', 'a', 'x'.repeat(600), 'x'.repeat(600)]) find(text);
  expect(asked.map((text) => text.length)).toEqual([1, 1, 1, 1, 600, 600]);
});

test('an item that is not there is an error', () => {
  expect(() => itemAt([], 0)).toThrow(new RangeError('there is no item 0 among 0'));
});

test.each([
  ['a plain one', 'ab'.repeat(200)],
  ['one with marks', 'a?'.repeat(200)],
])('MA3: %s is found in a long text', (_shows, piece) => {
  const text = `${'aa'.repeat(300)}${'ab'.repeat(200)}b`;

  expect([findPiece(piece, text, 0, text.length), findPiece(piece, text, 0, text.length - 2)]).toEqual(
    piece.includes('?') ? [0, 0] : [600, -1],
  );
});
