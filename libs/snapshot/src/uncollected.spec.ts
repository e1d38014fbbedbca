import type { ScopeState } from '@ag/model';
import { expect, test } from 'vitest';
import { uncollectedReasons } from './uncollected.ts';

function record(resource: string, region: string, state: ScopeState = 'complete') {
  const place = { partition: 'aws', account: '111122223333', region };
  return { scope: { connection: 'default', place, resource }, state, readInRun: 'r', readAt: 't', gaps: [] };
}

const reasonFor = uncollectedReasons([
  record('IamRole', 'global', 'denied'),
  record('IamUser', 'global'),
  record('IamPolicy', 'global'),
  record('S3Bucket', 'global'),
  record('SqsQueue', 'eu-west-1'),
  record('KmsKey', 'eu-west-1'),
  record('SamlProvider', 'global'),
  record('IamInstanceProfile', 'global'),
  record('Ec2NatGateway', 'eu-west-1'),
  record('Ec2VpcPeering', 'eu-west-1'),
  record('Ec2SecurityGroup', 'eu-west-1'),
  record('Ec2SecurityGroup', 'us-east-1', 'denied'),
]);

test.each([
  ['AROAEXAMPLEROLE123456', 'deleted principal'],
  ['444455556666', 'other account'],
  ['arn:aws:iam::444455556666:role/r', 'other account'],
  ['arn:aws:iam::111122223333:role/r', 'could not be read'],
  ['arn:aws:iam::111122223333:user/u', 'does not exist'],
  ['arn:aws:iam::111122223333:policy/p', 'missing policy'],
  ['arn:aws:iam::111122223333:saml-provider/p', 'does not exist'],
  ['arn:aws:iam::aws:policy/p', 'owned by AWS'],
  ['arn:aws:kms:eu-west-1:111122223333:alias/aws/s3', 'owned by AWS'],
  ['arn:aws:kms:eu-west-1:111122223333:key/1', 'does not exist'],
  ['arn:aws:kms:us-east-1:111122223333:key/1', 'could not be read'],
  ['arn:aws:sqs:eu-west-1:111122223333:q', 'does not exist'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:f', 'could not be read'],
  ['arn:aws:s3:::bucket', 'other account'],
  ['events.amazonaws.com', 'owned by AWS'],
  ['arn:aws:iam::111122223333:instance-profile/web', 'profile without role'],
  ['nat-0123456789abcdef0', 'does not exist'],
  ['pcx-0123456789abcdef0', 'does not exist'],
  ['arn:aws:ec2:eu-west-1:111122223333:vpc-peering-connection/pcx-0123456789abcdef0', 'does not exist'],
  ['arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0123456789abcdef0', 'does not exist'],
  ['sg-0123456789abcdef0', 'could not be read'],
  ['tgw-0123456789abcdef0', 'could not be read'],
])('nothing is known of %s: %s (I12)', (id, reason) => {
  expect(reasonFor(id)).toBe(reason);
});
