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
  record('Ec2SecurityGroup', 'eu-west-1'),
  record('Ec2SecurityGroup', 'us-east-1'),
  record('Ec2Vpc', 'eu-west-1'),
  record('Ec2ElasticIp', 'eu-west-1'),
  record('Ec2NatGateway', 'eu-west-1'),
  record('Ec2NatGateway', 'us-east-1', 'timeout'),
  record('Ec2Image', 'eu-west-1'),
  record('Ec2PrefixList', 'eu-west-1'),
  record('Ec2TransitGateway', 'eu-west-1'),
  record('Ec2TransitGatewayAttachment', 'eu-west-1', 'denied'),
  record('Ec2Volume', 'eu-west-1'),
  record('Ec2VpcPeering', 'eu-west-1'),
  record('Ec2Vpn', 'eu-west-1'),
  record('EcsTaskDefinition', 'eu-west-1'),
  record('StatesStateMachine', 'eu-west-1'),
  record('LambdaFunction', 'eu-west-1'),
  record('LambdaFunctionVersion', 'eu-west-1', 'partial'),
  record('LambdaFunctionAlias', 'eu-west-1'),
  record('LambdaLayerVersion', 'eu-west-1', 'denied'),
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
  ['arn:aws:lambda:us-east-1:111122223333:function:f', 'could not be read'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:f', 'does not exist'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:f:3', 'could not be read'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:f:live', 'does not exist'],
  ['arn:aws:lambda:eu-west-1:111122223333:layer:l:2', 'could not be read'],
  ['arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14', 'other account'],
  ['arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:2', 'does not exist'],
  ['arn:aws:states:eu-west-1:111122223333:stateMachine:s', 'does not exist'],
  ['arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', 'owned by AWS'],
  ['arn:aws:s3:::bucket', 'other account'],
  ['events.amazonaws.com', 'owned by AWS'],
  ['sg-0a1b2c3d4e5f60718', 'does not exist'],
  ['arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d4e5f60718', 'does not exist'],
  ['arn:aws:ec2:eu-west-1:444455556666:security-group/sg-0a1b2c3d4e5f60718', 'other account'],
  ['vpc-0a1b2c3d', 'other account or deleted'],
  ['tgw-0a1b2c3d4e5f60718', 'other account or deleted'],
  ['tgw-attach-0a1b2c3d4e5f60718', 'could not be read'],
  ['pl-0a1b2c3d', 'other account or deleted'],
  ['subnet-0a1b2c3d', 'could not be read'],
  ['nat-0a1b2c3d4e5f60718', 'could not be read'],
  ['arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-0a1b2c3d', 'does not exist'],
  ['arn:aws:ec2:us-east-1:111122223333:natgateway/nat-0a1b2c3d', 'could not be read'],
  ['arn:aws:ec2:eu-west-1:111122223333:elastic-ip/eipalloc-0a1b2c3d', 'does not exist'],
  ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d', 'does not exist'],
  ['arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d', 'other account or deleted'],
  ['arn:aws:ec2:eu-west-1::snapshot/snap-0a1b2c3d', 'could not be read'],
  ['pcx-0a1b2c3d', 'other account or deleted'],
  ['arn:aws:ec2:eu-west-1:111122223333:vpn-connection/vpn-0a1b2c3d', 'does not exist'],
  ['lgw-0a1b2c3d4e5f60718', 'could not be read'],
])('nothing is known of %s: %s', (id, reason) => {
  expect(reasonFor(id)).toBe(reason);
});
