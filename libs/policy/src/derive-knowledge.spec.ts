import { expect, test } from 'vitest';
import { deriveKnowledge } from './index.ts';

const role = 'arn:aws:iam::111122223333:role/app';

test('what the principal and the resource fix is known, what a direct call never has is absent (GK1)', () => {
  const knowledge = deriveKnowledge({
    principal: {
      principal: { kind: 'role', arn: role, account: '111122223333' },
      tags: { team: 'pay' },
      organization: { id: 'o-1', path: 'o-1/r-1/' },
    },
    action: 'sqs:SendMessage',
    resource: { arn: 'arn:aws:sqs:eu-west-1:444455556666:q', account: '444455556666', tags: { team: 'pay' } },
  });

  expect(knowledge).toEqual({
    context: {
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalArn': role,
      'aws:PrincipalAccount': '111122223333',
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalOrgID': 'o-1',
      'aws:PrincipalOrgPaths': ['o-1/r-1/'],
      'aws:PrincipalTag/team': 'pay',
      'aws:ViaAWSService': 'false',
      'aws:ResourceAccount': '444455556666',
      'kms:CallerAccount': '111122223333',
      'aws:RequestedRegion': 'eu-west-1',
      'aws:ResourceTag/team': 'pay',
      'sqs:ResourceTag/team': 'pay',
    },
    absent: [
      'aws:username',
      'aws:SourceArn',
      'aws:SourceAccount',
      'aws:SourceOwner',
      'aws:SourceOrgPaths',
      'aws:SourceOrgID',
      'aws:PrincipalServiceName',
      'aws:PrincipalServiceNamesList',
      'aws:CalledVia',
      'aws:CalledViaFirst',
      'aws:CalledViaLast',
      'aws:CalledViaAWSMCP',
      'aws:ResourceOrgID',
      'aws:ResourceOrgPaths',
    ],
    present: ['aws:CurrentTime', 'aws:EpochTime', 'aws:SecureTransport', 'aws:TokenIssueTime'],
    absentPrefixes: ['aws:ResourceTag/', 'sqs:ResourceTag/', 'aws:PrincipalTag/'],
    rest: 'unknown',
    sessionName: 'unknown',
    sessionTags: 'known',
  });
});

test('outside any organization its keys are absent (GK3)', () => {
  const { absent } = deriveKnowledge({
    principal: { principal: { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333' } },
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::b/k' },
  });

  expect(absent?.filter((key) => key.startsWith('aws:PrincipalOrg'))).toEqual([
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
  ]);
});

test('what is supplied comes before what is derived', () => {
  const { context, absent } = deriveKnowledge({
    principal: { principal: { kind: 'anonymous' } },
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::b/k' },
    supplied: { 'AWS:viaawsservice': 'true', 'aws:calledvia': ['athena.amazonaws.com'] },
  });

  expect(context['AWS:viaawsservice']).toBe('true');
  expect(context['aws:ViaAWSService']).toBeUndefined();
  expect(absent).not.toContain('aws:CalledVia');
});

test('a service that does not authorize by tags sends none (CL5, S35)', () => {
  const { absentPrefixes } = deriveKnowledge({
    principal: { principal: { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333' } },
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::b/k', account: '111122223333', tagsUnsupported: true },
  });

  expect(absentPrefixes).toEqual(['aws:ResourceTag/', 's3:ResourceTag/']);
});

test('a key of one service is its own, whatever the global ones are (GK2)', () => {
  const { context } = deriveKnowledge({
    principal: { principal: { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333' } },
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::b/k', account: '111122223333', tags: { team: 'pay' } },
    supplied: { 's3:ResourceTag/team': 'ops' },
  });

  expect([context['aws:ResourceTag/team'], context['s3:ResourceTag/team']]).toEqual(['pay', 'ops']);
});

test('what people of Identity Center bring as session tags is open, and their session names are not (IC3, IC4)', () => {
  const { sessionTags, absentPrefixes, context } = deriveKnowledge({
    principal: {
      principal: {
        kind: 'session',
        arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0/ben',
        account: '111122223333',
        roleArn: role,
        sessionName: 'ben',
      },
      uniqueId: 'AROAX',
      tags: {},
      identityCenter: true,
    },
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::b/k' },
  });

  expect({ sessionTags, absentPrefixes, userId: context['aws:userid'] }).toEqual({
    sessionTags: 'unknown',
    absentPrefixes: [],
    userId: 'AROAX:ben',
  });
});
