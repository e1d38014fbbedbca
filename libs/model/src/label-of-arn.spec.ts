import { expect, test } from 'vitest';
import { labelOfArn } from './label-of-arn.ts';

test.each([
  ['arn:aws:s3:::bucket', 'S3Bucket'],
  ['arn:aws:s3:::bucket/a/key', 'S3Bucket'],
  ['arn:aws:s3:eu-west-1:111122223333:accesspoint/finance', 'S3AccessPoint'],
  ['arn:aws:s3::111122223333:accesspoint/m.mrap', 'S3MultiRegionAccessPoint'],
  ['arn:aws:s3express:eu-west-1:111122223333:bucket/b--euw1-az1--x-s3', 'S3DirectoryBucket'],
  ['arn:aws:s3tables:eu-west-1:111122223333:bucket/lake', 'S3TablesTableBucket'],
  ['arn:aws:s3tables:eu-west-1:111122223333:bucket/lake/table/1', 'S3TablesTable'],
  ['arn:aws:sns:eu-west-1:111122223333:alerts', 'SnsTopic'],
  ['arn:aws:sns:eu-west-1:111122223333:alerts:1-2', 'SnsSubscription'],
  ['arn:aws:sqs:eu-west-1:111122223333:orders', 'SqsQueue'],
  ['arn:aws:dynamodb:eu-west-1:111122223333:table/t', 'DynamoDbTable'],
  ['arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/1', 'DynamoDbStream'],
  ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1', 'EfsFileSystem'],
  ['arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-1', 'EfsAccessPoint'],
  ['arn:aws:es:eu-west-1:111122223333:domain/search', 'OpenSearchDomain'],
  ['arn:aws:events:eu-west-1:111122223333:event-bus/default', 'EventBridgeEventBus'],
  ['arn:aws:events:eu-west-1:111122223333:rule/bus/nightly', 'EventBridgeRule'],
  ['arn:aws:apigateway:eu-west-1::/restapis/a', 'ApiGatewayRestApi'],
  ['arn:aws:apigateway:eu-west-1::/apis/a', 'ApiGatewayHttpApi'],
  ['arn:aws:backup:eu-west-1:111122223333:backup-vault:v', 'BackupVault'],
  ['arn:aws:ecr-public::111122223333:repository/r', 'EcrPublicRepository'],
  ['arn:aws:glue:eu-west-1:111122223333:catalog', 'GlueCatalog'],
  ['arn:aws:rds:eu-west-1:111122223333:db:d', 'RdsInstance'],
  // Service and type tell.
  ['arn:aws:ecr:eu-west-1:111122223333:repository/r', undefined],
  ['arn:aws:s3:eu-west-1:111122223333:job/1', undefined],
  ['arn:aws:iam::111122223333:role/r', undefined],
  ['111122223333', undefined],
])('%s is of %s', (arn, label) => {
  expect(labelOfArn(arn)).toBe(label);
});
